package io.github.captureproxy.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.testkit.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that do not read hold up their origins, and not more than a buffer of memory each. */
class SlowReadersTest {
    private static final int CLIENTS = 200;
    private static final int READ_IN_THE_END = 20;
    private static final long SIZE = 10_000_000;

    /** One read buffer, and the beginning of the body that is captured within the budget of all. */
    private static final long MOST_EACH = 200 * 1024;

    private final Pattern pattern = new Pattern();

    @Test
    void slowReadersKeepMemoryBoundedAndStillGetTheirBytes() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<SocketChannel> clients = new ArrayList<>();
        List<SocketChannel> served = new ArrayList<>();
        try (ServerSocketChannel origin = ServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
                ProxyChild proxy = ProxyChild.start()) {
            long before = proxy.memory();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(request(proxy, origin.socket().getLocalPort()));
                SocketChannel server = origin.accept();
                served.add(server);
                threads.execute(() -> serve(server));
            }
            Eventually.holds("all wait for their clients", () -> proxy.waitingForClients() == CLIENTS);

            assertThat(proxy.memory() - before).isLessThan(CLIENTS * MOST_EACH);

            List<Future<Long>> right = new ArrayList<>();
            for (SocketChannel client : clients.subList(0, READ_IN_THE_END)) {
                right.add(threads.submit(() -> pattern.read(client, head(client), SIZE)));
            }
            for (Future<Long> one : right) {
                assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(SIZE);
            }
            close(clients);
            Eventually.holds("all have ended", () -> proxy.history().size() == CLIENTS);
            assertThat(proxy.history().stream().filter(("COMPLETED 0 " + SIZE)::equals))
                    .hasSize(READ_IN_THE_END);
            assertThat(proxy.memory() - before).isLessThan(CLIENTS * MOST_EACH);
        } finally {
            threads.shutdownNow();
            close(clients);
            close(served);
        }
    }

    private static SocketChannel request(ProxyChild proxy, int originPort) throws IOException {
        SocketChannel client =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
        client.write(ascii("GET http://127.0.0.1:" + originPort + "/ HTTP/1.1\r\nHost: x\r\n\r\n"));
        return client;
    }

    private void serve(SocketChannel server) {
        try {
            server.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n"));
            pattern.write(server, SIZE);
        } catch (IOException e) { // the client was closed without reading all
            return;
        }
    }

    /** Reads a head byte by byte, so that nothing behind it is taken. */
    private static ByteBuffer head(SocketChannel client) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            if (client.read(one.clear()) < 0) {
                throw new IOException("the stream ended within a head");
            }
            head.append((char) one.get(0));
        }
        return ByteBuffer.allocate(0);
    }

    private static void close(List<SocketChannel> channels) throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }
}
