package io.github.captureproxy.testkit.http2;

import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/**
 * An HTTP/2 origin that answers every request, once it is whole, with 200 and {@code hello}, or by path: {@code /big/N}
 * with N zero bytes, {@code /hold} not at all, nor does it take more of the body than fits in the window. It remembers
 * which requests came whole. One thread a connection.
 */
public final class AnsweringHttp2Origin implements AutoCloseable {
    private final RawHttp2Origin origin;
    private final List<String> whole = new CopyOnWriteArrayList<>();
    private final Set<RawSocket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong sent = new AtomicLong();
    private final Thread acceptor = new Thread(this::accept, "origin-acceptor");
    private volatile boolean closed;

    private AnsweringHttp2Origin(RawHttp2Origin origin) {
        this.origin = origin;
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** One to be spoken to with prior knowledge. */
    public static AnsweringHttp2Origin start() throws IOException {
        return new AnsweringHttp2Origin(new RawHttp2Origin());
    }

    /** One that chooses h2 in TLS. */
    public static AnsweringHttp2Origin start(SSLContext tls) throws IOException {
        return new AnsweringHttp2Origin(new RawHttp2Origin(tls));
    }

    private void accept() {
        while (!closed) {
            try {
                RawSocket socket = origin.acceptSocket();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "origin-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // closed by the test, or no connection for a while: the loop's condition tells
            }
        }
    }

    private void serve(RawSocket socket) {
        try (RawHttp2Connection connection = origin.open(socket)) {
            connection.socket().socket().setSoTimeout(0);
            new Answers(connection, whole, sent).run();
        } catch (IOException e) {
            // no HTTP/2, or a client that leaves early, which is what many a test is about
        } finally {
            open.remove(socket);
        }
    }

    /** The paths of the requests that came whole, of all connections, in the order of their ends. */
    public List<String> whole() {
        return whole;
    }

    /** How many bytes of bodies have been sent. */
    public long sent() {
        return sent.get();
    }

    /** The authority, as it stands in URLs. */
    public String authority() {
        return origin.authority();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        origin.close();
        for (RawSocket socket : open) {
            socket.close();
        }
    }
}
