package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.Outcome;

/**
 * Why an exchange cannot go on, and what the client is told.
 *
 * @param httpStatus the status of the proxy's own response
 * @param status the recorded outcome
 * @param side the side at fault
 * @param detail what failed, in words that name no internals
 */
public record Failure(int httpStatus, Outcome.Status status, Outcome.Side side, String detail) {
    /**
     * The origin's side failed while or before it was sent the request.
     *
     * @param detail what failed
     * @return a 502
     */
    static Failure badGateway(String detail) {
        return new Failure(502, Outcome.Status.ORIGIN_ABORTED, Outcome.Side.ORIGIN, detail);
    }
}
