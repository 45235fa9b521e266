package io.github.captureproxy.examples;

import io.github.captureproxy.exchange.Outcome;

/** What an outcome means to whoever reads the list. */
final class Results {
    private Results() {}

    /** The proxy answered what was meant for itself, such as {@code OPTIONS *} or a TRACE that ends at it. */
    static boolean isOwnAnswer(Outcome outcome) {
        return outcome.status() == Outcome.Status.ANSWERED_BY_PROXY;
    }

    /** Something went wrong, which an answer that the proxy was asked for is not. */
    static boolean isFailure(Outcome outcome) {
        return !outcome.isSuccess() && !isOwnAnswer(outcome);
    }
}
