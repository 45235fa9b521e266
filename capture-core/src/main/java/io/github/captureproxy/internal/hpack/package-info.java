/**
 * The compression of HTTP/2 field sections: HPACK (RFC 7541).
 *
 * <p>Everything here is pure: bytes in, bytes out, no I/O, nothing of the other packages. A decoder or an encoder holds
 * the state of one direction of one connection, is used by one thread at a time, and allocates nothing for a field once
 * its arrays have grown to their sizes.
 *
 * <p>Internal: not for users of the library.
 */
@NullMarked
package io.github.captureproxy.internal.hpack;

import org.jspecify.annotations.NullMarked;
