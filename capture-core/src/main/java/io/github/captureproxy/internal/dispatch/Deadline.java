package io.github.captureproxy.internal.dispatch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A moment until which something is waited for. */
public final class Deadline {
    /** No wait is longer, so that sums of nanoseconds cannot overflow. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /**
     * A moment from now.
     *
     * @param duration how far off it is; what is negative counts as nothing
     * @return the moment
     */
    public static Deadline in(Duration duration) {
        Duration bounded = duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
        return new Deadline(System.nanoTime() + Math.max(0, bounded.toNanos()));
    }

    /**
     * How far off it is now.
     *
     * @return zero once it has passed
     */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Waits for a thread to end, until the deadline; past it just long enough to see if it has ended. */
    void join(Thread thread) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        thread.join(Math.max(1, left));
    }
}
