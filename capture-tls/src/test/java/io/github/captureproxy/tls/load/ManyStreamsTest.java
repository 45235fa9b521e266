package io.github.captureproxy.tls.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.Leaks;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.TlsInterception;
import io.github.captureproxy.tls.testkit.ClientContext;
import io.github.captureproxy.tls.testkit.TlsRig;
import io.github.captureproxy.tls.testkit.TunnelClient;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Streams of random kinds over ten connections, HTTP/2 on both sides: two thousand, as each has some 150 KiB of content
 * that is encrypted four times. {@code -Dcapture.streams=10000} makes it ten thousand, {@code -Dcapture.seed=N} repeats a
 * run's plans.
 */
class ManyStreamsTest {
    private static final int STREAMS = Integer.getInteger("capture.streams", 2_000);
    private static final long SEED = Long.getLong("capture.seed", System.nanoTime());
    private static final String SEED_WORDS = "-Dcapture.seed=" + SEED;
    private static final int CONNECTIONS = 10;

    /** More than the hundred that the origin takes of a connection, if two of the proxy's threads serve all clients. */
    private static final int AT_ONCE = 24;

    /** Both bodies of all streams that are open at once, so that each is kept whole. */
    private static final long MOST_UNDER_WAY = 2L * CONNECTIONS * AT_ONCE * StreamPlan.MOST_BYTES;

    /** What is bounded is full after a few hundred. */
    private static final int WARM_UP = 500;

    private static final int WORKERS = 2;
    private static final String HOST = "streams.test";
    private static final int[] WINDOWS = {20_000, 65_535, 1 << 20};
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration STALLED = Duration.ofSeconds(30);
    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

    /** What code that is run for the first time leaves for good, and buffers that are kept for the next connection. */
    private static final long MOST_GROWTH = 6L << 20;

    private final AtomicInteger next = new AtomicInteger();
    private final StreamLedger ledger = new StreamLedger(ordinal -> new StreamPlan(SEED, ordinal));
    private final ClientContext careless = ClientContext.careless();

    @Test
    void eachIsRecordedOnceAsBothEndsSawItAndNothingIsLeftBehind() throws Exception {
        try (StreamOrigin origin =
                        new StreamOrigin(TlsRig.certificate(HOST), ledger, ordinal -> new StreamPlan(SEED, ordinal));
                TlsInterception tls = TlsInterception.builder()
                        .authority(CertificateAuthority.ephemeral())
                        .clientTrust(ClientTrust.ASSUMED)
                        .upstreamTrust(List.of(TlsRig.root().certificate()))
                        .build();
                CaptureProxy proxy = CaptureProxy.builder()
                        .port(0)
                        .tls(tls)
                        .resolver(host -> List.of(InetAddress.getLoopbackAddress()))
                        .history(new HistoryLimits(10, 16 << 20, Optional.empty(), 10))
                        .bodyDigests(true)
                        .captureBudget(MOST_UNDER_WAY)
                        .ioThreads(WORKERS)
                        .listenerQueueCapacity(100_000)
                        .listener(ledger)
                        .start()) {
            run(proxy, origin, WARM_UP);
            settle(proxy, origin, WARM_UP);
            long heap = LiveHeap.bytes();
            long sockets = Leaks.openSockets();

            run(proxy, origin, WARM_UP + STREAMS);
            settle(proxy, origin, WARM_UP + STREAMS);
            assertThat(ledger.check(WARM_UP + STREAMS)).as(SEED_WORDS).isEmpty();
            Eventually.holds("sockets are closed: " + SEED_WORDS, () -> Leaks.openSockets() <= sockets);
            assertThat(LiveHeap.bytes() - heap).as(SEED_WORDS).isLessThan(MOST_GROWTH);
        }
    }

    /** All streams are told of, and no connection is left on either side. */
    private void settle(CaptureProxy proxy, StreamOrigin origin, int all) throws IOException {
        Eventually.holds("all is told: " + SEED_WORDS, () -> ledger.deliveries() >= all);
        Eventually.holds("all connections have ended", () -> proxy.counts().connectionsOpen() == 0);
        Eventually.holds("all tunnels have ended", () -> proxy.counts().tunnelsOpen() == 0);
        assertThat(proxy.history().inFlight()).as(SEED_WORDS).isEmpty();
        assertThat(proxy.counts().exchanges()).as(SEED_WORDS).isEqualTo(all);
        assertThat(proxy.counts().exchangesOpen()).as(SEED_WORDS).isZero();
        assertThat(proxy.counts().bodiesCut()).as(SEED_WORDS).isZero();
        assertThat(proxy.counts().captureErrors()).as(SEED_WORDS).isZero();
        assertThat(proxy.counts().deliveriesDropped()).as(SEED_WORDS).isZero();
        origin.closeConnections();
        proxy.history().clear();
    }

    private void run(CaptureProxy proxy, StreamOrigin origin, int upTo) throws IOException {
        List<StreamClient> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            TunnelClient tunnel = TunnelClient.open(proxy.address(), HOST, origin.port());
            StreamClient client = new StreamClient(
                    tunnel.secure(careless, HOST, it -> it.setApplicationProtocols(new String[] {"h2"}))
                            .socket(),
                    ledger,
                    HOST + ":" + origin.port(),
                    () -> plan(upTo));
            client.start(true, WINDOWS[i % WINDOWS.length]);
            client.run(AT_ONCE);
            clients.add(client);
        }
        awaitDone(upTo);
        for (StreamClient client : clients) {
            client.close();
        }
    }

    private StreamPlan plan(int upTo) {
        int ordinal = next.getAndUpdate(it -> it < upTo ? it + 1 : it);
        return ordinal < upTo ? new StreamPlan(SEED, ordinal) : null;
    }

    private void awaitDone(int streams) {
        long start = System.nanoTime();
        long progressAt = start;
        int done = 0;
        while (ledger.done() < streams && ledger.wrongs().isEmpty()) {
            long now = System.nanoTime();
            if (ledger.done() > done) {
                done = ledger.done();
                progressAt = now;
            }
            if (now - progressAt > STALLED.toNanos() || now - start > LONGEST.toNanos()) {
                ledger.wrong(done + " of " + streams + " streams ended, and no more did");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        assertThat(ledger.wrongs()).as(SEED_WORDS).isEmpty();
    }
}
