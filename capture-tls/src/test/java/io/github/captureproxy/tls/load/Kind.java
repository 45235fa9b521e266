package io.github.captureproxy.tls.load;

import io.github.captureproxy.exchange.Tunnel.Reason;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What goes on in a tunnel, and what may be recorded of it. */
enum Kind {
    INTERCEPTED(Reason.INTERCEPTED),
    PASSED_BY_RULE(Reason.HOST_RULE),
    REJECTED(Reason.INTERCEPTED),
    NOT_HTTP_INSIDE(Reason.INTERCEPTED_NOT_HTTP),
    PLAIN_HTTP(Reason.PLAIN_HTTP),
    SERVER_SPEAKS_FIRST(Reason.SERVER_SPEAKS_FIRST),
    ABORTED(Reason.NOTHING_SENT, Reason.NOT_TLS, Reason.INTERCEPTED);

    @SuppressWarnings("ImmutableEnumChecker") // Set.of makes it so
    private final Set<Reason> reasons;

    Kind(Reason first, Reason... others) {
        reasons = EnumSet.of(first, others);
    }

    boolean allows(Reason reason) {
        return reasons.contains(reason);
    }

    /** The domain of its hosts. */
    String domain() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".test";
    }

    static Kind of(String host) {
        for (Kind kind : values()) {
            if (host.endsWith("." + kind.domain())) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no tunnel led to " + host);
    }
}
