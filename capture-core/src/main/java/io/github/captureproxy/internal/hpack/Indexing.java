package io.github.captureproxy.internal.hpack;

/** What the encoder does with a field that is in no table yet. */
enum Indexing {
    /** Adds it to the dynamic table (RFC 7541 6.2.1). */
    INCREMENTAL,
    /** Leaves it out, as the next message will have another value (6.2.2). */
    WITHOUT,
    /** Leaves it out and has all others on the way do so, as somebody might guess the value (6.2.3, 7.1.3). */
    NEVER
}
