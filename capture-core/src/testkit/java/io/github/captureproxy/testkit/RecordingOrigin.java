package io.github.captureproxy.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * An HTTP/1.1 origin that remembers what it got, byte for byte, and answers by path: {@code /hello}, {@code /echo} (the
 * request's body), {@code /gzip} (what {@link #GZIPPED} says), {@code /chunked} (two chunks), {@code /big} (what
 * {@link #big()} says), {@code /last} (hello, then it closes), {@code /hsts} (the same,
 * with HSTS for that host), {@code /abort} (it closes within the body), {@code /none}
 * (it closes without a response). One thread a connection.
 */
public final class RecordingOrigin implements AutoCloseable {
    /** What {@code /gzip} answers, unpacked. */
    public static final String GZIPPED = "Größe in gzip, ".repeat(100);

    /** The size of what {@code /big} answers. */
    public static final int BIG = 3_000_000;

    private static final String HELLO = "hello";

    private static final String CHUNKED = """
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked

            5
            hello
            7;x=y
            , world
            0

            """.replace("\n", "\r\n");

    private final ServerSocket server;
    private final String scheme;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Thread acceptor = new Thread(this::accept, "origin-acceptor");

    /**
     * A request as it came in.
     *
     * @param connection the ordinal of its connection
     * @param head its head, one character a byte, with the empty line
     * @param body its body, without chunk framing
     */
    public record Received(int connection, String head, byte[] body) {
        /** The request line. */
        public String requestLine() {
            return head.substring(0, head.indexOf("\r\n"));
        }

        /** The field lines in order. */
        public List<String> fieldLines() {
            return Stream.of(head.strip().split("\r\n", -1)).skip(1).toList();
        }

        /** The first value of a field. */
        public Optional<String> field(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return fieldLines().stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst();
        }
    }

    private RecordingOrigin(String scheme, ServerSocketFactory sockets) throws IOException {
        this.scheme = scheme;
        this.server = sockets.createServerSocket(0, 1_000, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** One that speaks plain HTTP. */
    public static RecordingOrigin start() throws IOException {
        return new RecordingOrigin("http", ServerSocketFactory.getDefault());
    }

    /** One that speaks HTTPS. */
    public static RecordingOrigin start(TestTls tls) throws IOException {
        return new RecordingOrigin("https", tls.context().getServerSocketFactory());
    }

    /** One that speaks HTTPS with a certificate of one's choice. */
    public static RecordingOrigin start(SSLContext context) throws IOException {
        return new RecordingOrigin("https", context.getServerSocketFactory());
    }

    /** The port that it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    /** Host and port, as they stand in URLs. */
    public String authority() {
        return "127.0.0.1:" + port();
    }

    /** The address that it listens on. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** The URL of a path. */
    public String url(String path) {
        return scheme + "://" + authority() + path;
    }

    /** What came in so far, in the order in which it was whole. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** What came in for a path, in order. */
    public List<Received> received(String path) {
        return received.stream()
                .filter(request -> request.requestLine().split(" ", -1)[1].equals(path))
                .toList();
    }

    /** The bytes of {@code /big}: unlike each other, so that none can be lost or swapped unseen. */
    public static byte[] big() {
        byte[] bytes = new byte[BIG];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                int connection = connections.incrementAndGet();
                Thread thread = new Thread(() -> serve(socket, connection), "origin-" + connection);
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) { // closed, which ends this thread
            return;
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean goesOn = true;
            while (goesOn) {
                Received request = read(in, connection, socket.getOutputStream());
                if (request == null) {
                    return;
                }
                received.add(request);
                goesOn = answer(request, socket);
            }
        } catch (IOException e) { // the peer is gone, and this thread with it
            return;
        } finally {
            open.remove(socket);
        }
    }

    private static Received read(InputStream in, int connection, OutputStream out) throws IOException {
        String head = line(in);
        if (head.isEmpty()) {
            return null;
        }
        StringBuilder all = new StringBuilder(head);
        while (!head.equals("\r\n")) {
            head = line(in);
            if (head.isEmpty()) {
                return null;
            }
            all.append(head);
        }
        Received request = new Received(connection, all.toString(), new byte[0]);
        if (request.field("expect").orElse("").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
        }
        return new Received(connection, all.toString(), body(request, in));
    }

    private static byte[] body(Received request, InputStream in) throws IOException {
        if (request.field("transfer-encoding").isEmpty()) {
            int length = Integer.parseInt(request.field("content-length").orElse("0"));
            return in.readNBytes(length);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size;
        do {
            size = Integer.parseInt(line(in).strip().replaceFirst(";.*", ""), 16);
            body.write(in.readNBytes(size));
            line(in);
        } while (size > 0);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int b = 0;
        while (b != '\n') {
            b = in.read();
            if (b < 0) {
                return "";
            }
            line.append((char) b);
        }
        return line.toString();
    }

    /** Answers; false if the connection is to be closed. */
    private static boolean answer(Received request, Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        String path = request.requestLine().split(" ", -1)[1].replaceFirst("\\?.*", "");
        switch (path) {
            case "/echo" -> send(out, "Content-Type: application/octet-stream\r\n", request.body());
            case "/gzip" -> {
                String fields = "Content-Type: text/plain; charset=utf-8\r\nContent-Encoding: gzip\r\n";
                send(out, fields, Gzip.of(GZIPPED.getBytes(UTF_8)));
            }
            case "/big" -> send(out, "Content-Type: application/octet-stream\r\n", big());
            case "/last" -> send(out, "Connection: close\r\n", HELLO.getBytes(UTF_8));
            case "/hsts" ->
                send(out, "Connection: close\r\nStrict-Transport-Security: max-age=600\r\n", HELLO.getBytes(UTF_8));
            case "/chunked" -> out.write(CHUNKED.getBytes(ISO_8859_1));
            case "/abort" -> out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes!".getBytes(ISO_8859_1));
            case "/ws" -> WebSocketEcho.serve(request, socket);
            case "/none" -> out.flush();
            default -> {
                boolean head = request.requestLine().startsWith("HEAD ");
                send(out, "Content-Type: text/plain\r\n", head ? new byte[0] : HELLO.getBytes(UTF_8));
            }
        }
        return !Set.of("/last", "/hsts", "/abort", "/none", "/ws").contains(path);
    }

    private static void send(OutputStream out, String fields, byte[] body) throws IOException {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        response.write(
                ("HTTP/1.1 200 OK\r\nx-Served: by/test\r\n" + fields + "Content-Length: " + body.length + "\r\n\r\n")
                        .getBytes(ISO_8859_1));
        response.write(body);
        response.writeTo(out);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : new ArrayList<>(open)) {
            socket.close();
        }
    }
}
