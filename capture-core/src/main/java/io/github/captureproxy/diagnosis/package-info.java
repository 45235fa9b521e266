/** Why a call is not seen, in words. */
@NullMarked
package io.github.captureproxy.diagnosis;

import org.jspecify.annotations.NullMarked;
