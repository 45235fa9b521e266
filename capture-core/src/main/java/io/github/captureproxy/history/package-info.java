/** The bounded store of recorded exchanges, the filters that find them, and sessions that keep a part of them. */
@NullMarked
package io.github.captureproxy.history;

import org.jspecify.annotations.NullMarked;
