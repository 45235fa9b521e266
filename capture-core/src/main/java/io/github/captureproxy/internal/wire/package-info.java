/**
 * What HTTP/1.x looks like on the wire: heads, framing, chunks, targets and hop-by-hop fields (RFC 9110, 9112, 3986).
 *
 * <p>Everything here is pure: bytes in, decisions out, no I/O, nothing of the other packages. Parsers are strict,
 * because a proxy that guesses where a message ends can be made to see other messages than the peer behind it. What is
 * refused is refused with a {@link io.github.captureproxy.internal.wire.MalformedMessageException}.
 *
 * <p>Internal: not for users of the library.
 */
@NullMarked
package io.github.captureproxy.internal.wire;

import org.jspecify.annotations.NullMarked;
