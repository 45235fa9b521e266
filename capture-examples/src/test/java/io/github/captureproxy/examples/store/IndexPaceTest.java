package io.github.captureproxy.examples.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IndexPaceTest {
    /** A clock of this kind may stand anywhere, also just before its numbers start again. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final int MANY = IndexPace.FEW + 1;

    private final IndexPace pace = new IndexPace(START);

    @Test
    void fewRowsAreIndexedAtOnce() {
        pace.written(IndexPace.FEW, true, START);
        assertThat(pace.rest(START)).isZero();
    }

    @Test
    void manyRowsAreIndexedWhenTheyPause() {
        pace.written(MANY, true, START);
        assertThat(pace.rest(START)).isEqualTo(IndexPace.PAUSE.toNanos());
        pace.written(MANY, false, START + 100 * MILLI);
        assertThat(pace.rest(START + 300 * MILLI)).isEqualTo(100 * MILLI);
        assertThat(pace.rest(START + 400 * MILLI)).isZero();
    }

    @Test
    void rowsThatDoNotPauseAreIndexedAllTheSameUntilAllAre() {
        long now = START;
        pace.written(MANY, true, now);
        long late = START + IndexPace.LAG.toNanos();
        while (now - late < 0) {
            assertThat(pace.rest(now)).isPositive();
            now += 100 * MILLI;
            pace.written(MANY, false, now);
        }
        now += IndexPace.PAUSE.toNanos();
        pace.written(MANY, false, now);
        assertThat(pace.rest(now)).isZero();
        pace.written(MANY, true, now);
        assertThat(pace.rest(now)).isPositive();
    }

    @Test
    void itRestsForWhoeverAsksButNotForLong() {
        pace.indexed(START, START + 10 * MILLI, false);
        assertThat(pace.rest(START + 10 * MILLI)).isZero();
        pace.indexed(START, START + 10 * MILLI, true);
        assertThat(pace.rest(START + 10 * MILLI)).isEqualTo(IndexPace.RESTS * 10 * MILLI);
        pace.indexed(START, START + 1_000 * MILLI, true);
        assertThat(pace.rest(START + 1_000 * MILLI)).isEqualTo(IndexPace.MAX_REST.toNanos());
    }
}
