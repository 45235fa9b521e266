package io.github.captureproxy.exchange;

import java.util.Objects;

/**
 * How an exchange or a tunnel ended.
 *
 * @param status what ended it
 * @param side the side at which it was cut short; {@link Side#NONE} when it was not
 * @param bytes body bytes of the response that had been received by then; of the request if no response had started
 * @param detail what failed in words, without secrets; empty when nothing did
 */
public record Outcome(Status status, Side side, long bytes, String detail) {
    /** Checks the parts. */
    public Outcome {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(detail, "detail");
    }

    /**
     * Tells if the response was received whole and handed to the client's socket.
     *
     * @return true for {@link Status#COMPLETED} and {@link Status#UPGRADED}
     */
    public boolean isSuccess() {
        return status == Status.COMPLETED || status == Status.UPGRADED;
    }

    @Override
    public String toString() {
        return detail.isEmpty() ? status.toString() : status + " (" + detail + ")";
    }

    /** What ended an exchange. */
    public enum Status {
        /** The response was received whole and handed to the client's socket. */
        COMPLETED,
        /**
         * The connection left HTTP by a 101 response and ended in an orderly way; also a WebSocket whose two sides
         * have sent their close frames (RFC 6455 section 7.1.4), however the connections end then.
         */
        UPGRADED,
        /** The client closed or reset its connection first. */
        CLIENT_ABORTED,
        /** The origin closed or reset its connection before its response was whole. */
        ORIGIN_ABORTED,
        /** The client's message broke the rules of HTTP; it was answered with an error. */
        MALFORMED_REQUEST,
        /** The origin's message broke the rules of HTTP. */
        MALFORMED_RESPONSE,
        /** The client may not use the proxy, or not for this target. */
        FORBIDDEN,
        /** The host name could not be resolved. */
        UNKNOWN_HOST,
        /** No address of the origin, or the upstream proxy, could be connected to. */
        CONNECT_FAILED,
        /** A TLS handshake failed; the detail says on which side and why. */
        TLS_FAILED,
        /** Time ran out; the detail says for what. */
        TIMED_OUT,
        /** The request came from this proxy itself, or would have come back to it. */
        LOOP,
        /** A limit of the proxy was reached; the detail says which. */
        LIMIT_REACHED,
        /** The proxy answered itself, as it does for {@code Max-Forwards: 0}, or where a rule says so, which the detail names. */
        ANSWERED_BY_PROXY,
        /** A rule broke the exchange off; the detail names it. */
        BROKEN_BY_RULE,
        /** The proxy was closed meanwhile. */
        PROXY_CLOSED,
        /** The proxy failed; the detail says where. It is a defect, and is logged. */
        INTERNAL_ERROR
    }

    /** The sides of an exchange. */
    public enum Side {
        /** The client's. */
        CLIENT,
        /** The origin's, or the upstream proxy's. */
        ORIGIN,
        /** The proxy's own. */
        PROXY,
        /** None. */
        NONE
    }
}
