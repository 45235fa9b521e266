package io.github.captureproxy.internal.wire;

import java.util.Arrays;

/** Reads numbers and vectors (RFC 8446 section 3) from a slice of bytes, and never past its end. */
final class HelloReader {

    private final byte[] bytes;
    private final int end;
    private int next;

    HelloReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private HelloReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.next = start;
        this.end = end;
    }

    boolean hasRemaining() {
        return next < end;
    }

    int remaining() {
        return end - next;
    }

    int u8() throws MalformedHelloException {
        return bytes[advance(1)] & 0xff;
    }

    int u16() throws MalformedHelloException {
        int at = advance(2);
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    void skip(int count) throws MalformedHelloException {
        advance(count);
    }

    /** A vector whose length stands before it in one byte. */
    HelloReader vector8() throws MalformedHelloException {
        return slice(u8());
    }

    /** A vector whose length stands before it in two bytes. */
    HelloReader vector16() throws MalformedHelloException {
        return slice(u16());
    }

    /** All that is left, which must be something. */
    byte[] rest() throws MalformedHelloException {
        requireSome();
        byte[] rest = Arrays.copyOfRange(bytes, next, end);
        next = end;
        return rest;
    }

    /** All that is left, as two-byte numbers, of which there must be one at least. */
    int[] restAsU16() throws MalformedHelloException {
        requireSome();
        int[] values = new int[(end - next + 1) / 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = u16();
        }
        return values;
    }

    void requireEnd() throws MalformedHelloException {
        if (hasRemaining()) {
            throw new MalformedHelloException();
        }
    }

    private void requireSome() throws MalformedHelloException {
        if (!hasRemaining()) {
            throw new MalformedHelloException();
        }
    }

    private HelloReader slice(int length) throws MalformedHelloException {
        int start = advance(length);
        return new HelloReader(bytes, start, start + length);
    }

    private int advance(int count) throws MalformedHelloException {
        if (count > end - next) {
            throw new MalformedHelloException();
        }
        int at = next;
        next += count;
        return at;
    }
}
