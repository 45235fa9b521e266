/** HTTP Strict Transport Security (RFC 6797): the header, the preload list, and the hosts learned. */
@NullMarked
package io.github.captureproxy.tls.internal.hsts;

import org.jspecify.annotations.NullMarked;
