/** Sends captured requests again, and compares the answers with those that were captured. */
@NullMarked
package io.github.captureproxy.replay;

import org.jspecify.annotations.NullMarked;
