package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.BodySource;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.HeaderList;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a body in memory: in one array if its length is known and small, otherwise in a growing row of arrays. Where
 * there is a place for files, a body that grows large is handed on to it and its memory given back. The capture ends
 * early at the body's own cap, at the budget of all bodies, and where a file cannot keep up.
 */
final class MemoryBody implements BodySink {
    /** The largest array that is allocated for a length that a header field promises, before the bytes are there. */
    static final int MAX_EXACT = 256 * 1024;
    /** The least that is allocated: a message of a few bytes often has more of them coming. */
    static final int MIN_CHUNK = 512;
    /** What follows the first array: most bodies that come in pieces are a few KiB. */
    static final int FIRST_CHUNK = 8 * 1024;
    /** Where doubling ends: a coarse step for the budget, and no humongous object for a region of 1 MiB. */
    static final int MAX_CHUNK = 256 * 1024;

    private final BodyPolicy.Limits limits;
    private final BodyBudget budget;
    private final SpillTarget.@Nullable Factory spill;
    private final long expected;
    private final Chunks chunks = new Chunks();
    private @Nullable SpillTarget target;
    private State state = State.KEEPING;
    private int nextChunk = FIRST_CHUNK;
    private long reserved;
    private long handedOn;

    private enum State {
        KEEPING,
        CUT
    }

    MemoryBody(BodyPolicy.Limits limits, BodyBudget budget, SpillTarget.@Nullable Factory spill, long expectedLength) {
        this.limits = limits;
        this.budget = budget;
        this.spill = spill;
        this.expected = expectedLength;
    }

    @Override
    public void write(ByteBuffer data, int from, int length) {
        int done = 0;
        while (done < length && state == State.KEEPING) {
            int count = Math.min(length - done, chunks.room());
            if (count > 0) {
                chunks.append(data, from + done, count);
                done += count;
            } else {
                makeRoom(length - done);
            }
        }
    }

    /** Finds room for at least one more byte, or ends the capture. */
    private void makeRoom(int wanted) {
        long captured = handedOn + chunks.length();
        long open = limits.maxBodyBytes() - captured;
        if (open <= 0) {
            budget.countCutElsewhere();
            state = State.CUT;
            return;
        }
        if (spill != null && captured >= limits.spillAboveBytes() && !handOn()) {
            budget.countCutElsewhere();
            state = State.CUT;
            return;
        }
        if (spill != null && target == null) {
            // Ends at the threshold, so that the byte after it is what opens the file.
            open = Math.min(open, limits.spillAboveBytes() - captured);
        }
        int size = (int) Math.min(chunkSize(wanted, captured), open);
        if (budget.reserve(size)) {
            reserved += size;
            chunks.grow(new byte[size]);
        } else {
            budget.countCut();
            state = State.CUT;
        }
    }

    private long chunkSize(int wanted, long captured) {
        if (expected > MAX_EXACT) {
            return MAX_CHUNK;
        }
        if (captured > 0) {
            int size = nextChunk;
            nextChunk = Math.min(nextChunk * 2, MAX_CHUNK);
            return size;
        }
        // All of a body that comes in one piece, or whose length is known, fits into one array to the byte.
        return expected >= wanted ? expected : Math.max(MIN_CHUNK, Math.min(wanted, MAX_CHUNK));
    }

    /** Hands what is in memory on to the target, which then holds it instead. */
    private boolean handOn() {
        if (target == null && spill != null) {
            target = spill.open();
        }
        long length = chunks.length();
        boolean taken = target != null && (length == 0 || chunks.drainTo(target));
        handedOn += length;
        releaseAll();
        return taken;
    }

    private void releaseAll() {
        budget.release(reserved);
        reserved = 0;
    }

    @Override
    public CapturedBody finish(long size, boolean complete, HeaderList headers) {
        BodySource source;
        if (target == null) {
            source = chunks.toSource();
        } else {
            handOn();
            source = target.finish();
        }
        releaseAll();
        return CapturedBody.of(source, size, complete, null, headers);
    }

    @Override
    public void discard() {
        chunks.clear();
        if (target != null) {
            target.discard();
        }
        releaseAll();
    }
}
