package io.github.captureproxy.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A side that takes nothing stops the other one: the proxy holds no more than its buffers (design: promise 6). */
class BackPressureTest extends WireTest {
    /** Far more than the buffers of the proxy and of four sockets' ends. */
    private static final int LARGE = 200 * 1024 * 1024;

    /** A peer that takes no byte for so long has been stopped; one that is only slow makes the test weaker, not wrong. */
    private static final int STOPPED_MILLIS = 1_000;

    @Test
    void anOriginThatReadsNothingStopsTheUpload() throws IOException {
        SocketChannel client = opened(SocketChannel.open(proxy.address()));
        write(client, request("POST", "/", "", "Content-Length: " + LARGE));
        accept().readHead();
        assertThat(fill(client)).isLessThan(LARGE / 2);
    }

    @Test
    void aConnectionThatIsNotThereYetStopsTheUpload() throws IOException {
        CountDownLatch resolve = new CountDownLatch(1);
        restart(options().resolver(host -> {
            try {
                resolve.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of(InetAddress.getLoopbackAddress());
        }));
        SocketChannel client = opened(SocketChannel.open(proxy.address()));
        write(
                client,
                "POST http://slow.example/ HTTP/1.1\r\nHost: slow.example\r\nContent-Length: " + LARGE + "\r\n\r\n");
        assertThat(fill(client)).isLessThan(LARGE / 2);
        resolve.countDown();
    }

    @Test
    void aClientThatReadsNothingStopsTheDownload() throws IOException {
        ServerSocketChannel listening = opened(ServerSocketChannel.open());
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        String authority = "127.0.0.1:" + listening.socket().getLocalPort();
        clientSending("GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
        SocketChannel server = opened(listening.accept());
        write(server, "HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
        assertThat(fill(server)).isLessThan(LARGE / 2);
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Writes until nothing more is taken. */
    private static long fill(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        ByteBuffer part = ByteBuffer.allocate(256 * 1024);
        long written = 0;
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            while (written < LARGE && selector.select(key -> {}, STOPPED_MILLIS) > 0) {
                written += channel.write(part.clear().limit((int) Math.min(part.capacity(), LARGE - written)));
            }
        }
        return written;
    }
}
