package io.github.captureproxy.tls.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** An HTTPS origin on a free loopback port that answers every GET with hello, and counts its handshakes. */
public final class TlsOrigin implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int BACKLOG = 1_000;

    private final SSLServerSocket server;
    private final Conversation conversation;
    private final Set<SSLSocket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<Peer> peers = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tls-origin");
        thread.setDaemon(true);
        return thread;
    });
    private volatile String fields = "";

    /** What an origin says once its handshake is done. */
    public interface Conversation {
        /** Speaks until it has nothing more to say. */
        void speak(TlsOrigin origin, SSLSocket socket) throws IOException;
    }

    /**
     * Who shook hands.
     *
     * @param version the TLS version
     * @param certificates what it showed; empty if nothing
     */
    public record Peer(String version, List<Certificate> certificates) {}

    public TlsOrigin(SSLContext context) throws IOException {
        this(context, socket -> {});
    }

    /** One whose listening socket is changed before it listens: versions, client certificates. */
    public TlsOrigin(SSLContext context, Consumer<SSLServerSocket> change) throws IOException {
        this(context, change, TlsOrigin::http);
    }

    public TlsOrigin(SSLContext context, Consumer<SSLServerSocket> change, Conversation conversation)
            throws IOException {
        this.conversation = conversation;
        server = (SSLServerSocket) context.getServerSocketFactory()
                .createServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        change.accept(server);
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Adds field lines, each with its CRLF, to all responses from now on. */
    public TlsOrigin fields(String lines) {
        fields = lines;
        return this;
    }

    /** How many connections were made to it. */
    public int connections() {
        return connections.get();
    }

    /** Those whose handshake was done. */
    public List<Peer> peers() {
        return List.copyOf(peers);
    }

    /** How many handshakes were done. */
    public int handshakes() {
        return peers.size();
    }

    /** The heads of the requests that came. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        try {
            while (true) {
                SSLSocket socket = (SSLSocket) server.accept();
                connections.incrementAndGet();
                open.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) { // closed, which ends this thread
            return;
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.startHandshake();
            peers.add(new Peer(socket.getSession().getProtocol(), certificates(socket)));
            conversation.speak(this, socket);
        } catch (IOException e) { // the peer is gone, and this thread with it
            return;
        } finally {
            open.remove(socket);
        }
    }

    private static List<Certificate> certificates(SSLSocket socket) {
        try {
            return List.of(socket.getSession().getPeerCertificates());
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // it showed none
        }
    }

    /** Answers requests without bodies until the peer leaves. */
    public static void http(TlsOrigin origin, SSLSocket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String head = head(in);
        while (!head.isEmpty()) {
            origin.requests.add(head);
            String answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" + origin.fields + "\r\nhello";
            socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
            head = head(in);
        }
    }

    /** Reads up to and with an empty line; the empty string if the stream ends before. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return "";
            }
            head.append((char) b);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SSLSocket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
