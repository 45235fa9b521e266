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
 * @param origin the origin's port
 * @param cpu the CPU time that the proxy's JVM has used
 */
record Route(String name, int port, int origin, Supplier<Duration> cpu) {
    private static final int MAX_HEAD = 4096;

    static Route direct(int origin) {
        return new Route("direct", origin, origin, () -> Duration.ZERO);
    }

    boolean isProxied() {
        return port != origin;
    }

    /** A blocking connection, on which requests can be sent. */
    SocketChannel open() throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    /** A blocking connection to the origin: through a proxy, the inside of a CONNECT tunnel. */
    SocketChannel openTunnel() throws IOException {
        SocketChannel channel = open();
        if (isProxied()) {
            String authority = authority();
            write(channel, "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
            String head = readHead(channel);
            if (!head.startsWith("HTTP/1.1 200")) {
                throw new IOException(name + " answered CONNECT with " + head);
            }
        }
        return channel;
    }

    /** A request with the fields that a client typically sends. */
    String request(String method, String path, String moreFields) {
        String target = isProxied() ? "http://" + authority() + path : path;
        return method + " " + target + " HTTP/1.1\r\nHost: " + authority() + "\r\nUser-Agent: benchmark/1.0\r\n"
                + "Accept: */*\r\nAccept-Encoding: gzip, deflate\r\nCookie: session=0123456789abcdef\r\n" + moreFields
                + "\r\n";
    }

    private String authority() {
        return "127.0.0.1:" + origin;
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
