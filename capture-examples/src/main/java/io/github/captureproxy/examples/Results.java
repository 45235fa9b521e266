package io.github.captureproxy.examples;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;

/** What an outcome means to whoever reads the list. */
final class Results {
    private Results() {}

    /** The proxy answered what was meant for itself, such as {@code OPTIONS *} or a TRACE that ends at it. */
    static boolean isOwnAnswer(Outcome outcome) {
        return outcome.status() == Outcome.Status.ANSWERED_BY_PROXY;
    }

    /** What went through the tunnel was captured: it is listed and counted by itself. */
    static boolean isCaptured(Tunnel tunnel) {
        return tunnel.reason() == Tunnel.Reason.PLAIN_HTTP || tunnel.reason() == Tunnel.Reason.INTERCEPTED;
    }

    /** Something went wrong, which an answer that the proxy was asked for is not. */
    static boolean isFailure(Outcome outcome) {
        return !outcome.isSuccess() && !isOwnAnswer(outcome);
    }
}
