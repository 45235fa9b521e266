/** Listeners' threads and queues, and spill files. */
@NullMarked
package io.github.captureproxy.internal.dispatch;

import org.jspecify.annotations.NullMarked;
