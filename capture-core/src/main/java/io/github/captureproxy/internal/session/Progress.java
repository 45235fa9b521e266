package io.github.captureproxy.internal.session;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many things one thread has dealt with, and waits of others until it has got so far. Any thread. */
final class Progress {
    // Guards the condition and what is counted for it; nothing else is done under it.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private long settled;
    private boolean over;

    /** So many more are dealt with. */
    void settle(long more) {
        lock.lock();
        try {
            settled += more;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is dealt with that anyone should wait for. */
    void end() {
        lock.lock();
        try {
            over = true;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long settled() {
        lock.lock();
        try {
            return settled;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until so many are dealt with in all, or none will be any more; false if the time was over first. An interrupt
     * does not end it, and is kept for the caller.
     */
    boolean await(long upTo, long maxNanos) {
        boolean interrupted = false;
        long start = System.nanoTime();
        long left = maxNanos;
        lock.lock();
        try {
            while (settled < upTo && !over && left > 0) {
                try {
                    advanced.awaitNanos(left);
                } catch (InterruptedException e) { // the flag is restored below
                    interrupted = true;
                }
                left = maxNanos - (System.nanoTime() - start);
            }
            return settled >= upTo || over;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
