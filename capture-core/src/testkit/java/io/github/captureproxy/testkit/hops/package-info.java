/**
 * A client and an origin that send and see the same whichever version of HTTP they speak, and the tests that each
 * combination of versions and ways through the proxy has to pass.
 */
@NullMarked
package io.github.captureproxy.testkit.hops;

import org.jspecify.annotations.NullMarked;
