package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A client's HTTP/2 connection: some GETs at once, one after another, whose answers are counted and dropped. */
final class Http2Client implements Http2Frames.Sink {
    private static final int WINDOW = 16 << 20;
    private static final int OUT_BYTES = 64 * 1024;

    /** {@code GET} and {@code https} (RFC 7541 appendix A). */
    private static final byte[] GET_HTTPS = {(byte) 0x82, (byte) 0x87};

    private final Link link;
    private final long answerBytes;
    private final Http2Head head;
    private final Http2Frames frames = new Http2Frames(this, false);
    private final ByteBuffer out = ByteBuffer.allocate(OUT_BYTES);
    private int lastStream = -1;
    private int open;
    private int toAsk;
    private int toGrant;
    private long bytes;
    private long answers;

    /** With so many requests at once; none has been sent. */
    Http2Client(Route route, String host, long answerBytes, int atOnce) throws IOException {
        this.link = route.openSecure(host, "h2");
        this.answerBytes = answerBytes;
        this.toAsk = atOnce;
        this.head = new Http2Head(
                GET_HTTPS,
                ":authority",
                host + ":" + route.origin().port(),
                ":path",
                "/" + answerBytes,
                "user-agent",
                "benchmark/1.0",
                "accept",
                "*/*",
                "accept-encoding",
                "gzip, deflate",
                "cookie",
                "session=0123456789abcdef");
        Http2Frames.begin(out, true, WINDOW);
    }

    Link link() {
        return link;
    }

    /** How many answers have come whole. */
    long answers() {
        return answers;
    }

    /** Sends the requests that are to be sent. */
    void ask() throws IOException {
        for (; toAsk > 0; toAsk--) {
            head.write(out, lastStream < 0, lastStream += 2, true);
            open++;
        }
        grant();
    }

    /** Sends what is not a request. */
    void grant() throws IOException {
        if (out.position() > 0) {
            link.write(out.flip());
            if (out.hasRemaining() || !link.isFlushed()) {
                throw new IOException("takes no request"); // a socket's buffer holds many
            }
            out.clear();
        }
    }

    /** Reads what is there. */
    void read() throws IOException {
        if (!frames.read(link)) {
            throw new IOException("closed a connection");
        }
        if (bytes > answerBytes * (answers + open) || open == 0 && bytes != answerBytes * answers) {
            throw new IOException(bytes + " bytes for " + answers + " answers");
        }
    }

    @Override
    public void frame(int type, int flags, int stream, ByteBuffer in, int at, int length) throws IOException {
        switch (type) {
            case Http2Frames.DATA -> data(flags, stream, length);
            case Http2Frames.HEADERS, Http2Frames.WINDOW_UPDATE -> {
                // says nothing that matters here
            }
            case Http2Frames.SETTINGS -> {
                if ((flags & Http2Frames.ACK) == 0) {
                    Http2Frames.header(out, 0, Http2Frames.SETTINGS, Http2Frames.ACK, 0);
                }
            }
            default -> throw new IOException("a frame of type " + type + " with " + in.getInt(at));
        }
    }

    private void data(int flags, int stream, int length) {
        bytes += length;
        toGrant += length;
        boolean ended = (flags & Http2Frames.END_STREAM) != 0;
        if (ended) {
            answers++;
            open--;
            toAsk++;
        }
        if (toGrant >= WINDOW / 4) {
            Http2Frames.grant(out, 0, toGrant);
            if (!ended && answerBytes > WINDOW) {
                Http2Frames.grant(out, stream, toGrant); // the only one
            }
            toGrant = 0;
        }
    }
}
