package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A way to the origin.
 *
 * @param name how reports call it
 * @param port where clients connect, on the loopback
 * @param origin the origin
 * @param cpu the CPU time that the proxy's JVM has used
 */
record Route(String name, int port, LoopbackOrigin origin, Supplier<Duration> cpu) {
    private static final int MAX_HEAD = 4096;

    private static final String FIELDS = """
            User-Agent: benchmark/1.0\r
            Accept: */*\r
            Accept-Encoding: gzip, deflate\r
            Cookie: session=0123456789abcdef\r
            """;

    static Route direct(LoopbackOrigin origin) {
        return new Route("direct", origin.port(), origin, () -> Duration.ZERO);
    }

    boolean isProxied() {
        return port != origin.port();
    }

    /** A blocking connection, on which requests can be sent. */
    SocketChannel open() throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    /** A blocking connection to the origin: through a proxy, the inside of a CONNECT tunnel. */
    SocketChannel openTunnel() throws IOException {
        return openTunnel(authority());
    }

    private SocketChannel openTunnel(String authority) throws IOException {
        SocketChannel channel = open();
        if (isProxied()) {
            write(channel, "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
            String head = readHead(channel);
            if (!head.startsWith("HTTP/1.1 200")) {
                channel.close();
                throw new IOException(name + " answered CONNECT with " + head);
            }
        }
        return channel;
    }

    /** A blocking TLS connection to one of the origin's names; its certificate is not looked at. */
    Link openSecure(String host, String... protocols) throws IOException {
        SocketChannel channel = openTunnel(host + ":" + origin.port());
        return new TlsLink(channel, origin.certificates().clientEngine(host, protocols)).handshake();
    }

    /** A request with the fields that a client typically sends. */
    String request(String method, String path, String moreFields) {
        String target = isProxied() ? "http://" + authority() + path : path;
        return method + " " + target + " HTTP/1.1\r\nHost: " + authority() + "\r\n" + FIELDS + moreFields + "\r\n";
    }

    /** A GET as it is sent inside TLS. */
    String requestInside(String host, String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + ":" + origin.port() + "\r\n" + FIELDS + "\r\n";
    }

    private String authority() {
        return "127.0.0.1:" + origin.port();
    }

    static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Reads byte for byte up to the empty line, as what follows is not ours. */
    static String readHead(SocketChannel channel) throws IOException {
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0) {
            if (channel.read(one.clear()) < 0 || head.length() > MAX_HEAD) {
                throw new IOException("no head, but " + head);
            }
            head.append((char) one.get(0));
        }
        return head.toString();
    }
}
