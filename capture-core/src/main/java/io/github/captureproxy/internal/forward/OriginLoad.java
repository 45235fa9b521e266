package io.github.captureproxy.internal.forward;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many exchanges use a connection to one next hop, over all workers; those over the limit wait in turn. The lock
 * guards count and queue, and is held for a few instructions.
 */
final class OriginLoad {
    /** As long as other verdicts on an origin are kept. */
    private static final long VERDICT_NANOS = 60_000_000_000L;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final int limit;
    private int used;

    /** When the origin was found to speak no HTTP/2; 0 if it was not. Safe for any thread. */
    private volatile long http1OnlySince;

    OriginLoad(int limit) {
        this.limit = limit;
    }

    /** It was found lately that the origin speaks no HTTP/2, which may have been because it was just starting. */
    boolean isHttp1Only() {
        long since = http1OnlySince;
        return since != 0 && System.nanoTime() - since < VERDICT_NANOS;
    }

    void http1Only(boolean found) {
        http1OnlySince = found ? Math.max(1, System.nanoTime()) : 0;
    }

    /** Takes a place, or leaves a task that is run, on any thread, with the place taken for it. */
    boolean enter(Runnable later) {
        lock.lock();
        try {
            if (used < limit) {
                used++;
                return true;
            }
            waiting.add(later);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a place back, to the one that waits longest if there is one. */
    void leave() {
        Runnable next;
        lock.lock();
        try {
            next = waiting.poll();
            if (next == null) {
                used--;
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.run();
        }
    }

    /** Stops waiting. */
    boolean withdraw(Runnable later) {
        lock.lock();
        try {
            return waiting.remove(later);
        } finally {
            lock.unlock();
        }
    }

    private boolean isUnused() {
        lock.lock();
        try {
            return used == 0 && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The loads of all next hops. */
    static final class Table {
        /** Next hops past which those without load are forgotten: a crawler may visit any number. */
        private static final int MANY = 4_096;

        private final Map<Destination.Key, OriginLoad> loads = new ConcurrentHashMap<>();
        private final int limit;

        Table(int limit) {
            this.limit = limit;
        }

        OriginLoad of(Destination.Key key) {
            if (loads.size() > MANY) {
                loads.values().removeIf(OriginLoad::isUnused);
            }
            return loads.computeIfAbsent(key, unused -> new OriginLoad(limit));
        }
    }
}
