package io.github.captureproxy.internal.record;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds the memory that the bodies of all exchanges in flight take up together. What has ended is History's to bound.
 * Safe for any thread.
 */
public final class BodyBudget {
    private final long limit;
    private final AtomicLong reserved = new AtomicLong();
    private final LongAdder cuts = new LongAdder();
    private final LongAdder cutsElsewhere = new LongAdder();

    /**
     * Makes a budget of which nothing is reserved.
     *
     * @param limit the most bytes that may be reserved at a time
     */
    public BodyBudget(long limit) {
        this.limit = limit;
    }

    /**
     * Asks for memory.
     *
     * @param bytes how many bytes, 0 or more; ask in coarse steps, as all threads share the counter
     * @return true if they are reserved and have to be released; false if they would pass the limit
     */
    public boolean reserve(long bytes) {
        // Adding first could make a small request fail because a large one was just being refused.
        long before = reserved.get();
        while (bytes <= limit - before) {
            if (reserved.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = reserved.get();
        }
        return false;
    }

    /**
     * Gives memory back.
     *
     * @param bytes as many as were reserved
     */
    public void release(long bytes) {
        if (bytes != 0) {
            reserved.addAndGet(-bytes);
        }
    }

    /**
     * How much is reserved now.
     *
     * @return the number of bytes, 0 to the limit
     */
    public long reserved() {
        return reserved.get();
    }

    /**
     * The most that may be reserved at a time.
     *
     * @return the limit in bytes
     */
    public long limit() {
        return limit;
    }

    /** Counts a body whose capture was cut short because the budget was used up. */
    void countCut() {
        cuts.increment();
    }

    /** Counts a body whose capture was cut short at its own limit, or because its file could not keep up. */
    void countCutElsewhere() {
        cutsElsewhere.increment();
    }

    /**
     * How many bodies were cut short for any reason.
     *
     * @return the count since the start
     */
    public long allCuts() {
        return cuts.sum() + cutsElsewhere.sum();
    }

    /**
     * How many bodies were cut short because the budget was used up.
     *
     * @return the count since the start
     */
    public long cuts() {
        return cuts.sum();
    }
}
