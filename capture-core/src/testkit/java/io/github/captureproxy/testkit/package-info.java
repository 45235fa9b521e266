/** Sockets that speak byte for byte, for tests that stand on both sides of a proxy. */
@NullMarked
package io.github.captureproxy.testkit;

import org.jspecify.annotations.NullMarked;
