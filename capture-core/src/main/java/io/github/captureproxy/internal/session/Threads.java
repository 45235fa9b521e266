package io.github.captureproxy.internal.session;

import io.github.captureproxy.internal.dispatch.Deadline;
import java.time.Duration;

/** Waits for sessions' threads. */
final class Threads {
    /** How long one may take to end once it was interrupted. */
    static final Duration GRACE = Duration.ofMillis(500);

    private Threads() {}

    /** Waits for a thread to end, unless it is this one; false if this one was interrupted. */
    static boolean join(Thread thread, Deadline end) {
        if (Thread.currentThread() == thread) {
            return true;
        }
        try {
            thread.join(Math.max(1, end.left().toMillis()));
            return true;
        } catch (InterruptedException e) { // Whoever ends a session restores the flag when all is done.
            return false;
        }
    }
}
