/** Undoing content codings and reading common body formats: pure, over bytes, without knowing of messages. */
@NullMarked
package io.github.captureproxy.internal.coding;

import org.jspecify.annotations.NullMarked;
