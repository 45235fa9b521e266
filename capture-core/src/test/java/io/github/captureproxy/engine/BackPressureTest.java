package io.github.captureproxy.engine;

import static io.github.captureproxy.rules.RequestMatcher.path;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.rules.TrafficRule;
import io.github.captureproxy.testkit.RawSocket;
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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A side that takes nothing stops the other one: the proxy holds no more than its buffers (design: promise 6). */
class BackPressureTest extends WireTest {
    /** Far more than the buffers of the proxy and of four sockets' ends. */
    private static final int LARGE = 200 * 1024 * 1024;

    /** A peer that takes no byte for so long has been stopped; one that is only slow makes the test weaker, not wrong. */
    private static final int STOPPED_MILLIS = 1_000;

    /** Bytes a second: what the proxy takes in at once lasts for longer than it takes to see that it takes no more. */
    private static final int SLOW = 1_000;

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

    @Test
    void aThrottledUploadHoldsItsClientBack() throws Exception {
        restart(options().rule(TrafficRule.on(path("/slow")).throttleRequest(SLOW)));
        SocketChannel client = opened(SocketChannel.open(proxy.address()));
        write(client, request("POST", "/slow", "", "Content-Length: " + LARGE));
        RawSocket server = accept();
        server.readHead();
        long read = readMeanwhile(server, () -> assertThat(fill(client)).isLessThan(LARGE / 2));
        assertThat(read).isPositive().isLessThan(LARGE / 1_000);
    }

    @Test
    void aThrottledDownloadHoldsItsOriginBack() throws Exception {
        restart(options().rule(TrafficRule.on(path("/slow")).throttleResponse(SLOW)));
        ServerSocketChannel listening = opened(ServerSocketChannel.open());
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        String authority = "127.0.0.1:" + listening.socket().getLocalPort();
        RawSocket client =
                clientSending("GET http://" + authority + "/slow HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
        SocketChannel server = opened(listening.accept());
        write(server, "HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
        client.readHead();
        long read = readMeanwhile(client, () -> assertThat(fill(server)).isLessThan(LARGE / 2));
        assertThat(read).isPositive().isLessThan(LARGE / 1_000);
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Reads all that comes to a peer while something is done; tells how many bytes that were. */
    private static long readMeanwhile(RawSocket peer, Step step) throws IOException, InterruptedException {
        AtomicLong read = new AtomicLong();
        Thread reader = new Thread(() -> readAll(peer, read), "reader");
        reader.start();
        try {
            step.run();
        } finally {
            peer.close();
            reader.join();
        }
        return read.get();
    }

    private static void readAll(RawSocket peer, AtomicLong read) {
        byte[] some = new byte[8 * 1024];
        try {
            for (int count = 0;
                    count >= 0;
                    count = peer.socket().getInputStream().read(some)) {
                read.addAndGet(count);
            }
        } catch (IOException e) {
            assertThat(peer.socket().isClosed()).as("closed by the test: %s", e).isTrue();
        }
    }

    private interface Step {
        void run() throws IOException;
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
