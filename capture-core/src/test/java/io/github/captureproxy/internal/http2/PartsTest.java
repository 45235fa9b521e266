package io.github.captureproxy.internal.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small parts of a connection, each alone. */
class PartsTest {
    private static final long SECOND = 1_000_000_000L;

    @Property(tries = 300)
    void whatGoesIntoAQueueComesOutInOrder(
            @ForAll @Size(max = 30) List<@IntRange(max = 3_000) Integer> pieces,
            @ForAll @IntRange(min = 1, max = 5_000) int taken) {
        ByteQueue queue = new ByteQueue();
        int written = 0;
        int read = 0;
        for (int piece : pieces) {
            ByteBuffer buffer = ByteBuffer.allocate(piece + 3);
            for (int i = 0; i < piece; i++) {
                buffer.put(2 + i, (byte) (written + i));
            }
            queue.add(buffer, 2, 2 + piece);
            written += piece;
            read += checkedRest(queue, Math.min(taken, queue.size()), read);
        }
        assertThat(queue.size()).isEqualTo(written - read);
        read += checkedRest(queue, queue.size(), read);
        assertThat(read).isEqualTo(written);
        assertThat(queue.isEmpty()).isTrue();
    }

    private static int checkedRest(ByteQueue queue, int count, int from) {
        ByteBuffer out = ByteBuffer.allocate(count);
        queue.moveTo(out, count);
        for (int i = 0; i < count; i++) {
            assertThat(out.get(i)).isEqualTo((byte) (from + i));
        }
        return count;
    }

    @Test
    void closedStreamsAreRememberedWithHowTheyEnded() {
        ClosedStreams closed = new ClosedStreams();
        for (int id = 1; id < 4_001; id += 2) {
            closed.add(id, id % 4 == 1);
        }
        assertThat(closed.has(3_999)).isTrue();
        assertThat(closed.wasResetHere(3_999)).isFalse();
        assertThat(closed.wasResetHere(3_997)).isTrue();
        assertThat(closed.has(4_001)).isFalse();
        assertThat(closed.has(4_001 - 2 * 512)).isTrue();
        assertThat(closed.has(4_001 - 2 * 512 - 2)).isFalse();
    }

    @Test
    void resetsAreFreeUpToABurstAndThenAtARate() {
        FloodGuard guard = new FloodGuard();
        assertThatCode(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        guard.reset(5);
                    }
                })
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> guard.reset(5))
                .isInstanceOfSatisfying(
                        Http2Exception.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM));
    }

    @Test
    void timeGivesResetsBack() {
        FloodGuard guard = new FloodGuard();
        assertThatCode(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        guard.reset(i * SECOND / 30);
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void dataEarnsFramesOfControl() throws Exception {
        FloodGuard guard = new FloodGuard();
        for (int i = 0; i < 10_000; i++) {
            guard.data();
            guard.control(7);
        }
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        guard.control(7);
                    }
                })
                .isInstanceOf(Http2Exception.class);
    }

    private static byte[] setting(int id, long value) {
        return ByteBuffer.allocate(6).putShort((short) id).putInt((int) value).array();
    }

    @ParameterizedTest
    @CsvSource({"2, 2, 1", "4, 2147483648, 3", "5, 16383, 1", "5, 16777216, 1"})
    void impossibleSettingsAreRefused(int id, long value, int code) {
        assertThatThrownBy(() -> new PeerSettings().take(setting(id, value), false))
                .isInstanceOfSatisfying(
                        Http2Exception.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aServerDoesNotEnablePush() {
        assertThatThrownBy(() -> new PeerSettings().take(setting(2, 1), true)).isInstanceOf(Http2Exception.class);
    }

    @Test
    void settingsAreTakenAndUnknownOnesIgnored() throws Exception {
        PeerSettings settings = new PeerSettings();
        settings.take(setting(3, 0), false);
        settings.take(setting(4, 7), false);
        settings.take(setting(0x77, 1), false);
        assertThat(settings.maxConcurrentStreams()).isZero();
        assertThat(settings.initialWindow()).isEqualTo(7);
        ByteBuffer sizes = ByteBuffer.allocate(12).put(setting(1, 100)).put(setting(1, 200));
        settings.take(sizes.array(), false);
        assertThat(settings.lowestTableSize()).isEqualTo(100);
        assertThat(settings.headerTableSize()).isEqualTo(200);
    }

    @Test
    void aWindowGrowsWhileTheOtherSideTakesAllAndNoLonger() {
        ReceiveWindow window = new ReceiveWindow();
        WindowBudget budget = new WindowBudget();
        int granted = Frames.DEFAULT_WINDOW;
        int size = granted;
        for (int i = 0; i < 20; i++) {
            assertThat(window.received(granted)).isTrue();
            window.passedOn(granted);
            granted = window.grant(budget);
            assertThat(granted).isGreaterThanOrEqualTo(size).isLessThanOrEqualTo(ReceiveWindow.LARGEST);
            size = granted;
        }
        assertThat(size).isEqualTo(ReceiveWindow.LARGEST);
        assertThat(window.received(granted)).isTrue();
        assertThat(window.received(1)).isFalse();
    }

    @Test
    void aPausedWindowGrantsNothingAndGrowsLater() {
        ReceiveWindow window = new ReceiveWindow();
        WindowBudget budget = new WindowBudget();
        window.paused(true);
        window.received(60_000);
        window.passedOn(60_000);
        assertThat(window.grant(budget)).isZero();
        window.paused(false);
        assertThat(window.grant(budget)).isEqualTo(60_000);
    }

    @Test
    void withoutABudgetAWindowStaysAsItIs() {
        ReceiveWindow window = new ReceiveWindow();
        WindowBudget budget = new WindowBudget();
        while (budget.take(1 << 16)) {
            // until nothing is left
        }
        window.received(60_000);
        window.passedOn(60_000);
        assertThat(window.grant(budget)).isEqualTo(60_000);
    }

    @Test
    void connectionsThatWereHeldBackGoOnOnceLessWaits() {
        WindowBudget budget = new WindowBudget();
        int much = 64 << 20;
        int[] runs = new int[1];
        budget.queued(much);
        assertThat(budget.isSpent()).isTrue();
        budget.whenFree(() -> runs[0]++);
        budget.unqueued(1);
        assertThat(runs[0]).isZero();
        budget.unqueued(much - 1);
        assertThat(runs[0]).isEqualTo(1);
    }

    @Test
    void aServersPrefaceIsRecognised() {
        ByteBuffer settings = ByteBuffer.allocate(15);
        Frames.putHeader(settings, 6, Frames.SETTINGS, 0, 0);
        assertThat(ConnectionPreface.isServers(settings.array())).isTrue();
        assertThat(ConnectionPreface.isServers("SSH-2.0-OpenSSH".getBytes(US_ASCII)))
                .isFalse();
        assertThat(ConnectionPreface.isServers(new byte[] {0, 0, 6, 4})).isFalse();
    }
}
