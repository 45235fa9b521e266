/** Tools of a page each, to be read, changed and taken along. Each runs by itself: its usage line tells how. */
@NullMarked
package io.github.captureproxy.examples.tools;

import org.jspecify.annotations.NullMarked;
