package io.github.captureproxy.tls.clients;

import static io.github.captureproxy.exchange.Tunnel.Reason.INTERCEPTED;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ends of a client's connection that are no refusal of a certificate: the next attempt is looked into all the same. */
class NoRejectionTest {
    static Stream<String> versions() {
        return Clients.versions();
    }

    private static RawClient client(Rig rig, CaptureProxy proxy, String version) throws Exception {
        SSLContext trusting = rig.ofAuthority().context("TLSv" + version);
        return new RawClient(proxy.address(), trusting, version);
    }

    /** Another proxy, which shares what the rig's learns. */
    private static CaptureProxy sharing(Rig rig, RawOrigin origin) {
        return CaptureProxy.builder()
                .port(0)
                .tls(rig.tls())
                .mapHost(Rig.ONE, origin.address())
                .start();
    }

    private static void checkNothingLearned(Rig rig, RawClient client) throws IOException {
        assertThat(rig.tls().memory().entries()).isEmpty();
        try (RawSocket tunnel =
                        new RawClient(rig.proxy().address(), client.context(), client.version()).tunnel(Rig.ONE);
                SSLSocket socket = client.secure(tunnel, Rig.ONE)) {
            socket.getOutputStream()
                    .write("GET /last HTTP/1.1\r\nHost: one.test\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .endsWith("hello");
        }
        assertThat(last(rig.tunnels(Rig.ONE, 1)).reason()).isEqualTo(INTERCEPTED);
    }

    private static Tunnel last(List<Tunnel> tunnels) {
        return tunnels.get(tunnels.size() - 1);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void closingAfterTheTunnelIsOpenTeachesNothing(String version) throws Exception {
        try (Rig rig = new Rig()) {
            RawClient client = client(rig, rig.proxy(), version);

            client.tunnel(Rig.ONE).close();

            assertThat(rig.tunnels(Rig.ONE, 1)).extracting(Tunnel::reason).doesNotContain(INTERCEPTED);
            rig.proxy().history().clear();
            checkNothingLearned(rig, client);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void closingAfterTheHelloBeforeACertificateIsShownTeachesNothing(String version) throws Exception {
        try (Rig rig = new Rig();
                RawOrigin silent = new RawOrigin();
                CaptureProxy before = sharing(rig, silent)) {
            RawClient client = client(rig, before, version);
            try (RawSocket tunnel = client.tunnel(Rig.ONE)) {
                tunnel.send(client.hello(Rig.ONE));
                silent.accept().read(1); // the proxy asks the origin first, and this one does not answer
            }

            Eventually.holds(
                    "the tunnel has ended", () -> !before.history().tunnels().isEmpty());
            Tunnel left = before.history().tunnels().get(0);
            assertThat(left.outcome().status()).isEqualTo(Outcome.Status.CLIENT_ABORTED);
            checkNothingLearned(rig, client);
            assertThat(last(rig.tunnels(Rig.ONE, 1)).fingerprint()).isEqualTo(left.fingerprint());
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void fallingSilentWhenTheCertificateIsShownTeachesNothing(String version) throws Exception {
        try (Rig rig = new Rig();
                CaptureProxy hasty = CaptureProxy.builder()
                        .port(0)
                        .tls(rig.tls())
                        .headTimeout(Duration.ofMillis(500))
                        .mapHost(Rig.ONE, rig.origin().address())
                        .start()) {
            RawClient client = client(rig, hasty, version);
            try (RawSocket tunnel = client.tunnel(Rig.ONE)) {
                tunnel.send(client.hello(Rig.ONE));
                assertThat(tunnel.read(1)).isEqualTo("\u0016");
                tunnel.readToAnyEnd();
            }

            Eventually.holds(
                    "the tunnel has ended", () -> !hasty.history().tunnels().isEmpty());
            assertThat(hasty.history().tunnels().get(0).outcome().status()).isEqualTo(Outcome.Status.TIMED_OUT);
            checkNothingLearned(rig, client);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aProxyThatIsClosedWhenTheCertificateIsShownLearnsNothing(String version) throws Exception {
        try (Rig rig = new Rig()) {
            CaptureProxy closing = CaptureProxy.builder()
                    .port(0)
                    .tls(rig.tls())
                    .closeTimeout(Duration.ofMillis(500))
                    .mapHost(Rig.ONE, rig.origin().address())
                    .start();
            RawClient client = client(rig, closing, version);
            try (closing;
                    RawSocket tunnel = client.tunnel(Rig.ONE)) {
                tunnel.send(client.hello(Rig.ONE));
                assertThat(tunnel.read(1)).isEqualTo("\u0016");
                closing.close();
                tunnel.readToAnyEnd();
            }

            checkNothingLearned(rig, client);
        }
    }
}
