package io.github.captureproxy.engine;

import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Frames put together and read by hand (RFC 9113 section 4.1), with payloads below 256 bytes. */
final class Http2Wire {
    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    /** The fields POST, http, / and an authority. */
    static final String POST = "838684410178";

    /** The fields GET, http, / and an authority. */
    static final String GET = "828684410178";

    private Http2Wire() {}

    /** A frame with a payload in hex. */
    static byte[] frame(int type, int flags, int stream, String payload) {
        byte[] bytes = HexFormat.of().parseHex(payload);
        return ByteBuffer.allocate(9 + bytes.length)
                .putShort((short) 0)
                .put((byte) bytes.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(bytes)
                .array();
    }

    /** The next frame on a stream, as {@link #text} puts it; those on others go unseen. */
    static String next(RawSocket socket, int wanted) throws IOException {
        while (true) {
            ByteBuffer head = ByteBuffer.wrap(socket.readBytes(9));
            int length = head.getShort() << 8 | head.get() & 0xff;
            int typeAndFlags = head.getShort() & 0xffff;
            int stream = head.getInt();
            String payload = HexFormat.of().formatHex(socket.readBytes(length));
            boolean settings = typeAndFlags >> 8 == SETTINGS;
            boolean window = typeAndFlags >> 8 == 8;
            if (stream == wanted && !settings && !window) {
                return text(typeAndFlags >> 8, typeAndFlags & 0xff, payload);
            }
        }
    }

    /** A frame without length and stream, in hex. */
    static String text(int type, int flags, String payload) {
        return HexFormat.of().toHexDigits((short) (type << 8 | flags)) + payload;
    }

    /** Both ends of a plain tunnel in which both have said what they say first. */
    static TunnelRig.Ends open(TunnelRig rig) throws IOException {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(PREFACE).send(frame(SETTINGS, 0, 0, ""));
        ends.server().send(frame(SETTINGS, 0, 0, ""));
        ends.server().read(PREFACE.length());
        return ends;
    }
}
