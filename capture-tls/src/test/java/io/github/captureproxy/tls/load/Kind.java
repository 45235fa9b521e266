package io.github.captureproxy.tls.load;

import io.github.captureproxy.exchange.Tunnel.Reason;
import java.util.Locale;

/** What goes on in a tunnel, and what may be recorded of it. */
enum Kind {
    INTERCEPTED,
    PASSED_BY_RULE,
    REJECTED,
    NOT_HTTP_INSIDE,
    PLAIN_HTTP,
    SERVER_SPEAKS_FIRST,
    ABORTED;

    boolean allows(Reason reason) {
        return switch (this) {
            case INTERCEPTED, REJECTED -> reason == Reason.INTERCEPTED;
            case PASSED_BY_RULE -> reason == Reason.HOST_RULE;
            case NOT_HTTP_INSIDE -> reason == Reason.INTERCEPTED_NOT_HTTP;
            case PLAIN_HTTP -> reason == Reason.PLAIN_HTTP;
            case SERVER_SPEAKS_FIRST -> reason == Reason.SERVER_SPEAKS_FIRST;
            // An origin may answer an end in silence with an alert, and so be the first to speak.
            case ABORTED ->
                reason == Reason.NOTHING_SENT
                        || reason == Reason.SERVER_SPEAKS_FIRST
                        || reason == Reason.NOT_TLS
                        || reason == Reason.INTERCEPTED;
        };
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
