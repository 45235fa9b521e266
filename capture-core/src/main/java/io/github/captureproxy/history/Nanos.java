package io.github.captureproxy.history;

import java.time.Duration;

/** Durations as nanoseconds, where a longer one than 292 years is as good as forever. */
final class Nanos {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Nanos() {}

    static long of(Duration duration) {
        return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toNanos();
    }
}
