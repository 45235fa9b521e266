/** HTTP/2 frame by frame, for tests that stand on both sides of a proxy, and the cases of RFC 9113 that they try. */
@NullMarked
package io.github.captureproxy.testkit.http2;

import org.jspecify.annotations.NullMarked;
