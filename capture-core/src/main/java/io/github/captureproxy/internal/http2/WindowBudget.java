package io.github.captureproxy.internal.http2;

import io.github.captureproxy.internal.io.Worker;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What all streams of one worker may make it hold. A window is what a peer may send for a slow reader on the other side,
 * so the sum of what exceeds the first 64 KiB of each stream has an end; and where very many streams fill theirs, no
 * connection is granted more until some of it is gone. For the worker's thread alone.
 */
final class WindowBudget {
    /** Enough for 32 streams at full speed on each worker; less in a small heap. */
    private static final long GROWTH = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 32);

    /** What may wait for slow readers before connections are held back. */
    private static final long QUEUED = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 16);

    private final Set<Runnable> heldBack = new LinkedHashSet<>();
    private long growth = GROWTH;
    private long queued;

    static WindowBudget current() {
        return Worker.current().local(WindowBudget.class, WindowBudget::new);
    }

    /** Takes what a window is to grow by. */
    boolean take(int bytes) {
        if (growth < bytes) {
            return false;
        }
        growth -= bytes;
        return true;
    }

    void give(int bytes) {
        growth += bytes;
    }

    /** Bytes wait for a slow reader from now on. */
    void queued(int bytes) {
        queued += bytes;
    }

    /** They do not any more: connections that were held back are granted what they have earned. */
    void unqueued(int bytes) {
        queued -= bytes;
        if (!heldBack.isEmpty() && !isSpent()) {
            List<Runnable> freed = new ArrayList<>(heldBack);
            heldBack.clear();
            freed.forEach(Runnable::run);
        }
    }

    boolean isSpent() {
        return queued > QUEUED;
    }

    /** Runs a task once less is queued. */
    void whenFree(Runnable task) {
        heldBack.add(task);
    }

    void withdraw(Runnable task) {
        heldBack.remove(task);
    }
}
