package io.github.captureproxy.examples.store;

import java.time.Duration;
import java.util.Objects;

/**
 * How much a store keeps. The oldest go first; pinned ones stay.
 *
 * @param maxAge rows that were recorded longer ago are deleted
 * @param maxBytes the size of the database file from which on old rows are deleted; for a while it may be larger
 * @param maxBodyBytes bytes of each body that are kept; of a longer one the rest is cut, and the body says so
 */
public record StoreLimits(Duration maxAge, long maxBytes, int maxBodyBytes) {
    /** Long enough to come back to last month's bug. */
    public static final Duration DEFAULT_AGE = Duration.ofDays(30);

    /** About a million small exchanges. */
    public static final long DEFAULT_BYTES = 2L << 30;

    /** What a person may want to read of a body, and more. */
    public static final int DEFAULT_BODY_BYTES = 1 << 20;

    /** Less could not hold the tables themselves and a batch of rows. */
    private static final long LEAST_BYTES = 1 << 20;

    /** Checks the numbers. */
    public StoreLimits {
        Objects.requireNonNull(maxAge, "maxAge");
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("maxAge is " + maxAge + ": give a time above zero");
        }
        if (maxBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("maxBytes is " + maxBytes + ": give at least " + LEAST_BYTES);
        }
        if (maxBodyBytes < 0) {
            throw new IllegalArgumentException("maxBodyBytes is " + maxBodyBytes + ": give 0 or more");
        }
    }

    /**
     * What holds unless told otherwise.
     *
     * @return 30 days, 2 GiB, and 1 MiB of each body
     */
    public static StoreLimits defaults() {
        return new StoreLimits(DEFAULT_AGE, DEFAULT_BYTES, DEFAULT_BODY_BYTES);
    }
}
