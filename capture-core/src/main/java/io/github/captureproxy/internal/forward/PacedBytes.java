package io.github.captureproxy.internal.forward;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Content that waits to go on, all at once or so many bytes a second. Its owner bounds it by pausing the source. */
final class PacedBytes {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Steps in a second, where there are as many bytes: smooth enough for a client, and few enough for timers. */
    private static final int STEPS = 20;

    /** So that a byte does not cost a hundred. */
    private static final int SMALLEST_PIECE = 1_024;

    private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
    private final long bytesPerSecond;
    private final long step;
    private int size;
    private long credit;
    private long credited;

    /** From now on, by {@link System#nanoTime()}; as fast as it goes if the rate is 0. */
    PacedBytes(long bytesPerSecond, long now) {
        this.bytesPerSecond = bytesPerSecond;
        this.credited = now;
        this.step = Math.max(1, bytesPerSecond / STEPS);
    }

    /** Adds a copy of what stands there. */
    void add(ByteBuffer buffer, int from, int to) {
        int length = to - from;
        ByteBuffer last = pieces.peekLast();
        if (last == null || last.capacity() - last.limit() < length) {
            last = ByteBuffer.allocate(Math.max(SMALLEST_PIECE, length)).limit(0);
            pieces.add(last);
        }
        int end = last.limit();
        last.limit(end + length).put(end, buffer, from, length);
        size += length;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isPaced() {
        return bytesPerSecond > 0;
    }

    /** How many of them may go on now. */
    int allowed(long now) {
        if (bytesPerSecond == 0) {
            return size;
        }
        long nanos = Math.min(NANOS, now - credited);
        long earned = (long) ((double) nanos * bytesPerSecond / NANOS);
        if (earned > 0) {
            credited = now;
            credit = Math.min(2 * step, credit + earned);
        }
        return credit >= Math.min(step, size) ? (int) Math.min(size, credit) : 0;
    }

    /** When to ask again; from now on, at least a millisecond. */
    long waitMillis() {
        double missing = (double) Math.min(step, Math.max(size, 1)) - credit;
        return Math.max(1, (long) Math.ceil(missing * 1_000 / bytesPerSecond));
    }

    /** Takes out at most so many bytes, from position to limit. */
    ByteBuffer take(int max) {
        ByteBuffer first = pieces.element();
        while (!first.hasRemaining()) {
            pieces.remove();
            first = pieces.element();
        }
        int length = Math.min(max, first.remaining());
        ByteBuffer taken = first.slice(first.position(), length);
        first.position(first.position() + length);
        size -= length;
        if (size == 0) {
            pieces.clear();
        }
        credit -= length;
        return taken;
    }

    /** Takes out all. */
    byte[] takeAll() {
        byte[] all = copy();
        clear();
        return all;
    }

    /** All that waits. */
    byte[] copy() {
        ByteBuffer all = ByteBuffer.allocate(size);
        pieces.forEach(piece -> all.put(piece.duplicate()));
        return all.array();
    }

    void clear() {
        pieces.clear();
        size = 0;
    }
}
