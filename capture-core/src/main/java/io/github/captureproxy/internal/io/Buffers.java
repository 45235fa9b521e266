package io.github.captureproxy.internal.io;

import java.nio.ByteBuffer;

/**
 * The read buffers of one worker thread. A buffer is lent for the time of one event, unless a slow reader on the other
 * side keeps it until it has taken its bytes.
 */
public final class Buffers {
    /** Room before the bytes that are read, so that a head that grows when it is rewritten stays in front of its body. */
    public static final int HEADROOM = 512;

    /** Buffers kept for the next read: more than one only after slow readers gave theirs back. */
    private static final int MAX_FREE = 8;

    /** Lent buffers past which reads get small, so that a thousand slow readers cannot hold a thousand full buffers. */
    private static final int MANY_LENT = 64;

    /** Bytes of a read while many buffers are lent. */
    private static final int SMALL_READ = 4 * 1024;

    private final ByteBuffer[] free = new ByteBuffer[MAX_FREE];
    private final int size;
    private int freeCount;
    private int lent;

    /**
     * Makes an empty pool.
     *
     * @param size bytes of each buffer, the headroom included
     */
    public Buffers(int size) {
        this.size = size;
    }

    /**
     * Lends a buffer.
     *
     * @return a direct buffer that stands behind its headroom
     */
    public ByteBuffer acquire() {
        lent++;
        ByteBuffer buffer = freeCount > 0 ? free[--freeCount] : ByteBuffer.allocateDirect(size);
        return buffer.clear().position(HEADROOM);
    }

    /**
     * Takes a buffer back.
     *
     * @param buffer one that {@link #acquire} lent
     */
    public void release(ByteBuffer buffer) {
        lent--;
        if (freeCount < MAX_FREE) {
            free[freeCount++] = buffer;
        }
    }

    /**
     * Limits how much may be read into a buffer while many are lent.
     *
     * @param buffer a lent buffer, about to be read into
     */
    void limitRead(ByteBuffer buffer) {
        if (lent > MANY_LENT && buffer.remaining() > SMALL_READ) {
            buffer.limit(buffer.position() + SMALL_READ);
        }
    }
}
