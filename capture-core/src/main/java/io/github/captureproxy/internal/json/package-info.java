/** Reads JSON texts as plain values, and finds values in them. */
@NullMarked
package io.github.captureproxy.internal.json;

import org.jspecify.annotations.NullMarked;
