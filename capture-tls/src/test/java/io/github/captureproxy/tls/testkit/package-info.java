/** Certificates and handshakes for tests. */
@NullMarked
package io.github.captureproxy.tls.testkit;

import org.jspecify.annotations.NullMarked;
