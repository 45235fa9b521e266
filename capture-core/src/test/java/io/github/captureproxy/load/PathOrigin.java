package io.github.captureproxy.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An origin that answers each request with its own path, and remembers nothing. One thread a connection. */
final class PathOrigin implements AutoCloseable {
    private static final int BACKLOG = 1_000;

    private final ServerSocket server =
            new ServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    PathOrigin() throws IOException {
        start(this::accept, "origin-acceptor");
    }

    String authority() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                start(() -> serve(socket), "origin-connection");
            }
        } catch (IOException e) { // closed, which ends this thread
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String path = path(in);
            while (path != null) {
                socket.getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path)
                                .getBytes(ISO_8859_1));
                path = path(in);
            }
        } catch (IOException e) { // the peer is gone, and this thread with it
            return;
        } finally {
            open.remove(socket);
        }
    }

    /** Reads a head; null at the end of the stream. */
    private static @Nullable String path(InputStream in) throws IOException {
        String first = line(in);
        String next = first;
        while (next.length() > 0) {
            next = line(in);
        }
        return first.isEmpty() ? null : first.split(" ", -1)[1];
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int b = in.read();
        while (b != '\n' && b >= 0) {
            if (b != '\r') {
                line.append((char) b);
            }
            b = in.read();
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeConnections();
    }

    void closeConnections() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }
}
