/** The immutable configuration that the builder makes. */
@NullMarked
package io.github.captureproxy.internal.config;

import org.jspecify.annotations.NullMarked;
