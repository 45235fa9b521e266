package io.github.captureproxy.internal.wire;

import java.nio.ByteBuffer;

/** Reads the header of a WebSocket frame (RFC 6455 section 5.2), byte by byte. Reused for each frame. */
final class FrameHeader {

    static final int RSV1 = 0x40;
    static final int RSV2_AND_3 = 0x30;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int SHORTEST = 2;
    private static final int MASK_BYTES = 4;

    private int first;
    private int second;
    private int seen;
    private long length;
    private int mask;

    /** Takes the bytes of one header; true when the header is whole, and then the next call begins the next one. */
    boolean read(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            take(bytes.get() & 0xff);
            if (seen >= SHORTEST && seen == size()) {
                seen = 0;
                return true;
            }
        }
        return false;
    }

    /** Whether a header was begun and is not whole. */
    boolean begun() {
        return seen > 0;
    }

    boolean fin() {
        return (first & FIN) != 0;
    }

    /** The three reserved bits, at their places in the first byte. */
    int reservedBits() {
        return first & (RSV1 | RSV2_AND_3);
    }

    int opcode() {
        return first & 0x0f;
    }

    /** Close, ping, pong and what is reserved beside them (RFC 6455 section 5.5). */
    boolean isControl() {
        return opcode() >= 8;
    }

    /** The payload's length in bytes; negative where the top bit is set, which is forbidden. */
    long length() {
        return length;
    }

    /** The masking key, 0 for an unmasked frame: both leave the payload as it is. */
    int mask() {
        return mask;
    }

    private void take(int value) {
        if (seen == 0) {
            first = value;
        } else if (seen == 1) {
            second = value;
            mask = 0;
            length = lengthBytes() == 0 ? value & 0x7f : 0;
        } else if (seen < SHORTEST + lengthBytes()) {
            length = length << 8 | value;
        } else {
            mask = mask << 8 | value;
        }
        seen++;
    }

    private int size() {
        return SHORTEST + lengthBytes() + ((second & MASKED) != 0 ? MASK_BYTES : 0);
    }

    private int lengthBytes() {
        return switch (second & 0x7f) {
            case LENGTH_16 -> 2;
            case LENGTH_64 -> 8;
            default -> 0;
        };
    }
}
