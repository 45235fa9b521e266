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
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/**
 * Tunnels of random kinds, many at a time: a few hundred, as each costs some 15 ms of CPU on both ends together.
 * {@code -Dcapture.tunnels=10000} makes it ten thousand, {@code -Dcapture.seed=N} repeats a run.
 */
class ManyTunnelsTest {
    private static final int TUNNELS = Integer.getInteger("capture.tunnels", 400);
    private static final long SEED = Long.getLong("capture.seed", System.nanoTime());
    private static final String SEED_WORDS = "-Dcapture.seed=" + SEED;
    private static final int CLIENTS = 16;
    private static final int LONGEST_SECONDS = 900;

    /** Hosts that many tunnels lead to, so that these find connections. */
    private static final int SHARED_HOSTS = 8;

    /** A ClientHello of the JDK's, the end of its handshake and a small request. */
    private static final int MOST_BYTES_BEFORE_CUT = 900;

    /** What is bounded is full after a few hundred. */
    private static final int WARM_UP = 300;

    private static final int IDLE = 2;
    private static final int WORKERS = 2;

    /** Each connection to an origin is two sockets in this process. */
    private static final int MOST_KEPT = SHARED_HOSTS * IDLE * WORKERS * 2;

    private static final long MOST_GROWTH = 16L << 20;

    private final Ledger ledger = new Ledger();
    private final AtomicInteger next = new AtomicInteger();
    private final ClientContext careless = ClientContext.careless();
    private final ClientContext stranger = ClientContext.trusting(TlsRig.root().certificate());

    @Test
    void eachIsRecordedOnceAndNothingIsLeftBehind() throws Exception {
        careless.context().getClientSessionContext().setSessionCacheSize(SHARED_HOSTS * 4);
        try (Origins origins = new Origins();
                TlsInterception tls = TlsInterception.builder()
                        .authority(CertificateAuthority.ephemeral())
                        .clientTrust(ClientTrust.ASSUMED)
                        .upstreamTrust(List.of(TlsRig.root().certificate()))
                        .passThroughHosts("*." + Kind.PASSED_BY_RULE.domain())
                        .leafCacheSize(50)
                        .memoryEntries(100, 50)
                        .build();
                CaptureProxy proxy = CaptureProxy.builder()
                        .port(0)
                        .tls(tls)
                        .resolver(host -> List.of(InetAddress.getLoopbackAddress()))
                        .history(new HistoryLimits(10, 1 << 20, Optional.empty(), 10))
                        .ioThreads(WORKERS)
                        .maxIdlePerOrigin(IDLE)
                        .listenerQueueCapacity(100_000)
                        .listener(ledger)
                        .start()) {
            run(proxy, origins, WARM_UP);
            settle(proxy);
            long heap = LiveHeap.bytes();
            long sockets = Leaks.openSockets();

            run(proxy, origins, TUNNELS);
            settle(proxy);
            ledger.check(SEED_WORDS);
            assertThat(proxy.counts().tunnels()).as(SEED_WORDS).isEqualTo(WARM_UP + TUNNELS);
            assertThat(proxy.counts().deliveriesDropped()).isZero();
            // Origins take a moment to end theirs; a few connections to each of the shared hosts are kept.
            Eventually.holds("sockets are closed: " + SEED_WORDS, () -> Leaks.openSockets() < sockets + MOST_KEPT);
            assertThat(LiveHeap.bytes() - heap).as(SEED_WORDS).isLessThan(MOST_GROWTH);
        }
    }

    private void settle(CaptureProxy proxy) {
        Eventually.holds("all tunnels have ended", () -> proxy.counts().tunnelsOpen() == 0);
        Eventually.holds("all connections have ended", () -> proxy.counts().connectionsOpen() == 0);
        Eventually.holds(
                "all tunnels are told of",
                () -> ledger.tunnels() == proxy.counts().tunnels());
        assertThat(proxy.history().inFlight()).as(SEED_WORDS).isEmpty();
    }

    private void run(CaptureProxy proxy, Origins origins, int count) throws InterruptedException {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        for (int i = 0; i < count; i++) {
            int ordinal = next.getAndIncrement();
            clients.execute(() -> tunnel(proxy, origins, ordinal));
        }
        clients.shutdown();
        assertThat(clients.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS))
                .as(SEED_WORDS)
                .isTrue();
    }

    private void tunnel(CaptureProxy proxy, Origins origins, int ordinal) {
        Random random = new Random(SEED * 31 + ordinal);
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        boolean shared = kind != Kind.REJECTED && kind != Kind.ABORTED; // these two are remembered of their host
        String host = (shared ? "s" + random.nextInt(SHARED_HOSTS) : "h" + ordinal) + "." + kind.domain();
        String version = random.nextBoolean() ? "TLSv1.3" : "TLSv1.2";
        CutSocket socket = new CutSocket(random.nextBoolean());
        try (TunnelClient client = TunnelClient.open(socket, proxy.address(), host, origins.port(kind))) {
            ledger.opened(host);
            String path = "/" + ordinal;
            switch (kind) {
                case INTERCEPTED -> ask(client.secure(careless, version), path, true);
                case PASSED_BY_RULE -> ask(client.secure(careless, version), path, false);
                case PLAIN_HTTP -> ask(client, path, true);
                case REJECTED -> reject(client, host, version);
                case NOT_HTTP_INSIDE -> expect(client.secure(careless, version).send("\1\2\3"), "\1\2\3");
                case SERVER_SPEAKS_FIRST -> expect(client, Origins.GREETING);
                default -> abort(client, socket, version, random.nextInt(MOST_BYTES_BEFORE_CUT));
            }
        } catch (IOException | RuntimeException e) {
            ledger.wrong(host + ": " + e);
        }
    }

    private void ask(TunnelClient client, String path, boolean recorded) throws IOException {
        if (!client.get(path).equals("200 hello")) {
            ledger.wrong("another response for " + path);
        }
        if (recorded) {
            ledger.requested(path);
        }
    }

    private void expect(TunnelClient client, String text) throws IOException {
        String read = client.read(text.length());
        if (!read.equals(text)) {
            ledger.wrong("read " + read + " for " + text);
        }
    }

    private void reject(TunnelClient client, String host, String version) throws IOException {
        try {
            client.secure(stranger, version);
            ledger.wrong(host + " was not rejected");
        } catch (SSLException e) { // as it should be
            ledger.rejected(host);
        }
    }

    private void abort(TunnelClient client, CutSocket socket, String version, int bytes) throws IOException {
        if (bytes == 0) {
            socket.cut();
            return;
        }
        socket.cutAfter(bytes);
        try {
            client.secure(careless, version).get("/");
        } catch (IOException e) { // as it should be, unless all that it has to say is shorter
            socket.cut();
        }
    }
}
