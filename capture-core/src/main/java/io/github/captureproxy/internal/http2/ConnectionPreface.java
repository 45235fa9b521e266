package io.github.captureproxy.internal.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/** What each side of a connection says first (RFC 9113 section 3.4). */
public final class ConnectionPreface {
    /**
     * What a connection may receive before this side grants more: as much as a few streams at full speed, so that a slow
     * one does not hold up the others.
     */
    static final int CONNECTION_WINDOW = 4 << 20;

    private static final byte[] CLIENT = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1);

    private static final int SETTING_BYTES = 6;

    private ConnectionPreface() {}

    /** How many bytes the client's preface has. */
    static int length() {
        return CLIENT.length;
    }

    /** The byte of the client's preface at an index. */
    static byte at(int index) {
        return CLIENT[index];
    }

    /**
     * Tells if bytes are a client's preface, or the beginning of one.
     *
     * @param buffer holds them
     * @param from the first one's index
     * @param to behind the last one
     * @return true if all of them fit, up to the preface's length
     */
    public static boolean isBeginning(ByteBuffer buffer, int from, int to) {
        int count = Math.min(to - from, CLIENT.length);
        for (int i = 0; i < count; i++) {
            if (buffer.get(from + i) != CLIENT[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * As {@link #isBeginning(ByteBuffer, int, int)}, of a whole array.
     *
     * @param bytes what has come in so far
     * @return true if all of it fits, up to the preface's length
     */
    public static boolean isBeginning(byte[] bytes) {
        return isBeginning(ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    /**
     * Tells if so many bytes hold a client's preface whole.
     *
     * @param count how many bytes there are
     * @return true if there are enough
     */
    public static boolean isWhole(int count) {
        return count >= CLIENT.length;
    }

    static void write(FrameOutput output, Http2Connection.Role role) {
        ByteBuffer out = output.room(128);
        if (!role.server()) {
            out.put(CLIENT);
        }
        Frames.putHeader(out, 2 * SETTING_BYTES, Frames.SETTINGS, 0, 0);
        if (role.server()) {
            out.putShort((short) Frames.SETTINGS_MAX_CONCURRENT_STREAMS).putInt(role.maxStreams());
        } else {
            out.putShort((short) Frames.SETTINGS_ENABLE_PUSH).putInt(0);
        }
        out.putShort((short) Frames.SETTINGS_MAX_HEADER_LIST_SIZE).putInt(role.maxFieldBytes());
        Frames.putHeader(out, 4, Frames.WINDOW_UPDATE, 0, 0);
        out.putInt(CONNECTION_WINDOW - Frames.DEFAULT_WINDOW);
    }

    /**
     * Tells if bytes look like a server's preface: a SETTINGS frame, which it may send before the client has said a word.
     *
     * @param bytes what has come in so far
     * @return true if they begin with the header of one
     */
    public static boolean isServers(byte[] bytes) {
        boolean small = bytes.length >= Frames.HEADER_BYTES && bytes[0] == 0 && bytes[1] == 0;
        return small
                && (bytes[2] & 0xff) % SETTING_BYTES == 0
                && bytes[3] == Frames.SETTINGS
                && bytes[4] == 0
                && Frames.unsigned32(bytes, 5) == 0;
    }
}
