package io.github.captureproxy.internal.wire;

/** The masking of a client's frames (RFC 6455 section 5.3), which undoes itself. */
final class Masking {

    private Masking() {}

    /** Masks or unmasks in place; {@code position} is that of the first byte in its frame's payload. */
    static void apply(byte[] bytes, int offset, int length, int mask, long position) {
        if (mask == 0) {
            return;
        }
        for (int i = 0; i < length; i++) {
            int shift = 24 - 8 * (int) (position + i & 3);
            bytes[offset + i] ^= (byte) (mask >>> shift);
        }
    }
}
