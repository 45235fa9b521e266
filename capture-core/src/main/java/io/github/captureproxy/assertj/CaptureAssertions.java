package io.github.captureproxy.assertj;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.History;
import org.jspecify.annotations.Nullable;

/**
 * Where assertions on captured traffic begin; to be imported beside AssertJ's own {@code assertThat}:
 *
 * <pre>{@code
 * assertThat(history).exactly(1, method("POST").and(path("/orders")));
 * assertThat(history).single(path("/orders")).hasStatus(201).hasRequestJson("{\"sku\": 7}");
 * }</pre>
 *
 * <p>For several assertions that are all to be looked at, see {@link CaptureSoftAssertions}.
 */
public final class CaptureAssertions {
    private CaptureAssertions() {}

    /**
     * Asserts on all that was captured.
     *
     * @param actual a history, such as that of a proxy
     * @return its assertions
     */
    public static HistoryAssert assertThat(@Nullable History actual) {
        return new HistoryAssert(actual);
    }

    /**
     * Asserts on one exchange.
     *
     * @param actual an exchange
     * @return its assertions
     */
    public static ExchangeAssert assertThat(@Nullable Exchange actual) {
        return new ExchangeAssert(actual);
    }
}
