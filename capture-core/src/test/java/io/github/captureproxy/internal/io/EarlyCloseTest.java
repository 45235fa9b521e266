package io.github.captureproxy.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.testkit.Leaks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reactor that is closed before the machine has found time for its workers. */
@Timeout(60)
class EarlyCloseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch workersMayBegin = new CountDownLatch(1);

    /** Two threads, so that one is given the client's connection and the other none. */
    private final Reactor reactor = new Reactor(
            "capture-proxy-early", 2, new Worker.BufferSizes(65_536, 65_536), (channel, listener) -> {}, task -> () -> {
                await(workersMayBegin);
                task.run();
            });

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long sockets(Leaks since) {
        return since.now().stream().filter(it -> it.contains("socket:")).count();
    }

    private static boolean isAccepting() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("capture-proxy-early-accept"));
    }

    @AfterEach
    void close() throws InterruptedException {
        workersMayBegin.countDown();
        assertThat(reactor.close(PATIENCE)).isTrue();
    }

    @Test
    void aConnectionThatWasAcceptedBeforeItsWorkerHasBegunIsClosed() throws Exception {
        assumeTrue(Leaks.openSockets() > 0, "sockets can be counted");
        InetSocketAddress address = reactor.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "test");
        Leaks since = Leaks.since();
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            while (sockets(since) < 2) { // the client's, and the one that was accepted
                Thread.sleep(1);
            }
            Thread closing = Thread.currentThread();
            CompletableFuture<Void> begin = CompletableFuture.runAsync(() -> {
                while (isAccepting() || closing.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                workersMayBegin.countDown();
            });
            assertThat(reactor.close(PATIENCE)).isTrue();
            begin.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            client.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }
}
