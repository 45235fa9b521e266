package io.github.captureproxy.examples.desk;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Time that may be spent on something: a twentieth of all, and what was saved of it, up to two seconds. For one thread. */
final class Allowance {
    /** Enough for what a person starts in a row. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int PART = 20;

    private final LongSupplier nanoTime;
    private long left = MOST_NANOS;
    private long countedAt;

    Allowance(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.countedAt = nanoTime.getAsLong();
    }

    boolean isLeft() {
        long now = nanoTime.getAsLong();
        left = Math.min(MOST_NANOS, left + (now - countedAt) / PART);
        countedAt = now;
        return left > 0;
    }

    /** What {@link #spent} takes. */
    long begin() {
        return nanoTime.getAsLong();
    }

    void spent(long begin) {
        left -= nanoTime.getAsLong() - begin;
    }
}
