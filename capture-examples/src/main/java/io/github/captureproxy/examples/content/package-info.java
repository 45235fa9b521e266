/** What bodies and messages hold, taken apart for people to look at: piece by piece, bounded, and apart from any I/O. */
@NullMarked
package io.github.captureproxy.examples.content;

import org.jspecify.annotations.NullMarked;
