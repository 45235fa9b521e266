package io.github.captureproxy.internal.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How fast a throttled body goes on, by a clock that only the test moves. */
class PacedBytesTest {
    /** Any time will do, one before and one after zero too. */
    private static final long START = -5_000_000_000L;

    private static final int STEPS_IN_A_SECOND = 20;

    private long now = START;

    @ParameterizedTest
    @CsvSource({
        "1, 16384",
        "19, 16384",
        "1000, 1",
        "1000, 16384",
        "100000, 700",
        "100000, 16384",
        "3000000, 16384",
        "50000000, 16384"
    })
    void whatHasPassedAtEachTickIsWhatTheRateAllowsByThen(long rate, int piece) {
        PacedBytes paced = new PacedBytes(rate, now);
        long step = Math.max(1, rate / STEPS_IN_A_SECOND);
        long passed = 0;
        for (int tick = 0; tick < 200; tick++) {
            passed += takeAllAllowed(paced, piece);
            double allowed = (double) rate * (now - START) / TimeUnit.SECONDS.toNanos(1);
            assertThat((double) passed).as("passed at tick %d", tick).isLessThanOrEqualTo(allowed);
            assertThat((double) passed).as("passed at tick %d", tick).isGreaterThan(0.9 * allowed - 2 * step);
            now += TimeUnit.MILLISECONDS.toNanos(paced.waitMillis());
        }
    }

    /** As a stage does it: the next piece comes in when the one before has gone on. */
    private long takeAllAllowed(PacedBytes paced, int piece) {
        long passed = 0;
        while (true) {
            if (paced.isEmpty()) {
                paced.add(ByteBuffer.allocate(piece), 0, piece);
            }
            int length = paced.allowed(now);
            if (length == 0) {
                return passed;
            }
            passed += paced.take(length).remaining();
        }
    }

    @Test
    void aPauseIsNotMadeUpFor() {
        PacedBytes paced = new PacedBytes(1_000, now);
        now += TimeUnit.HOURS.toNanos(1);

        assertThat(takeAllAllowed(paced, 16_384)).isEqualTo(2 * 1_000 / STEPS_IN_A_SECOND);
    }

    @Test
    void aTimerThatIsLateCostsNoBytes() {
        PacedBytes paced = new PacedBytes(1_000, now);
        long passed = 0;
        for (int tick = 0; tick < 100; tick++) {
            now += TimeUnit.MILLISECONDS.toNanos(70); // and not the 50 that it asked for
            passed += takeAllAllowed(paced, 16_384);
        }

        assertThat(passed).isBetween(6_900L, 7_000L);
    }

    @Test
    void aTimerThatIsEarlyGetsNothing() {
        PacedBytes paced = new PacedBytes(1_000, now);
        paced.add(ByteBuffer.allocate(100), 0, 100);
        now += TimeUnit.MILLISECONDS.toNanos(49);

        assertThat(paced.allowed(now)).isZero();
        assertThat(paced.waitMillis()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_024, 5_000})
    void whatGoesInComesOutInOrder(int piece) {
        PacedBytes paced = new PacedBytes(100_000, now);
        ByteBuffer content = ByteBuffer.allocate(10_000);
        for (int i = 0; i < content.capacity(); i++) {
            content.put(i, (byte) (i * 31));
        }
        for (int from = 0; from < content.capacity(); from += piece) {
            paced.add(content, from, Math.min(content.capacity(), from + piece));
        }
        ByteBuffer out = ByteBuffer.allocate(content.capacity());
        while (!paced.isEmpty()) {
            now += TimeUnit.MILLISECONDS.toNanos(paced.waitMillis());
            int length = paced.allowed(now);
            if (length > 0) {
                out.put(paced.take(length));
            }
        }

        assertThat(out.flip()).isEqualTo(content);
    }

    @Test
    void withoutARateAllGoesOnAtOnce() {
        PacedBytes paced = new PacedBytes(0, now);
        paced.add(ByteBuffer.allocate(70_000), 0, 70_000);

        assertThat(paced.allowed(now)).isEqualTo(70_000);
    }
}
