package io.github.captureproxy.export;

import io.github.captureproxy.exchange.Exchange;
import java.util.function.UnaryOperator;

/** What is put in place of secrets. Immutable and safe for any thread. */
public final class Redaction {
    private static final Redaction NONE = new Redaction(UnaryOperator.identity());

    private final UnaryOperator<Exchange> change;

    private Redaction(UnaryOperator<Exchange> change) {
        this.change = change;
    }

    /**
     * Leaves all as it is.
     *
     * @return the policy
     */
    public static Redaction none() {
        return NONE;
    }

    /**
     * An exchange without the secrets of this policy.
     *
     * @param exchange the exchange
     * @return the same one if there is nothing to redact
     */
    public Exchange apply(Exchange exchange) {
        return change.apply(exchange);
    }
}
