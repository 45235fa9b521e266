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

    /** It was looked into, and its exchanges or its failed handshake tell all: an idle connection ends in any way. */
    static boolean isToldOtherwise(Tunnel tunnel) {
        if (tunnel.reason() != Tunnel.Reason.INTERCEPTED) {
            return false;
        }
        return switch (tunnel.outcome().status()) {
            case CLIENT_ABORTED, PROXY_CLOSED, TLS_FAILED -> true;
            default -> !isFailure(tunnel.outcome());
        };
    }

    /** Something went wrong, which an answer that the proxy was asked for is not. */
    static boolean isFailure(Outcome outcome) {
        return !outcome.isSuccess() && !isOwnAnswer(outcome);
    }
}
