/** Exchanges written in formats that other programs read, and read back. */
@NullMarked
package io.github.captureproxy.export;

import org.jspecify.annotations.NullMarked;
