/** TLS towards clients: the proxy in the origin's place. */
@NullMarked
package io.github.captureproxy.tls.internal.serving;

import org.jspecify.annotations.NullMarked;
