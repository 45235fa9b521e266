package io.github.captureproxy.tls.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An origin on a free loopback port that speaks HTTP in TLS on its first connection, and something else on all others. */
public final class TurningOrigin implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final SSLContext context;
    private final Conversation conversation;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "turning-origin");
        thread.setDaemon(true);
        return thread;
    });

    /** What it says on a connection without TLS. */
    public interface Conversation {
        /** Speaks until it has nothing more to say. */
        void speak(Socket socket) throws IOException;
    }

    public TurningOrigin(SSLContext context, Conversation conversation) throws IOException {
        this.context = context;
        this.conversation = conversation;
        server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections were made to it. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                boolean first = connections.incrementAndGet() == 1;
                open.add(socket);
                threads.execute(() -> serve(socket, first));
            }
        } catch (IOException e) { // closed, which ends this thread
            return;
        }
    }

    private void serve(Socket socket, boolean first) {
        try (socket) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            if (first) {
                http(socket);
            } else {
                conversation.speak(socket);
            }
        } catch (IOException e) { // the peer is gone, and this thread with it
            return;
        } finally {
            open.remove(socket);
        }
    }

    private void http(Socket socket) throws IOException {
        try (SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true)) {
            secured.setUseClientMode(false);
            while (!TlsOrigin.head(secured.getInputStream()).isEmpty()) {
                secured.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".getBytes(ISO_8859_1));
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
