package io.github.captureproxy.internal.record;

import java.io.InputStream;
import java.util.Objects;

/** Reads the bytes of several arrays, one after the other. For one thread. */
final class ArraysInputStream extends InputStream {
    private final byte[][] arrays;
    private long left;
    private int array;
    private int at;

    /** Reads the first {@code length} bytes of the arrays. */
    ArraysInputStream(byte[][] arrays, long length) {
        this.arrays = arrays;
        this.left = length;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        while (at == arrays[array].length) {
            array++;
            at = 0;
        }
        int count = (int) Math.min(Math.min(length, left), arrays[array].length - at);
        System.arraycopy(arrays[array], at, into, offset, count);
        at += count;
        left -= count;
        return count;
    }

    @Override
    public byte[] readAllBytes() {
        return take(Math.toIntExact(left));
    }

    @Override
    public byte[] readNBytes(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length is " + length + ": give 0 or more");
        }
        return take((int) Math.min(length, left));
    }

    private byte[] take(int length) {
        byte[] all = new byte[length];
        int filled = 0;
        while (filled < length) {
            filled += read(all, filled, length - filled);
        }
        return all;
    }

    /** Costs nothing for the bytes that are passed over: parts of a body are read by their index. */
    @Override
    public long skip(long count) {
        long wanted = Math.max(0, Math.min(count, left));
        long open = wanted;
        while (open > 0) {
            int step = (int) Math.min(open, arrays[array].length - at);
            at += step;
            open -= step;
            if (open > 0) {
                array++;
                at = 0;
            }
        }
        left -= wanted;
        return wanted;
    }

    @Override
    public int available() {
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
