package io.github.captureproxy.internal.record;

import static io.github.captureproxy.internal.record.Pieces.bytes;
import static io.github.captureproxy.internal.record.Pieces.write;
import static io.github.captureproxy.spi.BodySelector.Direction.RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.BodySource;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.spi.BodySelector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RepeatableBodyTest {
    private static final int CAP = 2_000_000;

    private final BodyBudget budget = new BodyBudget(10_000_000);
    private final BodyPolicy policy = policy(CAP, budget);

    @Property(tries = 300)
    void whateverCameBeforeABodyIsCapturedToTheByte(
            @ForAll @IntRange(min = 4_000, max = 600_000) int size,
            @ForAll @IntRange(min = 1, max = 70_000) int piece,
            @ForAll @IntRange(min = 1, max = 70_000) int pieceAgain,
            @ForAll boolean known,
            @ForAll boolean knownAgain,
            @ForAll boolean direct,
            @ForAll @IntRange(max = 599_999) int differsAt,
            @ForAll Random random) {
        byte[] first = bytes(size, random);
        byte[] second = first.clone();
        if (differsAt < size) {
            second[differsAt] ^= 1;
        }

        CapturedBody one = capture(policy, first, size, piece, known, direct);
        CapturedBody two = capture(policy, second, size, pieceAgain, knownAgain, direct);
        CapturedBody three = capture(policy, second, size, piece, knownAgain, direct);

        assertThat(three.bytes()).isEqualTo(second);
        assertThat(three.source() == two.source()).isEqualTo(RecentBodies.areOf(size));
        assertThat(one.bytes()).isEqualTo(first);
        assertThat(two.bytes()).isEqualTo(second);
        assertThat(two.isTruncated()).isFalse();
        assertThat(two.source() == one.source()).isEqualTo(differsAt >= size && RecentBodies.areOf(size));
        assertThat(budget.reserved()).isZero();
    }

    @Property(tries = 200)
    void aBodyThatEndsEarlyIsKeptAsFarAsItCame(
            @ForAll @IntRange(min = 5_000, max = 600_000) int size,
            @ForAll @IntRange(max = 600_000) int end,
            @ForAll @IntRange(min = 1, max = 70_000) int piece,
            @ForAll Random random) {
        byte[] whole = bytes(size, random);
        byte[] part = Arrays.copyOf(whole, Math.min(end, size - 1));
        CapturedBody before = capture(policy, whole, size, 30_000, true, false);

        BodySink sink = open(policy, size);
        write(sink, part, piece, false);
        assertThat(budget.reserved()).isGreaterThanOrEqualTo(part.length);
        CapturedBody body = sink.finish(part.length, false, HeaderList.empty());

        assertThat(body.bytes()).isEqualTo(part);
        assertThat(body.isComplete()).isFalse();
        assertThat(budget.reserved()).isZero();
        assertThat(capture(policy, whole, size, piece, true, true).source()).isSameAs(before.source());
    }

    @Property(tries = 200)
    void theBudgetHoldsForBodiesThatComeAgain(
            @ForAll @IntRange(max = 300_000) int limit,
            @ForAll @IntRange(min = 1, max = 70_000) int piece,
            @ForAll boolean discard,
            @ForAll Random random) {
        BodyBudget small = new BodyBudget(300_000);
        BodyPolicy tight = policy(CAP, small);
        byte[] sent = bytes(100_000, random);
        BodySource kept = capture(tight, sent, sent.length, piece, true, false).source();
        assertThat(small.reserve(300_000 - limit)).isTrue();

        BodySink[] sinks = {open(tight, sent.length), open(tight, sent.length), open(tight, sent.length)};
        for (int at = 0; at < sent.length; at += piece) {
            for (BodySink sink : sinks) {
                sink.write(ByteBuffer.wrap(sent), at, Math.min(piece, sent.length - at));
            }
            assertThat(small.reserved()).isLessThanOrEqualTo(300_000);
        }
        assertThat(small.reserved()).isEqualTo(300_000 - limit + limit / 100_000 * 100_000L);
        int whole = 0;
        for (BodySink sink : sinks) {
            if (discard) {
                sink.discard();
                continue;
            }
            CapturedBody body = sink.finish(sent.length, true, HeaderList.empty());
            assertThat(body.bytes()).isEqualTo(Arrays.copyOf(sent, (int) body.capturedSize()));
            whole += body.source() == kept ? 1 : 0;
        }
        assertThat(discard || whole == limit / 100_000).isTrue();
        assertThat(small.reserved()).isEqualTo(300_000 - limit);
    }

    @Test
    void moreThanTheSameBodyIsKeptToo() {
        byte[] longer = bytes(50_000, new Random(1));
        CapturedBody before = capture(policy, Arrays.copyOf(longer, 40_000), 40_000, 7_000, true, false);

        BodySink sink = open(policy, 40_000);
        write(sink, longer, 9_000, false);

        assertThat(sink.finish(50_000, true, HeaderList.empty()).bytes()).isEqualTo(longer);
        assertThat(before.bytes()).isEqualTo(Arrays.copyOf(longer, 40_000));
    }

    @Test
    void theLargestAndTheSmallestComeAgainAndNoOthers() {
        for (long size : new long[] {
            RecentBodies.MIN_BYTES - 1, RecentBodies.MIN_BYTES, RecentBodies.MAX_BYTES, RecentBodies.MAX_BYTES + 1
        }) {
            byte[] body = bytes((int) size, new Random(size));
            for (boolean known : new boolean[] {true, false}) {
                CapturedBody one = capture(policy, body, body.length, 50_000, known, true);
                CapturedBody two = capture(policy, body, body.length, 60_000, known, true);

                assertThat(two.source() == one.source()).isEqualTo(RecentBodies.areOf(size));
                assertThat(two.bytes()).isEqualTo(body);
            }
        }
    }

    @Test
    void aBodyThatAFileIsToHoldIsNotCompared() {
        byte[] body = bytes(50_000, new Random(6));
        CapturedBody before = capture(policy, body, body.length, 50_000, true, false);
        for (int threshold : new int[] {49_999, 50_000}) {
            BodyPolicy spilling = new BodyPolicy(
                    BodySelector.all(), new BodyPolicy.Limits(CAP, threshold, false), budget, () -> null);

            CapturedBody one = capture(spilling, body, body.length, 10_000, true, false);
            CapturedBody two = capture(spilling, body, body.length, 10_000, true, false);

            // There is no room for files here, so that what would go to one is cut.
            assertThat(two.isTruncated()).isEqualTo(threshold < body.length);
            assertThat(two.source() == one.source()).isEqualTo(threshold == body.length);
            assertThat(two.source()).isNotSameAs(before.source());
        }
    }

    @Test
    void bodiesOfAStricterPolicyKeepToItsOwnLimit() {
        byte[] body = bytes(50_000, new Random(7));
        CapturedBody before = capture(policy, body, body.length, 50_000, true, false);
        BodyPolicy bounded = policy.boundedInMemory(type -> true, 20_000);

        CapturedBody cut = capture(bounded, body, body.length, 10_000, true, false);

        assertThat(cut.bytes()).isEqualTo(Arrays.copyOf(body, 20_000));
        assertThat(capture(policy.boundedInMemory(type -> true, 60_000), body, body.length, 9_000, true, false)
                        .source())
                .isSameAs(before.source());
    }

    @Test
    void aBodyOfWhichNothingHasComeHoldsNothing() {
        RecentBodies recent = new RecentBodies();
        recent.share(new MemorySource(new byte[][] {bytes(5_000, new Random(8))}, 5_000));
        BodySink waiting = new RepeatableBody(recent, budget, BodySink.NONE, 5_000);

        System.gc();

        assertThat(recent.ofLength(5_000)).isNull();
        waiting.discard();
    }

    @Test
    void manyThreadsCaptureTheSameFewBodies() throws Exception {
        byte[][] bodies = {bytes(20_000, new Random(9)), bytes(20_000, new Random(10)), bytes(30_000, new Random(11))};
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> wrong = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(thread);
            wrong.add(threads.submit(() -> {
                int count = 0;
                for (int i = 0; i < 2_000; i++) {
                    byte[] body = bodies[random.nextInt(bodies.length)];
                    CapturedBody kept =
                            capture(policy, body, body.length, 1 + random.nextInt(30_000), random.nextBoolean(), false);
                    count += Arrays.equals(kept.bytes(), body) ? 0 : 1;
                }
                return count;
            }));
        }
        threads.shutdown();
        for (Future<Integer> each : wrong) {
            assertThat(each.get(60, TimeUnit.SECONDS)).isZero();
        }
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void aCutBodyIsNotTakenForAWholeOne() {
        BodyPolicy capped = policy(30_000, budget);
        byte[] body = bytes(40_000, new Random(2));

        CapturedBody one = capture(capped, body, 40_000, 8_000, true, false);
        CapturedBody two = capture(capped, body, 40_000, 8_000, true, false);

        assertThat(two.bytes()).isEqualTo(Arrays.copyOf(body, 30_000));
        assertThat(two.isTruncated()).isTrue();
        assertThat(two.source()).isNotSameAs(one.source());
    }

    @Test
    void theHeaderFieldsAreTheMessagesOwn() {
        byte[] body = bytes(40_000, new Random(3));
        CapturedBody before = capture(policy, body, 40_000, 8_000, true, false);

        BodySink sink = open(policy, 40_000);
        write(sink, body, 8_000, true);
        CapturedBody again = sink.finish(40_000, true, HeaderList.of("Content-Type", "a/b"));

        assertThat(again.contentType()).contains("a/b");
        assertThat(again.source()).isSameAs(before.source());
    }

    @Test
    void theDigestIsMadeOfABodyThatComesAgain() {
        BodyPolicy digesting = new BodyPolicy(BodySelector.all(), new BodyPolicy.Limits(CAP, CAP, true), budget, null);
        byte[] body = bytes(40_000, new Random(4));

        CapturedBody one = capture(digesting, body, 40_000, 8_000, true, false);
        CapturedBody two = capture(digesting, body, 40_000, 9_000, false, true);

        assertThat(two.source()).isSameAs(one.source());
        assertThat(two.sha256()).isPresent().isEqualTo(one.sha256());
    }

    @Test
    void nothingIsHeldThatNobodyElseHolds() {
        RecentBodies recent = new RecentBodies();
        recent.share(new MemorySource(new byte[][] {bytes(5_000, new Random(5))}, 5_000));

        System.gc();

        assertThat(recent.ofLength(5_000)).isNull();
    }

    @Test
    void aLengthThatSharesAPlaceWithAnotherIsAnotherBody() {
        RecentBodies recent = new RecentBodies();
        MemorySource shorter = new MemorySource(new byte[][] {new byte[5_000]}, 5_000);
        MemorySource longer = new MemorySource(new byte[][] {new byte[5_509]}, 5_509);

        assertThat(recent.share(shorter)).isSameAs(shorter);
        assertThat(recent.share(longer)).isSameAs(longer);
        assertThat(recent.ofLength(5_000)).isNull();
        assertThat(recent.ofLength(5_509)).isSameAs(longer);
    }

    private static CapturedBody capture(
            BodyPolicy policy, byte[] sent, int size, int piece, boolean known, boolean direct) {
        BodySink sink = open(policy, known ? size : -1);
        write(sink, sent, piece, direct);
        return sink.finish(sent.length, true, HeaderList.empty());
    }

    private static BodyPolicy policy(long cap, BodyBudget budget) {
        return new BodyPolicy(BodySelector.all(), new BodyPolicy.Limits(cap, cap, false), budget, null);
    }

    private static BodySink open(BodyPolicy policy, long expected) {
        return policy.open(RESPONSE, HeaderList.empty(), expected);
    }
}
