package io.github.captureproxy.internal.dispatch;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with spill files, in order, bounded by the bytes that wait. The lock guards the queue and its
 * count; nothing else is done under it.
 */
final class SpillQueue {
    /** Counted for each chunk beside its array, so that many small chunks are bounded too. */
    private static final int OVERHEAD = 64;

    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private long bytes;
    private boolean ended;

    SpillQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Adds a step; false if there is no room for its chunk, or after the end. For any thread, without waiting. */
    boolean offer(Step step) {
        lock.lock();
        try {
            if (ended || (step.chunk().length > 0 && bytes + cost(step) > maxBytes)) {
                return false;
            }
            bytes += cost(step);
            steps.addLast(step);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next step and takes it; null when all are taken after the end. */
    @Nullable
    Step take() throws InterruptedException {
        lock.lock();
        try {
            while (steps.isEmpty() && !ended) {
                changed.await();
            }
            Step step = steps.pollFirst();
            bytes -= step == null ? 0 : cost(step);
            return step;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses all steps from now on. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long cost(Step step) {
        return step.chunk().length == 0 ? 0 : step.chunk().length + OVERHEAD;
    }

    /**
     * One thing to do with one file.
     *
     * @param kind what
     * @param file with which
     * @param chunk the bytes to append; empty for the other kinds
     * @param length how many of them
     */
    record Step(Kind kind, SpillFile file, byte[] chunk, int length) {
        private static final byte[] NO_CHUNK = {};

        static Step of(Kind kind, SpillFile file) {
            return new Step(kind, file, NO_CHUNK, 0);
        }
    }

    /** What can be done with a file. */
    enum Kind {
        /** Write a chunk at its end. */
        APPEND,
        /** Let it be read: all of it is written. */
        SETTLE,
        /** Remove it from the disk. */
        DELETE
    }
}
