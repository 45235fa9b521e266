package io.github.captureproxy.internal.http2;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes that wait for a window or a socket, copied. Whoever adds sees to it that they stay few. For one thread. */
final class ByteQueue {
    /** Small pieces share an array, so that one byte does not cost forty. */
    private static final int SMALLEST = 1024;

    private final Deque<byte[]> chunks = new ArrayDeque<>(2);
    private int headFrom;
    private int tailTo;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds a range of a buffer, whose position is left alone. */
    void add(ByteBuffer buffer, int from, int to) {
        int at = from;
        byte[] tail = chunks.peekLast();
        if (tail != null && tailTo < tail.length) {
            int count = Math.min(tail.length - tailTo, to - at);
            buffer.get(at, tail, tailTo, count);
            tailTo += count;
            at += count;
        }
        if (at < to) {
            byte[] chunk = new byte[Math.max(SMALLEST, to - at)];
            buffer.get(at, chunk, 0, to - at);
            if (chunks.isEmpty()) {
                headFrom = 0;
            }
            chunks.add(chunk);
            tailTo = to - at;
        }
        size += to - from;
    }

    /** Moves bytes out, exactly as many as asked for, which must be there. */
    void moveTo(ByteBuffer out, int count) {
        int left = count;
        while (left > 0) {
            byte[] head = chunks.element();
            int end = chunks.size() == 1 ? tailTo : head.length;
            int moved = Math.min(left, end - headFrom);
            out.put(head, headFrom, moved);
            headFrom += moved;
            left -= moved;
            if (headFrom == end) {
                chunks.remove();
                headFrom = 0;
            }
        }
        size -= count;
    }

    void clear() {
        chunks.clear();
        headFrom = 0;
        tailTo = 0;
        size = 0;
    }
}
