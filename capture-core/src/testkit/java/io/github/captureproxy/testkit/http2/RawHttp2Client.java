package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.Http2Frame.END_HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.WHOLE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import org.apache.hc.core5.http2.hpack.HPackEncoder;
import org.apache.hc.core5.util.ByteArrayBuffer;

/** The client's end: what a test needs to make requests of one origin, right ones and wrong ones. */
public final class RawHttp2Client extends RawHttp2Connection {
    /** The first bytes of a client (RFC 9113, section 3.4). */
    public static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1);

    private static final int TABLE = 4_096;

    private final String scheme;
    private final String authority;
    private final HPackEncoder encoder = new HPackEncoder(TABLE, ISO_8859_1);
    private int lastStream = -1;

    /** Over a connection on which the preface is to come next. Nothing is sent yet. The socket is this one's to close. */
    public RawHttp2Client(RawSocket socket, String scheme, String authority) throws IOException {
        super(socket);
        this.scheme = scheme;
        this.authority = authority;
    }

    /** Sends the preface and settings, identifiers and values by turns, and waits for the server's. */
    public RawHttp2Client open(int... settings) throws IOException {
        send(PREFACE);
        send(Http2Frame.settings(settings));
        readUntil(frame -> frame.is(Http2Frame.SETTINGS));
        return this;
    }

    /** The scheme of its requests. */
    public String scheme() {
        return scheme;
    }

    /** The authority of its requests. */
    public String authority() {
        return authority;
    }

    /** The fields of a request, none missing. */
    public HeaderBlock head(String method, String path) {
        return HeaderBlock.of(":method", method, ":scheme", scheme, ":authority", authority, ":path", path);
    }

    /** The header block of a GET. */
    public byte[] get(String path) {
        return head("GET", path).bytes();
    }

    /** Sends a GET. */
    public void sendGet(int stream, String path) throws IOException {
        send(Http2Frame.headers(stream, WHOLE, get(path)));
    }

    /** Sends the head of a POST, a body of which is to follow. */
    public void sendPost(int stream, String path) throws IOException {
        send(Http2Frame.headers(stream, END_HEADERS, head("POST", path).bytes()));
    }

    /** Sends a GET as most clients do: with Huffman code and what fits in the dynamic table. */
    public void sendCompressedGet(int stream, String path) throws IOException {
        ByteArrayBuffer block = new ByteArrayBuffer(128);
        encoder.encodeHeader(block, ":method", "GET", false);
        encoder.encodeHeader(block, ":scheme", scheme, false);
        encoder.encodeHeader(block, ":authority", authority, false);
        encoder.encodeHeader(block, ":path", path, false);
        send(Http2Frame.headers(stream, WHOLE, block.toByteArray()));
    }

    @Override
    public synchronized void send(Http2Frame... frames) throws IOException {
        for (Http2Frame frame : frames) {
            lastStream = frame.type() == Http2Frame.HEADERS
                    ? Math.max(lastStream, frame.stream() & Integer.MAX_VALUE)
                    : lastStream;
        }
        super.send(frames);
    }

    /** The lowest number of a stream that this client may open next. */
    public synchronized int nextStream() {
        return (lastStream + 1) | 1;
    }

    /** Reads up to the last frame of a stream, be it a reset. */
    public Http2Frame awaitEnd(int stream) throws IOException {
        return readUntil(frame -> frame.ends(stream));
    }

    /** The status in the last header block of a stream; 0 if none has come. */
    public int status(int stream) {
        return field(stream, ":status").map(Integer::parseInt).orElse(0);
    }
}
