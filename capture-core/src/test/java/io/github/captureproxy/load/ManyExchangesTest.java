package io.github.captureproxy.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.Leaks;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many connections, many exchanges, then nothing: what was taken is given back. */
class ManyExchangesTest {
    private static final int CONNECTIONS = 500;
    private static final int EXCHANGES_EACH = 200;
    private static final int KEPT = 1_000;

    /** What code that is run for the first time leaves for good: classes, compiled code's data, thread-locals. */
    private static final long HEAP_TOLERANCE = 8L << 20;

    @Test
    void afterALoadHeapAndDescriptorsAreBackWhereTheyWere() throws Exception {
        try (PathOrigin origin = new PathOrigin();
                CaptureProxy proxy = CaptureProxy.builder()
                        .port(0)
                        .history(new HistoryLimits(KEPT, 1L << 30, Optional.empty(), 10))
                        .start()) {
            run(proxy, origin, 20, 50);
            idle(proxy, origin);
            proxy.history().clear();
            long exchangesBefore = proxy.counts().exchanges();
            long evictedBefore = proxy.history().counts().evicted();
            long heapBefore = usedHeap();
            long socketsBefore = Leaks.openSockets();

            run(proxy, origin, CONNECTIONS, EXCHANGES_EACH);

            long all = (long) CONNECTIONS * EXCHANGES_EACH;
            assertThat(proxy.counts().exchanges() - exchangesBefore).isEqualTo(all);
            assertThat(proxy.history().size()).isEqualTo(KEPT);
            assertThat(proxy.history().counts().evicted() - evictedBefore).isEqualTo(all - KEPT);
            assertThat(proxy.history().snapshot()).allMatch(it -> it.outcome().isSuccess());
            idle(proxy, origin);
            Eventually.holds("no more sockets are open than before", () -> Leaks.openSockets() <= socketsBefore);
            assertThat(usedHeap() - heapBefore)
                    .isLessThan(proxy.history().counts().bytesHeld() + HEAP_TOLERANCE);
            proxy.history().clear();
            assertThat(usedHeap() - heapBefore).isLessThan(HEAP_TOLERANCE);
        }
    }

    /** Has all connections open before the first request is sent. */
    private static void run(CaptureProxy proxy, PathOrigin origin, int connections, int each) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(connections);
        try {
            CyclicBarrier allOpen = new CyclicBarrier(connections);
            List<Future<Integer>> right = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int number = i;
                right.add(clients.submit(() -> callOften(proxy, origin, number, each, allOpen)));
            }
            for (Future<Integer> one : right) {
                assertThat(one.get(120, TimeUnit.SECONDS)).isEqualTo(each);
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(clients.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private static int callOften(CaptureProxy proxy, PathOrigin origin, int number, int each, CyclicBarrier allOpen)
            throws Exception {
        int right = 0;
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.socket().setSoTimeout(60_000);
            allOpen.await(60, TimeUnit.SECONDS);
            for (int i = 0; i < each; i++) {
                right += callOnce(client, origin, "/of/" + number + "/number/" + i);
            }
        }
        return right;
    }

    private static int callOnce(RawSocket client, PathOrigin origin, String path) throws IOException {
        client.send(
                "GET http://" + origin.authority() + path + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n";
        return client.read(head.length() + path.length()).equals(head + path) ? 1 : 0;
    }

    /** Waits until the clients' connections are closed, and closes those that are kept to the origin. */
    private static void idle(CaptureProxy proxy, PathOrigin origin) throws IOException {
        Eventually.holds("no connection is open", () -> proxy.counts().connectionsOpen() == 0);
        assertThat(proxy.history().inFlight()).isEmpty();
        origin.closeConnections();
    }

    /** What is in use after a collection; the least of some, as other threads may be allocating. */
    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
