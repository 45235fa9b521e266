package io.github.captureproxy.internal.session;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.Weight;
import io.github.captureproxy.internal.dispatch.SpillFiles;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one thread, bounded by number and weight; more is dropped and counted. It holds the files of what is in
 * it, and hands that hold on. Offering never blocks; for any thread.
 */
final class Intake {
    /** How long something may wait under load: short for a person, long enough to take dozens at once. */
    private static final long NAP_NANOS = 1_000_000;

    /** Naps in vain before the thread sleeps: bridges the gaps in steady traffic of 100 exchanges a second. */
    private static final int NAPS_BEFORE_SLEEP = 10;

    /** Far more than a thread falls behind in a stall of seconds. */
    private static final int MAX_WAITING = 100_000;

    /** The proxy's own history has let it go by then, maybe; less in a small heap. */
    private static final long MAX_BYTES =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

    private final Queue<Object> waiting;
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile @Nullable Thread sleeper;
    private volatile boolean closed;
    private int naps;

    Intake() {
        this(new ConcurrentLinkedQueue<>());
    }

    /** For tests: with a queue of their own. */
    Intake(Queue<Object> waiting) {
        this.waiting = waiting;
    }

    /** Takes an exchange or a tunnel, or drops it; after {@link #close} it does nothing. */
    void offer(Object item) {
        long weight = weight(item);
        if (bytes.addAndGet(weight) - weight > MAX_BYTES || added.get() - taken.get() >= MAX_WAITING) {
            bytes.addAndGet(-weight);
            dropped.incrementAndGet();
            return;
        }
        // Counted before it is there: who takes as many as were counted then takes all that were there, those too that
        // stand behind one whose thread has got no further.
        added.incrementAndGet();
        if (closed) {
            added.decrementAndGet();
            bytes.addAndGet(-weight);
            return;
        }
        if (item instanceof Exchange exchange) {
            SpillFiles.retain(exchange);
        }
        waiting.add(item);
        wakeSleeper();
    }

    /** The oldest item; its hold on files is the caller's now. */
    @Nullable
    Object poll() {
        Object item = waiting.poll();
        if (item != null) {
            taken.incrementAndGet();
            bytes.addAndGet(-weight(item));
        }
        return item;
    }

    /** How many were ever taken in; those are in the queue, out of it again, or about to be in it. */
    long added() {
        return added.get();
    }

    long taken() {
        return taken.get();
    }

    long dropped() {
        return dropped.get();
    }

    /** Takes no more; once as many were taken as were {@link #added}, nothing comes after. */
    void close() {
        closed = true;
    }

    /** Drops all that waits; returns how many that were. */
    int discard() {
        int discarded = 0;
        for (Object item = poll(); item != null; item = poll()) {
            dropped.incrementAndGet();
            discarded++;
            if (item instanceof Exchange exchange) {
                SpillFiles.release(exchange);
            }
        }
        return discarded;
    }

    /** Counts one as dropped that was taken, and then could not be used. */
    void dropTaken() {
        dropped.incrementAndGet();
    }

    /** Rests the one thread that takes from here: a moment, or after several in vain until something comes. */
    void rest(boolean gotSome) {
        naps = gotSome ? 0 : naps + 1;
        if (naps < NAPS_BEFORE_SLEEP) {
            LockSupport.parkNanos(this, NAP_NANOS);
            return;
        }
        sleeper = Thread.currentThread();
        asleep.set(true);
        // Who adds looks at the flag after it has added: one of the two sees the other.
        if (waiting.isEmpty()) {
            LockSupport.park(this);
        }
        asleep.set(false);
    }

    /** Has the thread that rests look again. */
    void wake(Thread thread) {
        LockSupport.unpark(thread);
    }

    private void wakeSleeper() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(sleeper);
        }
    }

    private static long weight(Object item) {
        return item instanceof Exchange exchange ? Weight.of(exchange) : Weight.OF_EACH;
    }
}
