package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.HeaderList;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a body in another sink, unless the last one of its length was the same: then that is what was captured. Where the
 * length is known beforehand, the bytes are compared as they pass, and none are copied before one differs: to read what
 * has just been read costs a fraction of making a new array.
 */
final class RepeatableBody implements BodySink {
    private final RecentBodies recent;
    private final BodyBudget budget;
    private final BodySink next;
    private final long expected;
    private boolean begun;
    private boolean differs;
    private @Nullable Repetition repetition;
    private long reserved;

    /**
     * Makes a sink.
     *
     * @param expectedLength how many bytes the next sink would keep all of; -1 if that is unknown, or not so
     */
    RepeatableBody(RecentBodies recent, BodyBudget budget, BodySink next, long expectedLength) {
        this.recent = recent;
        this.budget = budget;
        this.next = next;
        this.expected = expectedLength;
    }

    @Override
    public void write(ByteBuffer data, int from, int length) {
        if (!begun) {
            begun = true;
            begin();
        }
        Repetition following = repetition;
        if (following == null) {
            next.write(data, from, length);
        } else if (!following.takes(data, from, length)) {
            differs = true;
            copy(following);
            next.write(data, from, length);
        }
    }

    /**
     * Looks for a body to follow. For it as many bytes are reserved as a copy would take: those who hold it may let go of
     * it while this one goes on.
     */
    private void begin() {
        MemorySource last = expected < 0 ? null : recent.ofLength(expected);
        if (last != null && budget.reserve(last.length())) {
            reserved = last.length();
            repetition = new Repetition(last);
        }
    }

    /**
     * Goes on without the body before. What was reserved for it is given back first, so that a budget that is used up just
     * then cuts this one.
     */
    private void copy(Repetition following) {
        letGo();
        following.copyTo(next);
    }

    @Override
    public CapturedBody finish(long size, boolean complete, HeaderList headers) {
        Repetition following = repetition;
        if (following != null && following.isWhole()) {
            discard();
            return CapturedBody.of(following.before(), size, complete, null, headers);
        }
        if (following != null) {
            copy(following);
        }
        CapturedBody body = next.finish(size, complete, headers);
        boolean whole = complete && !body.isTruncated() && RecentBodies.areOf(size);
        if (!whole || !(body.source() instanceof MemorySource captured)) {
            return body;
        }
        if (differs) {
            recent.remember(captured);
            return body;
        }
        MemorySource kept = recent.share(captured);
        return kept == captured ? body : CapturedBody.of(kept, size, true, null, headers);
    }

    @Override
    public void discard() {
        letGo();
        next.discard();
    }

    private void letGo() {
        repetition = null;
        budget.release(reserved);
        reserved = 0;
    }
}
