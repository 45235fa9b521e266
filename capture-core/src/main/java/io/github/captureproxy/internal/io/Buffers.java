package io.github.captureproxy.internal.io;

import java.nio.ByteBuffer;

/**
 * The read buffers of one worker thread. A buffer is lent for the time of one event, unless a slow reader on the other
 * side keeps it until it has taken its bytes. What slow readers keep is counted, and the more it is the less is read at
 * a time, so that any number of them holds no more than a bounded amount.
 */
public final class Buffers {
    /** Room before the bytes that are read, so that a head that grows when it is rewritten stays in front of its body. */
    public static final int HEADROOM = 512;

    /** Buffers kept for the next read: more than one only after slow readers gave theirs back. */
    private static final int MAX_FREE = 2;

    /** Bytes of a read while slow readers keep some: what is left of it is copied, so that the buffer is free again. */
    static final int MODERATE_READ = 64 * 1024;

    /** Bytes of a read while slow readers keep much. */
    private static final int SMALL_READ = 4 * 1024;

    /** The most that slow readers keep before reads become moderate, and then small; less in a small heap. */
    private static final long SOME = Math.min(4L << 20, Runtime.getRuntime().maxMemory() / 64);

    private static final long MUCH = 4 * SOME;

    private final ByteBuffer[] free = new ByteBuffer[MAX_FREE];
    private final int size;
    private int freeCount;
    private long kept;

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
        ByteBuffer buffer = freeCount > 0 ? free[--freeCount] : ByteBuffer.allocateDirect(size);
        return buffer.clear().position(HEADROOM);
    }

    /**
     * Takes a buffer back.
     *
     * @param buffer one that {@link #acquire} lent
     */
    public void release(ByteBuffer buffer) {
        if (freeCount < MAX_FREE) {
            free[freeCount++] = buffer;
        }
    }

    /**
     * Counts what a slow reader keeps.
     *
     * @param bytes the size of the buffer that is kept for it; less than zero when it is given back
     */
    public void keep(long bytes) {
        kept += bytes;
    }

    /**
     * Limits how much may be read into a buffer while slow readers keep others.
     *
     * @param buffer a lent buffer, about to be read into
     */
    void limitRead(ByteBuffer buffer) {
        if (kept > SOME) {
            int most = kept > MUCH ? SMALL_READ : MODERATE_READ;
            if (buffer.remaining() > most) {
                buffer.limit(buffer.position() + most);
            }
        }
    }
}
