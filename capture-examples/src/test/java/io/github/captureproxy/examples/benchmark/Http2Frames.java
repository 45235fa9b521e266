package io.github.captureproxy.examples.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the frames of an HTTP/2 connection apart, and makes the few that a load is made of, at the least cost. */
final class Http2Frames {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int SETTINGS = 4;
    static final int WINDOW_UPDATE = 8;
    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int WHOLE_HEAD = 4;

    static final int HEADER_BYTES = 9;
    static final int MAX_PAYLOAD = 16_384;
    static final int INITIAL_WINDOW = 65_535;
    static final int SETTINGS_INITIAL_WINDOW = 4;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /** Holds a rest of a frame, and many frames. */
    private static final int READ_BUFFER = 256 * 1024;

    private final Sink sink;
    private final ByteBuffer in = ByteBuffer.allocate(READ_BUFFER);
    private int prefaceLeft;

    /** Takes frames. */
    interface Sink {
        /** A whole frame, whose payload begins at an index. */
        void frame(int type, int flags, int stream, ByteBuffer bytes, int at, int length) throws IOException;
    }

    Http2Frames(Sink sink, boolean ofServer) {
        this.sink = sink;
        this.prefaceLeft = ofServer ? PREFACE.length() : 0;
    }

    /** Reads what is there, and hands on the frames that are whole; false at the end of the stream. */
    boolean read(Link link) throws IOException {
        if (link.read(in) < 0) {
            return false;
        }
        in.flip();
        int skipped = Math.min(prefaceLeft, in.remaining());
        prefaceLeft -= skipped;
        in.position(skipped);
        while (in.remaining() >= HEADER_BYTES) {
            int at = in.position();
            int length = in.getInt(at) >>> 8;
            if (in.remaining() < HEADER_BYTES + length) {
                break;
            }
            sink.frame(in.get(at + 3), in.get(at + 4), in.getInt(at + 5), in, at + HEADER_BYTES, length);
            in.position(at + HEADER_BYTES + length);
        }
        in.compact();
        return true;
    }

    /** Writes a frame's header. */
    static ByteBuffer header(ByteBuffer out, int length, int type, int flags, int stream) {
        return out.putInt(length << 8 | type).put((byte) flags).putInt(stream);
    }

    static void grant(ByteBuffer out, int stream, int more) {
        header(out, 4, WINDOW_UPDATE, 0, stream).putInt(more);
    }

    /** Writes what an end says first: it takes that much on each stream, and on the connection. */
    static void begin(ByteBuffer out, boolean client, int window) {
        if (client) {
            out.put(PREFACE.getBytes(ISO_8859_1));
        }
        header(out, 6, SETTINGS, 0, 0).putShort((short) SETTINGS_INITIAL_WINDOW).putInt(window);
        grant(out, 0, window - INITIAL_WINDOW);
    }

    /** Writes a field that both ends remember (RFC 7541 section 6.2.1), its name too; both are short. */
    static ByteBuffer field(ByteBuffer out, String name, String value) {
        return out.put((byte) 0x40)
                .put((byte) name.length())
                .put(name.getBytes(ISO_8859_1))
                .put((byte) value.length())
                .put(value.getBytes(ISO_8859_1));
    }
}
