package io.github.captureproxy.internal.tunnel;

/** What makes the connection to a tunnel's target needless, as long as the client speaks what it can take. */
enum StandIn {
    /** Nothing does: there is a connection to the target. */
    NONE,
    /** The proxy is the target itself. */
    PROXY,
    /** Rules answer all requests for it. */
    RULES,
    /** A kept connection leads there already: exchanges in an inspected tunnel go over that. */
    KEPT
}
