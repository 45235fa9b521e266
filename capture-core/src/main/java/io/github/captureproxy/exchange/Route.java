package io.github.captureproxy.exchange;

/**
 * The way on which a request was sent on.
 *
 * @param kind how
 * @param nextHop where the connection went: {@code host:port} of the origin or of the upstream proxy; empty for
 *     {@link Kind#NONE}. Never holds credentials
 */
public record Route(Kind kind, String nextHop) {
    /** Answered or refused by the proxy: nothing was sent on. */
    public static final Route NONE = new Route(Kind.NONE, "");

    /** The ways there are. */
    public enum Kind {
        /** Straight to the origin. */
        DIRECT,
        /** Through an upstream proxy. */
        UPSTREAM_PROXY,
        /** Nowhere. */
        NONE
    }
}
