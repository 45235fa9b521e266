package io.github.captureproxy.internal.http2;

import java.nio.ByteBuffer;

/** The numbers of RFC 9113 sections 4 to 6, and how frames are written. */
final class Frames {
    static final int HEADER_BYTES = 9;

    /** The size that every peer takes (SETTINGS_MAX_FRAME_SIZE), and the largest that is taken here. */
    static final int MAX_PAYLOAD = 16_384;

    /** What says a priority in a frame (RFC 7540 section 6.3). */
    static final int PRIORITY_BYTES = 5;

    static final int DATA = 0x0;
    static final int HEADERS = 0x1;
    static final int PRIORITY = 0x2;
    static final int RST_STREAM = 0x3;
    static final int SETTINGS = 0x4;
    static final int PUSH_PROMISE = 0x5;
    static final int PING = 0x6;
    static final int GOAWAY = 0x7;
    static final int WINDOW_UPDATE = 0x8;
    static final int CONTINUATION = 0x9;

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int HAS_PRIORITY = 0x20;

    static final int SETTINGS_HEADER_TABLE_SIZE = 0x1;
    static final int SETTINGS_ENABLE_PUSH = 0x2;
    static final int SETTINGS_MAX_CONCURRENT_STREAMS = 0x3;
    static final int SETTINGS_INITIAL_WINDOW_SIZE = 0x4;
    static final int SETTINGS_MAX_FRAME_SIZE = 0x5;
    static final int SETTINGS_MAX_HEADER_LIST_SIZE = 0x6;

    /** What a stream and a connection may send before anything else is said (RFC 9113 section 6.9.2). */
    static final int DEFAULT_WINDOW = 65_535;

    private Frames() {}

    /** Writes the header of a frame. */
    static void putHeader(ByteBuffer out, int length, int type, int flags, int streamId) {
        out.put((byte) (length >>> 16)).putShort((short) length).put((byte) type);
        out.put((byte) flags).putInt(streamId);
    }

    /** As {@link #putHeader}; returns the buffer. */
    static ByteBuffer putHeaderTo(ByteBuffer out, int length, int type, int flags, int streamId) {
        putHeader(out, length, type, flags, streamId);
        return out;
    }

    /** Reads an unsigned number of four bytes. */
    static long unsigned32(byte[] bytes, int at) {
        return (bytes[at] & 0xffL) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
    }

    /** Reads a number of 31 bits, whose first bit is reserved and has no meaning. */
    static int unsigned31(byte[] bytes, int at) {
        return (int) unsigned32(bytes, at) & 0x7fff_ffff;
    }
}
