package io.github.captureproxy.examples.store;

import java.time.Duration;

/**
 * When rows are indexed: at once where few come in, else in their pauses, and never for long while questions are asked.
 * All times are those of {@link System#nanoTime}. For the writer's thread.
 */
final class IndexPace {
    /** Rows that come in more at a time are indexed when they pause for {@link #PAUSE}, or after {@link #LAG}. */
    static final int FEW = 25;

    static final Duration PAUSE = Duration.ofMillis(300);

    /** After so long, rows that go on coming in are indexed: in long steps, so that few exchanges are under way meanwhile. */
    static final Duration LAG = Duration.ofSeconds(3);

    /** While questions are asked, indexing rests for so many times as long as it works: whoever asks waits for the answer. */
    static final int RESTS = 2;

    static final Duration MAX_REST = Duration.ofMillis(200);

    private long wholeAt;
    private long restUntil;

    IndexPace(long now) {
        wholeAt = now;
        restUntil = now;
    }

    /** Rows were written; before, all were indexed, or not. */
    void written(int rows, boolean wasWhole, long now) {
        if (wasWhole) {
            wholeAt = now;
        }
        if (rows > FEW && now - wholeAt < LAG.toNanos()) {
            restUntil = now + PAUSE.toNanos();
        }
    }

    /** A step was made. */
    void indexed(long begin, long end, boolean asked) {
        restUntil = asked ? end + Math.min(RESTS * (end - begin), MAX_REST.toNanos()) : end;
    }

    /** Nanoseconds until the next step; 0 if it is due. */
    long rest(long now) {
        return Math.max(0, restUntil - now);
    }
}
