/**
 * Assertions on what was captured, for AssertJ, which tests bring themselves: {@link
 * io.github.captureproxy.assertj.CaptureAssertions}.
 */
@NullMarked
package io.github.captureproxy.assertj;

import org.jspecify.annotations.NullMarked;
