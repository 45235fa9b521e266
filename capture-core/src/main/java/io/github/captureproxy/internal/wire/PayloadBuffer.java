package io.github.captureproxy.internal.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Keeps the first bytes of a message, up to a limit, and counts them all. Takes memory for what came, not before. */
final class PayloadBuffer implements WebSocketInflater.Output {

    private static final byte[] NOTHING = {};

    private final int limit;
    private byte[] kept = NOTHING;
    private int count;
    private long length;

    PayloadBuffer(int limit) {
        this.limit = limit;
    }

    /** All bytes of the message so far, kept or not. */
    long length() {
        return length;
    }

    @Override
    public void write(byte[] bytes, int offset, int size) {
        int room = reserve(size);
        System.arraycopy(bytes, offset, kept, count, room);
        count += room;
        length += size;
    }

    /** Takes bytes from a buffer, unmasking those that are kept; {@code masked} counts from the frame's start. */
    void write(ByteBuffer bytes, int size, int mask, long masked) {
        int room = reserve(size);
        int end = bytes.position() + size;
        bytes.get(kept, count, room);
        Masking.apply(kept, count, room, mask, masked);
        bytes.position(end);
        count += room;
        length += size;
    }

    /** Hands over what was kept, and starts anew. */
    byte[] take() {
        byte[] bytes = count == kept.length ? kept : Arrays.copyOf(kept, count);
        clear();
        return bytes;
    }

    void clear() {
        kept = NOTHING;
        count = 0;
        length = 0;
    }

    /** Makes room for as many of the bytes as are to be kept, and says how many those are. */
    private int reserve(int size) {
        int room = Math.min(size, limit - count);
        if (room > kept.length - count) {
            int doubled = (int) Math.min(limit, 2L * kept.length);
            kept = Arrays.copyOf(kept, Math.max(count + room, doubled));
        }
        return room;
    }
}
