/** From events to an exchange: pure, without I/O. */
@NullMarked
package io.github.captureproxy.internal.record;

import org.jspecify.annotations.NullMarked;
