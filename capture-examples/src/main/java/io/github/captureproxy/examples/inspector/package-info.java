/**
 * The page that shows in a browser what was captured, and its server. It listens on the loopback address alone; without
 * the key that a one-time token buys it answers nothing but its own files.
 */
@NullMarked
package io.github.captureproxy.examples.inspector;

import org.jspecify.annotations.NullMarked;
