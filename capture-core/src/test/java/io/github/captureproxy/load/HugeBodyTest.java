package io.github.captureproxy.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Bodies far larger than the heap of the proxy, which is 64 MiB. They have 1 GiB, so that the build stays quick; with
 * {@code -DargLine=-Dcaptureproxy.load.gib=10} they have 10 GiB.
 */
class HugeBodyTest {
    private static final long SIZE = Long.getLong("captureproxy.load.gib", 1L) << 30;

    private final Pattern pattern = new Pattern();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ProxyChild proxy;
    private ServerSocketChannel origin;

    @BeforeEach
    void start() throws IOException {
        origin = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        proxy = ProxyChild.start();
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        proxy.close();
        origin.close();
        threads.shutdownNow();
    }

    @Test
    void aHugeResponsePassesByteForByte() throws Exception {
        long size = SIZE;
        Future<Void> served = threads.submit(() -> {
            try (SocketChannel server = origin.accept()) {
                readHead(server);
                server.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n"));
                pattern.write(server, size);
            }
            return null;
        });

        long right;
        try (SocketChannel client = SocketChannel.open(address())) {
            client.write(ascii("GET http://" + authority() + "/ HTTP/1.1\r\nHost: x\r\n\r\n"));
            right = pattern.read(client, readHead(client), size);
        }

        served.get(60, TimeUnit.SECONDS);
        assertThat(right).isEqualTo(size);
        assertThat(proxy.history()).containsExactly("COMPLETED 0 " + size);
    }

    @Test
    void aHugeRequestPassesByteForByte() throws Exception {
        long size = SIZE / 4;
        Future<Long> served = threads.submit(() -> {
            try (SocketChannel server = origin.accept()) {
                long right = pattern.read(server, readHead(server), size);
                server.write(ascii("HTTP/1.1 204 No Content\r\n\r\n"));
                return right;
            }
        });

        try (SocketChannel client = SocketChannel.open(address())) {
            client.write(ascii(
                    "POST http://" + authority() + "/ HTTP/1.1\r\nHost: x\r\nContent-Length: " + size + "\r\n\r\n"));
            pattern.write(client, size);
            assertThat(readHead(client).hasRemaining()).isFalse();
        }

        assertThat(served.get(60, TimeUnit.SECONDS)).isEqualTo(size);
        assertThat(proxy.history()).containsExactly("COMPLETED " + size + " 0");
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private String authority() {
        return "127.0.0.1:" + origin.socket().getLocalPort();
    }

    /** Reads a head, and returns what came behind it. */
    private static ByteBuffer readHead(SocketChannel from) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        int end = -1;
        while (end < 0) {
            if (from.read(buffer) < 0) {
                throw new IOException("the stream ended within a head");
            }
            end = new String(buffer.array(), 0, buffer.position(), ISO_8859_1).indexOf("\r\n\r\n");
        }
        return buffer.flip().position(end + 4);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }
}
