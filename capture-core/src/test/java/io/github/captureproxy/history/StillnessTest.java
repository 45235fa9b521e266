package io.github.captureproxy.history;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StillnessTest {
    private static final long QUIET = MILLISECONDS.toNanos(20);
    private static final long LONG = SECONDS.toNanos(20);

    private final Stillness stillness = new Stillness();
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void whatHappensBeginsTheQuietTimeAnew() throws InterruptedException {
        boolean still = stillness.await(
                () -> {
                    if (looks.incrementAndGet() < 5) {
                        stillness.stir();
                    }
                    return false;
                },
                QUIET,
                LONG);

        assertThat(still).isTrue();
        assertThat(looks).hasValue(6); // four that were disturbed, then one at each end of the quiet time
    }

    @Test
    void whatIsUnderWayIsLookedAtWhenSomethingHappensAlone() throws InterruptedException {
        assertThat(stillness.await(() -> looks.incrementAndGet() > 0, 0, QUIET)).isFalse();
        assertThat(looks).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void whatBeganUnseenIsFoundAtTheEndOfTheQuietTime() throws InterruptedException {
        boolean still = stillness.await(
                () -> {
                    boolean busy = looks.incrementAndGet() == 2;
                    if (looks.get() == 3) {
                        stillness.stir();
                    }
                    return busy;
                },
                QUIET,
                LONG);

        assertThat(still).isTrue();
        assertThat(looks).hasValueGreaterThan(4);
    }

    @Test
    void aQuietTimeThatWouldEndTooLateIsNotWaitedFor() throws InterruptedException {
        boolean still = stillness.await(
                () -> {
                    stillness.stir();
                    looks.incrementAndGet();
                    return false;
                },
                LONG,
                LONG);

        assertThat(still).isFalse();
        assertThat(looks).hasValue(2);
    }

    @Test
    void aQuietTimeAsLongAsTheTimeoutIsEnough() throws InterruptedException {
        assertThat(stillness.await(() -> false, QUIET, QUIET)).isTrue();
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> stillness.await(() -> true, QUIET, LONG)).isInstanceOf(InterruptedException.class);
    }
}
