package io.github.captureproxy.examples.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.InvalidConfigurationException;
import io.github.captureproxy.ProxyStartException;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.HostChoices.Choice;
import io.github.captureproxy.tls.TlsInterception;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A proxy that is set otherwise while it runs. */
@Timeout(30)
class DeskTest {
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ephemeral();
    private static final DeskSettings PLAIN = new DeskSettings(0, "127.0.0.1", List.of(), Optional.empty(), false, "");

    private final List<DeskSettings> started = new ArrayList<>();
    private final Desk desk = Desk.start(PLAIN, this::start);

    private RunningProxy start(DeskSettings settings) {
        started.add(settings);
        Optional<TlsInterception> tls = settings.https()
                ? Optional.of(TlsInterception.builder().authority(AUTHORITY).build())
                : Optional.empty();
        try {
            var builder = CaptureProxy.builder().port(settings.port()).bind(settings.bind());
            tls.ifPresent(builder::tls);
            return new RunningProxy(builder.start(), tls);
        } catch (InvalidConfigurationException | ProxyStartException e) {
            tls.ifPresent(TlsInterception::close);
            throw new DeskException(String.valueOf(e.getMessage()), e);
        }
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private static DeskSettings inspecting(DeskSettings settings) {
        return new DeskSettings(
                settings.port(),
                settings.bind(),
                settings.allow(),
                settings.login(),
                true,
                settings.filter(),
                settings.inspecting(),
                settings.upstream(),
                settings.collection());
    }

    private int port() {
        return desk.proxy().address().getPort();
    }

    @Test
    void aFilterTakesEffectInTheProxyThatRuns() {
        CaptureProxy before = desk.proxy();
        assertThat(desk.apply(new DeskSettings(0, "127.0.0.1", List.of(), Optional.empty(), false, "host:a.test")))
                .isFalse();
        assertThat(desk.proxy()).isSameAs(before);
        assertThat(desk.settings().filter()).isEqualTo("host:a.test");
    }

    @Test
    void aPortInUseLeavesTheOldProxyAndItsConnectionsAlone() throws Exception {
        int old = port();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), old)) {
            assertThatThrownBy(() -> desk.apply(PLAIN.withPort(taken.getLocalPort())))
                    .isInstanceOf(DeskException.class)
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()));
            assertThat(port()).isEqualTo(old);
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().read()).isEqualTo('H');
        }
        assertThat(desk.settings()).isEqualTo(PLAIN);
    }

    @Test
    void whatNeedsTheSamePortAnewEndsTheOldProxyFirst() {
        DeskSettings fixed = PLAIN.withPort(port());
        desk.apply(fixed);
        int port = port();
        assertThat(desk.apply(inspecting(fixed))).isTrue();
        assertThat(port()).isEqualTo(port);
        assertThat(desk.tls()).isPresent();
    }

    @Test
    void whereThatFailsTheOldOneRunsAgainOnItsPort() {
        DeskSettings fixed = PLAIN.withPort(port());
        desk.apply(fixed);
        DeskSettings wrong =
                new DeskSettings(fixed.port(), "192.0.2.1", List.of("10.0.0.0/8"), Optional.empty(), false, "");
        assertThatThrownBy(() -> desk.apply(wrong)).isInstanceOf(DeskException.class);
        assertThat(port()).isEqualTo(fixed.port());
        assertThat(desk.settings()).isEqualTo(fixed);
    }

    @Test
    void aPauseOutlivesAProxy() {
        desk.pause(true);
        desk.apply(inspecting(PLAIN));
        assertThat(desk.proxy().isPaused()).isTrue();
        desk.pause(false);
        assertThat(desk.proxy().isPaused()).isFalse();
    }

    @Test
    void choicesForHostsAndTrustedCertificatesOutliveAProxyToo() {
        String print = "0a".repeat(32);
        desk.apply(inspecting(PLAIN));
        assertThat(desk.change(settings ->
                        settings.withHost("a.test", Choice.PASS_THROUGH).trusting("b.test", Set.of(print))))
                .isFalse();
        assertThat(desk.tls().orElseThrow().hostChoices().of("a.test")).isEqualTo(Choice.PASS_THROUGH);
        assertThat(desk.apply(desk.settings().withPort(0))).isFalse();
        desk.apply(PLAIN);
        desk.apply(inspecting(PLAIN).withHost("a.test", Choice.INSPECT).trusting("b.test", Set.of(print)));
        TlsInterception tls = desk.tls().orElseThrow();
        assertThat(tls.hostChoices().of("a.test")).isEqualTo(Choice.INSPECT);
        assertThat(tls.originCertificates().trusted()).containsEntry("b.test", Set.of(print));
        desk.change(settings -> settings.withHost("a.test", Choice.DEFAULT));
        assertThat(tls.hostChoices().all()).isEmpty();
    }

    @Test
    void aHostThatIsNoneIsRefusedAndNothingChanges() {
        desk.apply(inspecting(PLAIN));
        assertThatThrownBy(() -> desk.change(settings -> settings.withHost("no host", Choice.INSPECT)))
                .isInstanceOf(DeskException.class)
                .hasMessageContaining("no host");
        assertThat(desk.settings().inspecting().hosts()).isEmpty();
    }

    @Test
    void whoListensHearsOfSettingsThatWereTaken() {
        List<String> heard = new ArrayList<>();
        desk.onChange((before, after) -> heard.add(before.https() + " " + after.https()));
        desk.apply(inspecting(PLAIN));
        assertThat(heard).containsExactly("false true");
    }

    /** Hears of nothing more until it may. */
    private static final class Slow implements ExchangeListener {
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void onExchange(Exchange exchange) {
            try {
                goOn.await();
            } catch (InterruptedException e) { // the proxy ends
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Keeps up with all that comes. */
    private static final class Quick implements ExchangeListener {
        private final AtomicLong heard = new AtomicLong();

        @Override
        public void onExchange(Exchange exchange) {
            heard.incrementAndGet();
        }
    }

    @Test
    void whatAListenerHasMissedIsCountedByItselfAndPastANewProxy() throws Exception {
        Slow slow = new Slow();
        Quick quick = new Quick();
        try (Desk busy = Desk.start(PLAIN, settings -> withListeners(settings, slow, quick))) {
            for (int i = 1; i <= 5; i++) { // one by one, as Quick has room for one that waits
                call(busy.proxy().address().getPort());
                long so = i;
                Eventually.holds("it was told of " + so, () -> quick.heard.get() == so);
            }
            long missed = busy.dropped(Slow.class);
            assertThat(missed).isBetween(3L, 4L); // of one it is being told, and one may wait
            slow.goOn.countDown();

            assertThat(busy.apply(new DeskSettings(0, "127.0.0.1", List.of("10.0.0.0/8"), Optional.empty(), false, "")))
                    .isTrue();
            assertThat(busy.dropped(Slow.class)).isEqualTo(missed);
            assertThat(busy.dropped(Quick.class)).isZero();
        }
    }

    private static RunningProxy withListeners(DeskSettings settings, ExchangeListener... listeners) {
        return new RunningProxy(
                CaptureProxy.builder()
                        .port(0)
                        .bind(settings.bind())
                        .listenerQueueCapacity(1)
                        .listener(listeners)
                        .start(),
                Optional.empty());
    }

    /** Nothing listens there, which is an exchange all the same. */
    private static void call(int port) throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: 127.0.0.1:1\r\nConnection: close\r\n\r\n";
            client.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().readAllBytes()).isNotEmpty();
        }
    }
}
