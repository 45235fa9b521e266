package io.github.captureproxy.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets requests start as far apart as they did once. For one thread. */
final class Pace {
    private final Duration most;
    private @Nullable Instant lastCaptured;
    private long lastStart;

    Pace(Duration most) {
        this.most = most;
    }

    /** Waits until the request that was captured then is due. */
    void await(Instant captured) throws InterruptedException {
        Instant before = lastCaptured;
        if (before != null) {
            TimeUnit.NANOSECONDS.sleep(pause(before, captured).toNanos() - (System.nanoTime() - lastStart));
        }
        lastCaptured = captured;
        lastStart = System.nanoTime();
    }

    /** How far apart they are to start; not at all where the order is another than that of their starts. */
    Duration pause(Instant before, Instant captured) {
        Duration apart = Duration.between(before, captured);
        if (apart.isNegative()) {
            return Duration.ZERO;
        }
        return apart.compareTo(most) > 0 ? most : apart;
    }
}
