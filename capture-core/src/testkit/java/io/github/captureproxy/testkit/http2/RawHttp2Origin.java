package io.github.captureproxy.testkit.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An origin on a free loopback port that speaks HTTP/2 alone, whose connections a test answers by hand. */
public final class RawHttp2Origin implements AutoCloseable {
    private final RawOrigin origin = new RawOrigin();
    private final @Nullable SSLContext tls;

    /** One to be spoken to with prior knowledge. */
    public RawHttp2Origin() throws IOException {
        tls = null;
    }

    /** One that chooses h2 in TLS. */
    public RawHttp2Origin(SSLContext tls) throws IOException {
        this.tls = tls;
    }

    /** Takes the next connection, reads the client's preface, and sends settings, identifiers and values by turns. */
    public RawHttp2Connection accept(int... settings) throws IOException {
        return open(acceptSocket(), settings);
    }

    /** Takes the next connection, on which nothing has been read. */
    public RawSocket acceptSocket() throws IOException {
        return origin.accept();
    }

    /** Shakes hands if need be, reads the client's preface, and sends settings, identifiers and values by turns. */
    public RawHttp2Connection open(RawSocket socket, int... settings) throws IOException {
        try {
            RawSocket secure = tls == null ? socket : socket.secureAsServerOf(tls, "h2");
            readPreface(secure);
            RawHttp2Connection connection = new RawHttp2Connection(secure);
            connection.send(Http2Frame.settings(settings));
            return connection;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void readPreface(RawSocket socket) throws IOException {
        byte[] preface = socket.readBytes(RawHttp2Client.PREFACE.length);
        if (!Arrays.equals(preface, RawHttp2Client.PREFACE)) {
            throw new IOException("no preface: " + new String(preface, ISO_8859_1));
        }
    }

    /** Reads up to the end of a request's head, and returns its stream. */
    public static int awaitRequest(RawHttp2Connection connection) throws IOException {
        return connection
                .readUntil(frame -> (frame.type() == Http2Frame.HEADERS || frame.type() == Http2Frame.CONTINUATION)
                        && frame.has(Http2Frame.END_HEADERS))
                .stream();
    }

    /** The authority, as it stands in URLs. */
    public String authority() {
        return origin.authority();
    }

    @Override
    public void close() throws IOException {
        origin.close();
    }
}
