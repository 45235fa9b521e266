/** A thin layer over HttpCore's reactor: channels, worker threads, deadlines. */
@NullMarked
package io.github.captureproxy.internal.io;

import org.jspecify.annotations.NullMarked;
