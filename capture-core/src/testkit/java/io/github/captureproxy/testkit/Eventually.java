package io.github.captureproxy.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what no event tells of, such as a state of another thread. */
public final class Eventually {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

    private Eventually() {}

    /** Returns once a condition holds; one that does not come to hold is a failure, not slowness. */
    public static void holds(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new AssertionError("within " + LONGEST + " it did not come to hold that " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
