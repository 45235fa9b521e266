package io.github.captureproxy.history;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Wakes those who wait for a time in which nothing happens. Safe for any thread. */
final class Stillness {
    // Guards the count of stirs and the condition; nothing else is done under it.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stirred = lock.newCondition();
    private long stirs;

    /** Changed under the lock; read without it by those who stir, which on the way of traffic is all they do. */
    private volatile int waiting;

    /** Something has happened. */
    void stir() {
        if (waiting == 0) {
            return;
        }
        lock.lock();
        try {
            stirs++;
            stirred.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing has happened for a time. A stir that comes while nobody is known to wait yet is no loss: what
     * began then is seen as busy, at once or when the quiet time is over.
     *
     * @param busy tells if something is under way; asked without the lock
     * @return false if there was no such time within the timeout
     */
    boolean await(BooleanSupplier busy, long quietNanos, long timeoutNanos) throws InterruptedException {
        long start = System.nanoTime();
        long left = timeoutNanos;
        long seen = enter();
        try {
            while (true) {
                boolean wasBusy = busy.getAsBoolean();
                if (!wasBusy && quietNanos > left || wasBusy && left <= 0) {
                    return false;
                }
                long now = waitFor(seen, wasBusy ? left : quietNanos);
                if (now == seen && !wasBusy && !busy.getAsBoolean()) {
                    return true;
                }
                seen = now;
                left = timeoutNanos - (System.nanoTime() - start);
            }
        } finally {
            leave();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // all updates are under the lock
    private long enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waiting++;
            return stirs;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // likewise
    private void leave() {
        lock.lock();
        try {
            waiting--;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for another stir than those seen, up to a time; returns how many there are then. */
    private long waitFor(long seen, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (stirs == seen && left > 0) {
                left = stirred.awaitNanos(left);
            }
            return stirs;
        } finally {
            lock.unlock();
        }
    }
}
