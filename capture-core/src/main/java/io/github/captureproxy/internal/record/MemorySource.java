package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.BodySource;
import java.io.InputStream;

/** Captured bytes in a row of arrays; the last one may have unused bytes at its end. Does not change. */
final class MemorySource implements BodySource {
    private final byte[][] arrays;
    private final long length;

    /** The arrays are not copied: nobody may write to them any more. */
    MemorySource(byte[][] arrays, long length) {
        this.arrays = arrays;
        this.length = length;
    }

    /** The arrays themselves, only to be read. */
    byte[][] arrays() {
        return arrays;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public InputStream open() {
        // Of its own, since the JDK's hands its array to whom it transfers the bytes to.
        return new ArraysInputStream(arrays, length);
    }

    @Override
    public long memoryBytes() {
        long sum = 0;
        for (byte[] array : arrays) {
            sum += array.length;
        }
        return sum;
    }

    @Override
    public boolean isShared() {
        return RecentBodies.areOf(length);
    }
}
