/** What a program that embeds the proxy can plug in. */
@NullMarked
package io.github.captureproxy.spi;

import org.jspecify.annotations.NullMarked;
