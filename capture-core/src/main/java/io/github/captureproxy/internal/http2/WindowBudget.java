package io.github.captureproxy.internal.http2;

import io.github.captureproxy.internal.io.Worker;

/**
 * What all streams of one worker may have beyond their first 64 KiB of window. A window is what a peer may make the
 * proxy hold for a slow reader on the other side, so the sum of them has to end. For the worker's thread alone.
 */
final class WindowBudget {
    /** Enough for 32 streams at full speed on each worker; less in a small heap. */
    private static final long TOTAL = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 32);

    private long left = TOTAL;

    static WindowBudget current() {
        return Worker.current().local(WindowBudget.class, WindowBudget::new);
    }

    boolean take(int bytes) {
        if (left < bytes) {
            return false;
        }
        left -= bytes;
        return true;
    }

    void give(int bytes) {
        left += bytes;
    }
}
