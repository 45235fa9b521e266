package io.github.captureproxy.examples.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rows on their way to the writer, and what else it is to do. Rows are bounded by their number and their bytes: who hands
 * one over waits for a place. The lock guards the lists alone.
 */
final class WorkQueue {
    /** A few seconds of heavy traffic. */
    static final int MAX_ENTRIES = 4_000;

    static final long MAX_BYTES = 32L << 20;

    /** A batch's rows: more would only make it later, and larger. */
    private static final int MAX_BATCH = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Draft> drafts = new ArrayDeque<>();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    /**
     * What is to be done at once.
     *
     * @param drafts rows to make and write
     * @param tasks what to do after that
     * @param closed nothing more will come
     */
    record Work(List<Draft> drafts, List<Runnable> tasks, boolean closed) {}

    /** Waits for a place; false if it was closed. */
    boolean put(Draft draft) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed
                    && !drafts.isEmpty()
                    && (drafts.size() >= MAX_ENTRIES || bytes + draft.weight() > MAX_BYTES)) {
                changed.await();
            }
            if (closed) {
                return false;
            }
            drafts.add(draft);
            bytes += draft.weight();
            if (drafts.size() == 1 || isFull()) { // all others are what the writer gathers, unwoken
                changed.signalAll();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** False if it was closed. */
    boolean submit(Runnable task) {
        lock.lock();
        try {
            if (!closed) {
                tasks.add(task);
                changed.signalAll();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for work.
     *
     * @param idleNanos how long to wait for the first piece
     * @param notBefore a time by {@code System.nanoTime} up to which more rows are gathered, unless a task is there
     */
    Work take(long idleNanos, long notBefore) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = idleNanos;
            while (!closed && drafts.isEmpty() && tasks.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            long gather = notBefore - System.nanoTime();
            while (!closed && !drafts.isEmpty() && tasks.isEmpty() && !isFull() && gather > 0) {
                gather = changed.awaitNanos(gather);
            }
            return drain();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return drafts.size() >= MAX_BATCH || bytes >= MAX_BYTES / 2;
    }

    private Work drain() {
        List<Draft> taken = new ArrayList<>();
        while (!drafts.isEmpty() && taken.size() < MAX_BATCH) {
            Draft draft = drafts.remove();
            bytes -= draft.weight();
            taken.add(draft);
        }
        // What was asked for after a row was handed over finds it written.
        List<Runnable> due = drafts.isEmpty() ? List.copyOf(tasks) : List.of();
        if (drafts.isEmpty()) {
            tasks.clear();
        }
        changed.signalAll();
        return new Work(taken, due, closed && drafts.isEmpty() && tasks.isEmpty());
    }

    int size() {
        lock.lock();
        try {
            return drafts.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more. What is there is still handed out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
