package io.github.captureproxy.internal.hpack;

import java.util.Arrays;

/** The block that the encoder writes, in an array that is used again for the next one. */
final class BlockWriter {

    /** The most that an integer takes: the byte of the prefix, and 31 bits in groups of 7. */
    private static final int MAX_INTEGER_BYTES = 6;

    private static final int HUFFMAN = 0x80;

    private byte[] bytes = new byte[256];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** Writes an integer behind the bits of a pattern (RFC 7541 5.1). */
    void integer(int pattern, int prefixBits, int value) {
        reserve(MAX_INTEGER_BYTES);
        int prefix = (1 << prefixBits) - 1;
        if (value < prefix) {
            bytes[length++] = (byte) (pattern | value);
            return;
        }
        bytes[length++] = (byte) (pattern | prefix);
        int rest = value - prefix;
        for (; rest >= 0x80; rest >>>= 7) {
            bytes[length++] = (byte) (rest | 0x80);
        }
        bytes[length++] = (byte) rest;
    }

    /** Writes a string, in Huffman code where that is shorter (5.2). */
    void string(byte[] from, int start, int stringLength) {
        long encodedLength = Huffman.encodedLength(from, start, stringLength);
        if (encodedLength < stringLength) {
            integer(HUFFMAN, 7, (int) encodedLength);
            reserve((int) encodedLength);
            length = Huffman.encode(from, start, stringLength, bytes, length);
        } else {
            integer(0, 7, stringLength);
            reserve(stringLength);
            System.arraycopy(from, start, bytes, length, stringLength);
            length += stringLength;
        }
    }

    private void reserve(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
