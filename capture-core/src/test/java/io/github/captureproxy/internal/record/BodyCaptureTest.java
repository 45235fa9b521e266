package io.github.captureproxy.internal.record;

import static io.github.captureproxy.internal.record.Pieces.bytes;
import static io.github.captureproxy.internal.record.Pieces.write;
import static io.github.captureproxy.spi.BodySelector.Direction.REQUEST;
import static io.github.captureproxy.spi.BodySelector.Direction.RESPONSE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.spi.BodySelector;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BodyCaptureTest {
    private static final String SHA_256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private final BodyBudget budget = new BodyBudget(10_000_000);

    @Property(tries = 200)
    void anyBodyInAnyPiecesComesBack(
            @ForAll @IntRange(max = 900_000) int size,
            @ForAll @IntRange(min = 1, max = 70_000) int piece,
            @ForAll boolean known,
            @ForAll boolean direct,
            @ForAll Random random) {
        byte[] sent = bytes(size, random);
        BodySink sink = open(policy(10_000_000), known ? size : -1);

        write(sink, sent, piece, direct);
        CapturedBody body = sink.finish(size, true, HeaderList.empty());

        assertThat(body.bytes()).isEqualTo(sent);
        assertThat(body.isTruncated()).isFalse();
        assertThat(body.memoryBytes()).isBetween((long) size, size + size / 4L + 64);
        assertThat(budget.reserved()).isZero();
    }

    @Property(tries = 100)
    void theCapCutsToTheByte(
            @ForAll @IntRange(max = 600_000) int size,
            @ForAll @IntRange(max = 600_000) int cap,
            @ForAll @IntRange(min = 1, max = 70_000) int piece,
            @ForAll boolean known,
            @ForAll Random random) {
        byte[] sent = bytes(size, random);
        BodySink sink = open(policy(cap), known ? size : -1);

        write(sink, sent, piece, false);
        CapturedBody body = sink.finish(size, true, HeaderList.empty());

        assertThat(body.bytes()).isEqualTo(Arrays.copyOf(sent, Math.min(size, cap)));
        assertThat(body.isTruncated()).isEqualTo(size > cap);
        assertThat(body.size()).isEqualTo(size);
        assertThat(budget.reserved()).isZero();
        assertThat(budget.cuts()).isZero();
    }

    @Property(tries = 100)
    void theBudgetIsNeverPassedAndComesBack(
            @ForAll @IntRange(max = 3_000_000) int limit,
            @ForAll @IntRange(min = 1, max = 100_000) int piece,
            @ForAll boolean discard,
            @ForAll Random random) {
        BodyBudget small = new BodyBudget(limit);
        BodyPolicy policy = new BodyPolicy(BodySelector.all(), limits(10_000_000), small, null);
        byte[] sent = bytes(700_000, random);
        BodySink[] sinks = {open(policy, -1), open(policy, sent.length), open(policy, -1)};

        for (int at = 0; at < sent.length; at += piece) {
            for (BodySink sink : sinks) {
                sink.write(ByteBuffer.wrap(sent), at, Math.min(piece, sent.length - at));
                assertThat(small.reserved()).isBetween(0L, (long) limit);
            }
        }
        int cut = 0;
        for (BodySink sink : sinks) {
            if (discard) {
                sink.discard();
                continue;
            }
            CapturedBody body = sink.finish(sent.length, true, HeaderList.empty());
            assertThat(body.bytes()).isEqualTo(Arrays.copyOf(sent, (int) body.capturedSize()));
            cut += body.isTruncated() ? 1 : 0;
        }
        assertThat(small.reserved()).isZero();
        assertThat(discard || small.cuts() == cut).isTrue();
    }

    @Test
    void writingLeavesTheBufferAsItIs() {
        ByteBuffer data =
                ByteBuffer.wrap("xxabcxx".getBytes(US_ASCII)).position(1).limit(6);
        BodySink sink = new BodyPolicy(BodySelector.all(), new BodyPolicy.Limits(100, 0, true), budget, null)
                .open(RESPONSE, HeaderList.empty(), -1);

        sink.write(data, 2, 3);

        assertThat(data.position()).isEqualTo(1);
        assertThat(data.limit()).isEqualTo(6);
        data.put(2, (byte) '!');
        assertThat(sink.finish(3, true, HeaderList.empty()).text()).isEqualTo("abc");
    }

    @Test
    void theDigestIsOfAllBytesKeptOrNot() {
        for (BodySelector selector : new BodySelector[] {BodySelector.all(), BodySelector.none()}) {
            BodyPolicy policy = new BodyPolicy(selector, new BodyPolicy.Limits(2, 0, true), budget, null);
            BodySink sink = policy.open(REQUEST, HeaderList.empty(), 3);
            write(sink, "abc".getBytes(US_ASCII), 1, true);

            CapturedBody body = sink.finish(3, true, HeaderList.empty());

            assertThat(body.sha256()).contains(SHA_256_OF_ABC);
            assertThat(body.isTruncated()).isTrue();
        }
    }

    @Test
    void aBodyOfKnownLengthIsHandedOverWithoutACopy() {
        BodySink sink = open(policy(1_000_000), 1_000);
        write(sink, new byte[1_000], 100, false);

        assertThat(sink.finish(1_000, true, HeaderList.empty()).memoryBytes()).isEqualTo(1_000);
    }

    @Test
    void moreThanTheExpectedLengthIsKeptToo() {
        byte[] sent = bytes(5_000, new Random(1));
        BodySink sink = open(policy(1_000_000), 10);
        write(sink, sent, 3, false);

        assertThat(sink.finish(5_000, true, HeaderList.empty()).bytes()).isEqualTo(sent);
    }

    @Test
    void aSelectorDecidesByContentTypeAndDirection() {
        BodyPolicy policy = new BodyPolicy(
                BodySelector.byDirection(BodySelector.none(), BodySelector.withoutMedia()), limits(10), budget, null);

        assertThat(policy.open(REQUEST, HeaderList.of("Content-Type", "text/plain"), 1))
                .isSameAs(BodySink.NONE);
        assertThat(policy.open(RESPONSE, HeaderList.of("Content-Type", "image/png"), 1))
                .isSameAs(BodySink.NONE);
        assertThat(policy.open(RESPONSE, HeaderList.empty(), 1)).isNotSameAs(BodySink.NONE);
    }

    @Test
    void aSelectorThatThrowsIsCountedAndTheBodyKept() {
        BodySelector broken = (direction, contentType) -> {
            throw new IllegalStateException("broken");
        };
        BodyPolicy policy = new BodyPolicy(broken, limits(10), budget, null);

        assertThat(policy.open(RESPONSE, HeaderList.empty(), 1)).isNotSameAs(BodySink.NONE);
        assertThat(policy.selectorErrors()).isOne();
    }

    @Test
    void aSinkThatKeepsNothingStillTellsTheSize() {
        BodySink.NONE.write(ByteBuffer.allocate(3), 0, 3);
        CapturedBody body = BodySink.NONE.finish(3, false, HeaderList.of("content-type", "a/b"));

        assertThat(body.size()).isEqualTo(3);
        assertThat(body.bytes()).isEmpty();
        assertThat(body.isTruncated()).isTrue();
        assertThat(body.isComplete()).isFalse();
        assertThat(body.contentType()).contains("a/b");
    }

    @Property(tries = 100)
    void aBodyInManyArraysStreamsInAnySteps(
            @ForAll @IntRange(max = 100_000) int size, @ForAll @IntRange(min = 1, max = 30_000) int step)
            throws Exception {
        byte[] sent = bytes(size, new Random(size));
        BodySink sink = open(policy(1_000_000), -1);
        write(sink, sent, 700, false);
        CapturedBody body = sink.finish(size, true, HeaderList.empty());

        byte[] read = new byte[size];
        int at = 0;
        try (InputStream in = body.open()) {
            assertThat(in.available()).isEqualTo(size);
            while (at < size) {
                at += in.read(read, at, Math.min(step, size - at));
            }
            assertThat(in.read()).isEqualTo(-1);
        }
        assertThat(read).isEqualTo(sent);
    }

    private BodyPolicy policy(long cap) {
        return new BodyPolicy(BodySelector.all(), limits(cap), budget, null);
    }

    private static BodyPolicy.Limits limits(long cap) {
        return new BodyPolicy.Limits(cap, 0, false);
    }

    private static BodySink open(BodyPolicy policy, long expected) {
        return policy.open(RESPONSE, HeaderList.empty(), expected);
    }
}
