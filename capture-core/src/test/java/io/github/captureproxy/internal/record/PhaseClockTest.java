package io.github.captureproxy.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Timings;
import org.junit.jupiter.api.Test;

/** Phases follow each other: together they are the time that the exchange took. */
class PhaseClockTest {
    private final PhaseClock clock = new PhaseClock(100);

    @Test
    void eachPhaseBeginsWhereTheLastOneEnded() {
        clock.dialled(110);
        clock.resolved(130);
        clock.securing(160);
        clock.connected(200);
        clock.sent(250);
        clock.firstByte(310);

        assertThat(clock.timings(400)).isEqualTo(new Timings(10, 20, 70, 40, 50, 60, 90));
    }

    @Test
    void aNameThatIsNotFoundTookTimeToResolveAndNoneToConnect() {
        clock.dialled(110);

        assertThat(clock.timings(400)).isEqualTo(new Timings(10, 290, -1, -1, -1, -1, -1));
    }

    @Test
    void timeThatBothDirectionsTookAtOnceCountsOnce() {
        clock.connected(110);
        clock.firstByte(120);
        clock.sent(300);

        Timings timings = clock.timings(400);

        assertThat(timings).isEqualTo(new Timings(10, -1, -1, -1, 10, 0, 280));
        assertThat(timings.total().toNanos()).isEqualTo(300);
    }

    @Test
    void aResponseBeginsWithTheFirstByteOfItsHead() {
        clock.connected(110);
        clock.sent(120);
        clock.headBegan(150);
        clock.headBegan(160);
        clock.firstByte(250);

        assertThat(clock.timings(400)).isEqualTo(new Timings(10, -1, -1, -1, 10, 30, 250));
    }

    @Test
    void anInterimResponseIsPartOfTheWait() {
        clock.connected(110);
        clock.sent(120);
        clock.headBegan(150);
        clock.interim();
        clock.firstByte(250);

        assertThat(clock.timings(400)).isEqualTo(new Timings(10, -1, -1, -1, 10, 130, 150));
    }

    @Test
    void aConnectionThatBrokeBeforeAnotherWasMadeIsTimeSpentBlocked() {
        clock.connected(110);
        clock.sent(120);
        clock.dialled(150);
        clock.resolved(160);

        assertThat(clock.timings(400)).isEqualTo(new Timings(50, 10, 240, -1, -1, -1, -1));
    }

    @Test
    void aSecondConnectionIsNotTimeSpentResolving() {
        clock.dialled(110);
        clock.resolved(120);
        clock.resolved(250);
        clock.connected(300);
        clock.sent(310);
        clock.firstByte(320);

        assertThat(clock.timings(400)).isEqualTo(new Timings(10, 10, 180, -1, 10, 10, 80));
    }
}
