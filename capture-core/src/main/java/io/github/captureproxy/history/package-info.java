/** The bounded store of recorded exchanges, and the filters that find them. */
@NullMarked
package io.github.captureproxy.history;

import org.jspecify.annotations.NullMarked;
