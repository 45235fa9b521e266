/** Reads the wire formats: pure functions and small state machines, without I/O. */
@NullMarked
package io.github.captureproxy.internal.wire;

import org.jspecify.annotations.NullMarked;
