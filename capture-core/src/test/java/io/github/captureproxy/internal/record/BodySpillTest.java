package io.github.captureproxy.internal.record;

import static io.github.captureproxy.spi.BodySelector.Direction.RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.BodySource;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.spi.BodySelector;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BodySpillTest {
    private final List<MemoryTarget> opened = new ArrayList<>();

    @Property(tries = 150)
    void aBodyAboveTheThresholdGoesOnToATarget(
            @ForAll @IntRange(max = 700_000) int size,
            @ForAll @IntRange(max = 300_000) int threshold,
            @ForAll @IntRange(max = 700_000) int cap,
            @ForAll @IntRange(min = 1, max = 70_000) int piece,
            @ForAll boolean known) {
        opened.clear();
        BodyBudget budget = new BodyBudget(2_000_000);
        byte[] sent = bytes(size);
        BodySink sink = open(budget, threshold, cap, Integer.MAX_VALUE, known ? size : -1);

        write(sink, sent, piece, budget, threshold);
        CapturedBody body = sink.finish(size, true, HeaderList.empty());

        assertThat(body.bytes()).isEqualTo(Arrays.copyOf(sent, Math.min(size, cap)));
        assertThat(opened).hasSize(Math.min(size, cap) > threshold ? 1 : 0);
        assertThat(opened).allMatch(target -> target.ended == 1);
        assertThat(budget.reserved()).isZero();
    }

    @Property(tries = 100)
    void aTargetThatCannotKeepUpCutsTheCapture(
            @ForAll @IntRange(max = 500_000) int takes, @ForAll @IntRange(min = 1, max = 70_000) int piece) {
        BodyBudget budget = new BodyBudget(2_000_000);
        byte[] sent = bytes(600_000);
        BodySink sink = open(budget, 1_000, 1_000_000, takes, -1);

        write(sink, sent, piece, budget, 1_000);
        CapturedBody body = sink.finish(sent.length, true, HeaderList.empty());

        assertThat(body.capturedSize()).isLessThanOrEqualTo(takes);
        assertThat(body.isTruncated()).isTrue();
        assertThat(body.bytes()).isEqualTo(Arrays.copyOf(sent, (int) body.capturedSize()));
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void aDiscardedBodyIsDiscardedInItsTargetToo() {
        BodyBudget budget = new BodyBudget(2_000_000);
        BodySink sink = open(budget, 1_000, 1_000_000, Integer.MAX_VALUE, -1);
        write(sink, bytes(5_000), 500, budget, 1_000);

        sink.discard();

        assertThat(opened.get(0).ended).isOne();
        assertThat(budget.reserved()).isZero();
    }

    private BodySink open(BodyBudget budget, int threshold, int cap, int takes, long expected) {
        SpillTarget.Factory factory = () -> {
            MemoryTarget target = new MemoryTarget(takes);
            opened.add(target);
            return target;
        };
        BodyPolicy.Limits limits = new BodyPolicy.Limits(cap, threshold, false);
        return new BodyPolicy(BodySelector.all(), limits, budget, factory).open(RESPONSE, HeaderList.empty(), expected);
    }

    private static void write(BodySink sink, byte[] sent, int piece, BodyBudget budget, int threshold) {
        for (int at = 0; at < sent.length; at += piece) {
            sink.write(ByteBuffer.wrap(sent), at, Math.min(piece, sent.length - at));
            // Never more in memory than the threshold and the piece that is being filled.
            assertThat(budget.reserved()).isLessThanOrEqualTo(threshold + MemoryBody.MAX_CHUNK);
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** Takes up to a number of bytes, into memory. */
    private static final class MemoryTarget implements SpillTarget {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final int takes;
        private int ended;

        MemoryTarget(int takes) {
            this.takes = takes;
        }

        @Override
        public boolean offer(byte[] chunk, int length) {
            boolean fits = taken.size() + length <= takes;
            if (fits) {
                taken.write(chunk, 0, length);
            }
            return fits;
        }

        @Override
        public BodySource finish() {
            ended++;
            return CapturedBody.inMemory(taken.toByteArray());
        }

        @Override
        public void discard() {
            ended++;
        }
    }
}
