/** Programs that show what can be built on the proxy, on its public API alone. */
@NullMarked
package io.github.captureproxy.examples;

import org.jspecify.annotations.NullMarked;
