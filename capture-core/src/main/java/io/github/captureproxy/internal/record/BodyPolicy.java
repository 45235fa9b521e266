package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.spi.BodySelector;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which bodies are captured, and how much of them. Does not change, but for a count and for the bodies that it knows to be
 * there; safe for any thread.
 */
public final class BodyPolicy {
    /** Bytes kept of one WebSocket message: as much as a person reads, and enough for what apps send. */
    private static final int MAX_MESSAGE_BYTES = 1024 * 1024;

    private final BodySelector selector;
    private final Limits limits;
    private final BodyBudget budget;
    private final SpillTarget.@Nullable Factory spill;
    private final RecentBodies recent;
    private final LongAdder selectorErrors;
    private final @Nullable Bound bound;

    /** Bodies of these types are kept in memory, up to so many bytes. */
    private record Bound(Predicate<Optional<String>> types, Limits limits) {}

    /**
     * Makes a policy.
     *
     * @param selector which bodies are kept
     * @param limits how much of each
     * @param budget how much of all in flight together
     * @param spill where large bodies go on to; null to keep them in memory
     */
    public BodyPolicy(BodySelector selector, Limits limits, BodyBudget budget, SpillTarget.@Nullable Factory spill) {
        this.selector = selector;
        this.limits = limits;
        this.budget = budget;
        this.spill = spill;
        this.recent = new RecentBodies();
        this.selectorErrors = new LongAdder();
        this.bound = null;
    }

    private BodyPolicy(BodyPolicy same, Bound bound) {
        this.selector = same.selector;
        this.limits = same.limits;
        this.budget = same.budget;
        this.spill = same.spill;
        this.recent = same.recent;
        this.selectorErrors = same.selectorErrors;
        this.bound = bound;
    }

    /**
     * The same policy, but for bodies that are to be looked into as a whole when they have ended.
     *
     * @param types tells by the value of the {@code Content-Type} field, if there is one, which these are
     * @param maxBytes the most bytes that are captured of one of them, and only in memory
     * @return a copy
     */
    public BodyPolicy boundedInMemory(Predicate<Optional<String>> types, long maxBytes) {
        long most = Math.min(maxBytes, limits.maxBodyBytes());
        return new BodyPolicy(this, new Bound(types, new Limits(most, most, limits.sha256())));
    }

    /**
     * Opens a sink for a body.
     *
     * @param direction the message it belongs to
     * @param headers the message's header fields
     * @param expectedLength how many bytes it should have; -1 if that is unknown
     * @return a sink, possibly one that keeps nothing
     */
    public BodySink open(BodySelector.Direction direction, HeaderList headers, long expectedLength) {
        // Without a question to ask, the header fields need not even be split.
        boolean kept = selector == BodySelector.Preset.ALL || keeps(direction, headers);
        if (!kept || limits.maxBodyBytes() == 0) {
            return limits.sha256() ? new DigestingSink(BodySink.NONE) : BodySink.NONE;
        }
        BodySink sink = bound != null && bound.types().test(headers.first("content-type"))
                ? keeping(bound.limits(), null, expectedLength)
                : keeping(limits, spill, expectedLength);
        return limits.sha256() ? new DigestingSink(sink) : sink;
    }

    private BodySink keeping(Limits most, SpillTarget.@Nullable Factory files, long expectedLength) {
        BodySink sink = new MemoryBody(most, budget, files, expectedLength);
        if (expectedLength >= 0 && !RecentBodies.areOf(expectedLength)) {
            return sink;
        }
        long inMemory = files == null ? most.maxBodyBytes() : Math.min(most.maxBodyBytes(), most.spillAboveBytes());
        return new RepeatableBody(recent, budget, sink, expectedLength <= inMemory ? expectedLength : -1);
    }

    /**
     * How much is kept of one message of a WebSocket.
     *
     * @param direction who sends it
     * @return bytes, 0 where bodies of this direction are not kept at all
     */
    public int maxMessageBytes(BodySelector.Direction direction) {
        return keeps(direction, HeaderList.empty()) ? (int) Math.min(limits.maxBodyBytes(), MAX_MESSAGE_BYTES) : 0;
    }

    /** Keeps the messages of one WebSocket: as many bytes of them together as of any other body. */
    MessageLog messageLog(int maxMessages) {
        return new MessageLog(maxMessages, limits.maxBodyBytes(), budget);
    }

    private boolean keeps(BodySelector.Direction direction, HeaderList headers) {
        try {
            return selector.keeps(direction, headers.first("content-type").orElse(""));
        } catch (Throwable e) {
            // Traffic goes on whatever a program's own selector does, be it an Error; counted, and the body is kept.
            selectorErrors.increment();
            return true;
        }
    }

    /**
     * How often the selector threw; those bodies were kept.
     *
     * @return the count since the start
     */
    public long selectorErrors() {
        return selectorErrors.sum();
    }

    /**
     * How much of each body is captured.
     *
     * @param maxBodyBytes the most bytes that are captured of one body, in memory or in a file; 0 for none
     * @param spillAboveBytes bodies of more than this go to a file, where there is a place for files
     * @param sha256 true to make the SHA-256 of all bytes that pass
     */
    public record Limits(long maxBodyBytes, long spillAboveBytes, boolean sha256) {
        /** Checks the numbers. */
        public Limits {
            if (maxBodyBytes < 0 || spillAboveBytes < 0) {
                throw new IllegalArgumentException(
                        "a limit is negative: maxBodyBytes " + maxBodyBytes + ", spillAboveBytes " + spillAboveBytes);
            }
        }
    }
}
