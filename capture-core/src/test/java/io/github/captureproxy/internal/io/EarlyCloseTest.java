package io.github.captureproxy.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.Leaks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reactor that is closed before the machine has found time for its workers. */
@Timeout(60)
class EarlyCloseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CompletableFuture<Boolean> workersMayBegin = new CompletableFuture<>();

    /** Two threads, so that one is given the client's connection and the other none. */
    private final Reactor reactor = new Reactor(
            "capture-proxy-early", 2, new Worker.BufferSizes(65_536, 65_536), (channel, listener) -> {}, task -> () -> {
                workersMayBegin.join();
                task.run();
            });

    private static long sockets(Leaks since) {
        return since.now().stream().filter(it -> it.contains("socket:")).count();
    }

    private static boolean isAccepting() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("capture-proxy-early-accept"));
    }

    @AfterEach
    void close() throws InterruptedException {
        workersMayBegin.complete(true);
        assertThat(reactor.close(PATIENCE)).isTrue();
    }

    @Test
    void aConnectionThatWasAcceptedBeforeItsWorkerHasBegunIsClosed() throws Exception {
        assumeTrue(Leaks.openSockets() > 0, "sockets can be counted");
        InetSocketAddress address = reactor.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "test");
        Leaks since = Leaks.since();
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            Eventually.holds("the connection is accepted", () -> sockets(since) >= 2);
            Thread closing = Thread.currentThread();
            CompletableFuture<Void> begin = CompletableFuture.runAsync(() -> {
                Eventually.holds(
                        "the reactor waits for its workers",
                        () -> !isAccepting() && closing.getState() == Thread.State.TIMED_WAITING);
                workersMayBegin.complete(true);
            });
            assertThat(reactor.close(PATIENCE)).isTrue();
            begin.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            client.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }
}
