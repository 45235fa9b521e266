package io.github.captureproxy.testkit.http2;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A frame (RFC 9113, section 4.1), right or wrong: nothing is checked.
 *
 * @param type the type's number
 * @param flags the flags
 * @param stream the stream's number; the sign bit is the reserved bit
 * @param payload what follows the frame's head
 */
public record Http2Frame(int type, int flags, int stream, byte[] payload) {
    /** Types, section 6. */
    public static final int DATA = 0;

    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    /** A type that no one has defined. */
    public static final int UNKNOWN = 0x5c;

    /** Flags, section 6. */
    public static final int END_STREAM = 1;

    public static final int ACK = 1;
    public static final int END_HEADERS = 4;
    public static final int PADDED = 8;
    public static final int WITH_PRIORITY = 0x20;

    /** What ends a request's or response's head without a body. */
    public static final int WHOLE = END_HEADERS | END_STREAM;

    /** Settings, section 6.5.2. */
    public static final int HEADER_TABLE_SIZE = 1;

    public static final int ENABLE_PUSH = 2;
    public static final int MAX_CONCURRENT_STREAMS = 3;
    public static final int INITIAL_WINDOW_SIZE = 4;
    public static final int MAX_FRAME_SIZE = 5;
    public static final int MAX_HEADER_LIST_SIZE = 6;

    /** The size of a frame's head. */
    static final int HEAD = 9;

    private static final List<String> NAMES = List.of(
            "DATA",
            "HEADERS",
            "PRIORITY",
            "RST_STREAM",
            "SETTINGS",
            "PUSH_PROMISE",
            "PING",
            "GOAWAY",
            "WINDOW_UPDATE",
            "CONTINUATION");

    /** Any frame. */
    public static Http2Frame frame(int type, int flags, int stream, byte... payload) {
        return new Http2Frame(type, flags, stream, payload);
    }

    /** A DATA frame. */
    public static Http2Frame data(int stream, int flags, byte... payload) {
        return frame(DATA, flags, stream, payload);
    }

    /** A HEADERS frame. */
    public static Http2Frame headers(int stream, int flags, byte... block) {
        return frame(HEADERS, flags, stream, block);
    }

    /** A CONTINUATION frame. */
    public static Http2Frame continuation(int stream, int flags, byte... block) {
        return frame(CONTINUATION, flags, stream, block);
    }

    /** A PRIORITY frame. */
    public static Http2Frame priority(int stream, int dependsOn) {
        return frame(PRIORITY, 0, stream, dependency(dependsOn));
    }

    /** The five bytes that say what a stream depends on. */
    public static byte[] dependency(int dependsOn) {
        return ByteBuffer.allocate(5).putInt(dependsOn).put((byte) 15).array();
    }

    /** A RST_STREAM frame. */
    public static Http2Frame reset(int stream, ErrorCode code) {
        return frame(RST_STREAM, 0, stream, integers(code.code()));
    }

    /** A SETTINGS frame of identifiers and values by turns. */
    public static Http2Frame settings(int... identifiersAndValues) {
        ByteBuffer payload = ByteBuffer.allocate(identifiersAndValues.length / 2 * 6);
        for (int i = 0; i < identifiersAndValues.length; i += 2) {
            payload.putShort((short) identifiersAndValues[i]).putInt(identifiersAndValues[i + 1]);
        }
        return frame(SETTINGS, 0, 0, payload.array());
    }

    /** A PING frame. */
    public static Http2Frame ping(int flags, long payload) {
        return frame(PING, flags, 0, ByteBuffer.allocate(8).putLong(payload).array());
    }

    /** A GOAWAY frame. */
    public static Http2Frame goAway(int lastStream, ErrorCode code) {
        return frame(GOAWAY, 0, 0, integers(lastStream, code.code()));
    }

    /** A WINDOW_UPDATE frame. */
    public static Http2Frame windowUpdate(int stream, int increment) {
        return frame(WINDOW_UPDATE, 0, stream, integers(increment));
    }

    /** Numbers of four bytes each. */
    public static byte[] integers(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return bytes.array();
    }

    /** A payload with so many bytes of padding that says there were others (section 6.1). */
    public static byte[] padded(int saidToBe, byte[] content, int padding) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(saidToBe);
        payload.writeBytes(content);
        payload.writeBytes(new byte[padding]);
        return payload.toByteArray();
    }

    /** One part of a payload behind the other. */
    public static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    /** Tells whether a flag is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Tells whether this is of a type and not an acknowledgement. */
    public boolean is(int wanted) {
        return type == wanted && !((type == SETTINGS || type == PING) && has(ACK));
    }

    /** Tells whether this is the last frame of a stream that its sender means to send. */
    public boolean ends(int wanted) {
        return stream == wanted && (type == RST_STREAM || (type == DATA || type == HEADERS) && has(END_STREAM));
    }

    /** A number of four bytes within the payload. */
    public int integerAt(int index) {
        return ByteBuffer.wrap(payload).getInt(index);
    }

    /** What is on the wire. */
    public byte[] bytes() {
        return ByteBuffer.allocate(HEAD + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    @Override
    public String toString() {
        String name = type < NAMES.size() ? NAMES.get(type) : "type " + type;
        return name + " on " + stream + ", flags " + flags + ", " + payload.length + " bytes" + error();
    }

    private String error() {
        int at = type == RST_STREAM ? 0 : type == GOAWAY ? 4 : payload.length;
        int code = at + 4 <= payload.length ? integerAt(at) : -1;
        return code < 0 || code >= ErrorCode.values().length ? "" : ", " + ErrorCode.values()[code];
    }
}
