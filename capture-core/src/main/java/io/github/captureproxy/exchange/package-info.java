/** What went through the proxy, as immutable values. */
@NullMarked
package io.github.captureproxy.exchange;

import org.jspecify.annotations.NullMarked;
