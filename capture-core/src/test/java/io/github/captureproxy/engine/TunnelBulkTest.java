package io.github.captureproxy.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tunnel carries more than any memory holds, and never takes more from one side than the other side takes. */
class TunnelBulkTest {
    private static final long BYTES = 300L << 20;
    private static final int BLOCK = 1 << 20;

    /** The buffers of four sockets on the loopback, grown as far as Linux lets them, and what the proxy may hold. */
    private static final long MOST_IN_FLIGHT = 64L << 20;

    private TunnelRig rig;
    private ExecutorService threads;

    @BeforeEach
    void start() throws Exception {
        rig = new TunnelRig();
        threads = Executors.newFixedThreadPool(4);
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        rig.close();
    }

    @Test
    void carriesBulkBothWaysAtOnce() throws Exception {
        TunnelRig.Ends ends = rig.open();
        Future<Long> up = threads.submit(() -> send(ends.client(), 1));
        Future<Long> down = threads.submit(() -> send(ends.server(), 2));
        Future<Long> atServer = threads.submit(() -> receive(ends.server()));
        Future<Long> atClient = threads.submit(() -> receive(ends.client()));
        assertThat(atServer.get(2, TimeUnit.MINUTES)).isEqualTo(up.get(2, TimeUnit.MINUTES));
        assertThat(atClient.get(2, TimeUnit.MINUTES)).isEqualTo(down.get(2, TimeUnit.MINUTES));
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.bytesSent()).isEqualTo(BYTES);
        assertThat(tunnel.bytesReceived()).isEqualTo(BYTES);
        assertThat(tunnel.outcome().isSuccess()).isTrue();
    }

    private static long send(RawSocket socket, long seed) throws IOException {
        Random random = new Random(seed);
        byte[] block = new byte[BLOCK];
        random.nextBytes(block);
        CRC32C sum = new CRC32C();
        for (long sent = 0; sent < BYTES; sent += BLOCK) {
            ByteBuffer.wrap(block).putLong(0, random.nextLong());
            sum.update(block);
            socket.send(block);
        }
        socket.halfClose();
        return sum.getValue();
    }

    private static long receive(RawSocket socket) throws IOException {
        CRC32C sum = new CRC32C();
        byte[] block = new byte[BLOCK];
        InputStream in = socket.socket().getInputStream();
        int count;
        while ((count = in.read(block)) >= 0) {
            sum.update(block, 0, count);
        }
        return sum.getValue();
    }

    @Test
    void holdsASenderUpWhoseReaderDoesNotRead() throws Exception {
        try (SocketChannel client = SocketChannel.open(rig.proxy.address())) {
            client.write(
                    ByteBuffer.wrap(TunnelRig.connect(rig.origin.authority()).getBytes(ISO_8859_1)));
            RawSocket server = rig.accept();
            ByteBuffer established = ByteBuffer.allocate(TunnelRig.ESTABLISHED.length());
            while (established.hasRemaining()) {
                assertThat(client.read(established)).isPositive();
            }
            long taken = sendUntilHeldUp(client);
            assertThat(taken).isLessThan(MOST_IN_FLIGHT);
            client.shutdownOutput();
            assertThat(server.socket().getInputStream().readAllBytes()).hasSize(Math.toIntExact(taken));
        }
    }

    /** Writes until nothing more is taken for a second. */
    private static long sendUntilHeldUp(SocketChannel channel) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        long taken = 0;
        try (Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_WRITE);
            while (taken < MOST_IN_FLIGHT && selector.select(1_000) > 0) {
                selector.selectedKeys().clear();
                block.clear();
                block.put(0, (byte) 1);
                taken += channel.write(block);
            }
        }
        channel.configureBlocking(true);
        return taken;
    }
}
