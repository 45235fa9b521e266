package io.github.captureproxy.internal.session;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.internal.dispatch.Deadline;
import io.github.captureproxy.internal.dispatch.SpillFiles;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes what has ended through a session's filter, on a thread of its own. Nothing else calls the filter, so that others
 * can tell how long they wait for it.
 */
final class FilterThread {
    private final Intake intake = new Intake();
    private final Progress progress = new Progress();
    private final LastIds lastTaken = new LastIds();
    private final Sieve sieve;
    private final Kept kept;
    private final Thread thread;

    // Parts what is kept before the end from what is dropped after it. The filter runs outside of it.
    private final ReentrantLock keeping = new ReentrantLock();

    private volatile boolean finishing;
    private volatile boolean ended;

    /** Where what was let in goes; called on the filter's thread. */
    interface Kept {
        /** Takes over the hold on the exchange's files. */
        void exchange(Exchange exchange);

        void tunnel(Tunnel tunnel);
    }

    FilterThread(Sieve sieve, Kept kept, String threadName) {
        this.sieve = sieve;
        this.kept = kept;
        this.thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Queues an exchange or a tunnel. Never blocks. */
    void offer(Object item) {
        intake.offer(item);
    }

    /** Has it look at once at what waits. */
    void hasten() {
        intake.wake(thread);
    }

    /**
     * Waits until all is dealt with that had been put into the queue when this was called; false if the time was over first.
     * On the filter's own thread it waits for nothing.
     */
    boolean await(long maxNanos) {
        if (Thread.currentThread() == thread) {
            return true;
        }
        // Whatever is in the queue now has no more than those before it.
        long upTo = intake.added();
        if (progress.settled() >= upTo) {
            return true;
        }
        hasten();
        return progress.await(upTo, maxNanos);
    }

    /** How many have ended and are not dealt with. */
    long waiting() {
        long settled = progress.settled(); // looked at first, so that the difference is never too small
        return Math.max(0, intake.added() - settled);
    }

    long dropped() {
        return intake.dropped();
    }

    /** Tells if one of the last that were taken is of this id. */
    boolean took(long id) {
        return lastTaken.has(id);
    }

    String name() {
        return thread.getName();
    }

    /** Takes in no more; what waits is dealt with, and then the thread ends. */
    void finish() {
        finishing = true;
        hasten();
    }

    /** Waits for the end of the thread, up to a moment; false if this thread was interrupted. What waits still is dropped. */
    boolean end(Deadline end) {
        boolean waited = Threads.join(thread, end);
        if (thread.isAlive() && Thread.currentThread() != thread) { // it hangs in a filter
            thread.interrupt();
            waited &= Threads.join(thread, Deadline.in(Threads.GRACE));
        }
        keeping.lock();
        try {
            ended = true;
        } finally {
            keeping.unlock();
        }
        progress.settle(intake.discard());
        progress.end();
        return waited;
    }

    private void run() {
        while (!finishing) {
            boolean some = takeWhatWaits();
            Thread.interrupted(); // a flag that a filter left set would turn each nap into a spin
            intake.rest(some);
        }
        // What was let in before the end is taken, though the thread that brings it may have been put off just then.
        intake.close();
        takeWhatWaits();
        while (!ended && intake.taken() < intake.added()) {
            Thread.onSpinWait();
            takeWhatWaits();
        }
    }

    private boolean takeWhatWaits() {
        boolean some = false;
        Object next = next();
        while (next != null) {
            take(next);
            progress.settle(1);
            some = true;
            next = next();
        }
        return some;
    }

    private @Nullable Object next() {
        return ended ? null : intake.poll();
    }

    private void take(Object item) {
        if (item instanceof Tunnel tunnel) {
            lastTaken.add(tunnel.id());
            unlessEnded(() -> {
                sieve.tunnel();
                kept.tunnel(tunnel);
            });
        } else if (item instanceof Exchange exchange) {
            lastTaken.add(exchange.id());
            Optional<ExchangeFilter> missed = sieve.missed(exchange);
            if (!unlessEnded(() -> settle(exchange, missed))) {
                SpillFiles.release(exchange);
            }
        }
    }

    private void settle(Exchange exchange, Optional<ExchangeFilter> missed) {
        if (missed.isPresent()) {
            sieve.leftOut(missed.get());
            SpillFiles.release(exchange);
        } else {
            sieve.kept(exchange);
            kept.exchange(exchange);
        }
    }

    /** Does what is to be done with one item, or counts it as dropped if that comes after the end; then false. */
    private boolean unlessEnded(Runnable step) {
        keeping.lock();
        try {
            if (ended) {
                intake.dropTaken();
                return false;
            }
            step.run();
            return true;
        } finally {
            keeping.unlock();
        }
    }
}
