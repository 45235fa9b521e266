/**
 * The extension for JUnit Jupiter, which tests bring themselves: {@link
 * io.github.captureproxy.junit.CaptureProxyExtension}.
 */
@NullMarked
package io.github.captureproxy.junit;

import org.jspecify.annotations.NullMarked;
