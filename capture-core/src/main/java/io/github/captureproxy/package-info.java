/** The proxy itself: build one, start it, point a client at it. */
@NullMarked
package io.github.captureproxy;

import org.jspecify.annotations.NullMarked;
