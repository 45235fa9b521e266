package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.http2.RawHttp2Connection;
import io.github.captureproxy.testkit.http2.RawHttp2Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An origin on a free loopback port that speaks one version of HTTP, whose exchanges a test answers by hand. */
public final class TestOrigin implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final Version version;
    private final @Nullable SSLContext tls;
    private final int[] settings;
    private final RawHttp2Origin listening;
    private final BlockingQueue<OriginExchange> requests = new LinkedBlockingQueue<>();
    private final List<RawSocket> sockets = new ArrayList<>();
    private final List<Http2Wire> wires = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;
    private int connections;

    /** With settings of HTTP/2, identifiers and values by turns, and null for plain connections. */
    public TestOrigin(Version version, @Nullable SSLContext tls, int... settings) throws IOException {
        this.version = version;
        this.tls = tls;
        this.settings = settings;
        this.listening = tls == null ? new RawHttp2Origin() : new RawHttp2Origin(tls);
        start("an origin that accepts", this::accept);
    }

    private synchronized void start(String name, Runnable task) {
        if (!closed) {
            threads.add(Threads.start(name, task));
        }
    }

    private void accept() {
        try {
            while (true) {
                RawSocket socket = keep(listening.acceptSocket());
                start("an origin's connection", () -> serve(socket));
            }
        } catch (IOException e) {
            // closed, or no connection came for long
        }
    }

    private synchronized RawSocket keep(RawSocket socket) throws IOException {
        if (closed) {
            socket.close();
        }
        sockets.add(socket);
        return socket;
    }

    private void serve(RawSocket socket) {
        try (socket) {
            if (version == Version.HTTP_2) {
                serveHttp2(listening.open(socket, settings), socket);
            } else {
                RawSocket spoken = tls == null ? socket : keep(socket.secureAsServerOf(tls, version.protocol()));
                new Http1TestOrigin(spoken, socket, this::next, requests::add).run();
            }
        } catch (IOException e) {
            // no handshake or no preface: the next connection may be better
        }
    }

    private void serveHttp2(RawHttp2Connection connection, RawSocket carrier) throws IOException {
        keep(connection.socket());
        Http2TestOrigin origin = new Http2TestOrigin(connection, carrier, next(), requests::add);
        synchronized (this) {
            wires.add(origin.wire());
        }
        origin.wire().run();
    }

    private synchronized int next() {
        return ++connections;
    }

    /** The next request that comes on any connection. */
    public OriginExchange take() throws IOException {
        try {
            OriginExchange request = requests.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (request == null) {
                throw new IOException("no request came");
            }
            return request;
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** Sends settings on all connections of HTTP/2, and waits until the proxy has read them. */
    public synchronized void set(int... changed) throws IOException {
        for (Http2Wire wire : wires) {
            wire.set(changed);
        }
    }

    /** Waits until the proxy has ended all connections. */
    public void awaitEnds() throws IOException {
        List<Thread> running;
        synchronized (this) {
            running = List.copyOf(threads.subList(1, threads.size())); // the first one accepts
        }
        try {
            for (Thread thread : running) {
                thread.join(PATIENCE_SECONDS * 1_000);
                if (thread.isAlive()) {
                    throw new IOException("a connection has not ended");
                }
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** Tells if no request has come that nobody has taken. */
    public boolean isIdle() {
        return requests.isEmpty();
    }

    /** How many connections have got as far as a request, or the preface. */
    public synchronized int connections() {
        return connections;
    }

    /** The authority, as it stands in URLs. */
    public String authority() {
        return listening.authority();
    }

    /** The port. */
    public int port() {
        return Integer.parseInt(authority().substring(authority().indexOf(':') + 1));
    }

    /** Resets all connections as they are; new ones are taken. */
    public synchronized void breakConnections() throws IOException {
        for (RawSocket socket : sockets) {
            socket.reset();
        }
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        synchronized (this) {
            closed = true;
            for (RawSocket socket : sockets) {
                socket.close();
            }
            threads.forEach(Thread::interrupt);
        }
    }
}
