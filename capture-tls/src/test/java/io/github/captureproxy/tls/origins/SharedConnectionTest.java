package io.github.captureproxy.tls.origins;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.spi.UpstreamProxy;
import io.github.captureproxy.tls.HostChoices.Choice;
import io.github.captureproxy.tls.testkit.ClientContext;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TestCertificate.Recipe;
import io.github.captureproxy.tls.testkit.TlsOrigin;
import io.github.captureproxy.tls.testkit.TlsRig;
import io.github.captureproxy.tls.testkit.TunnelClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Tunnels that find a connection to their origin, and those that must not. One worker, as each has its own pool. */
class SharedConnectionTest {
    private static final ClientContext CLIENT = ClientContext.careless();

    private static TlsRig rig() {
        return new TlsRig(options -> options, options -> options.ioThreads(1));
    }

    private static void visit(TlsRig rig, int port, String serverName, String... alpn) throws Exception {
        try (TunnelClient client = rig.open("a.test", port)
                .secure(CLIENT, serverName, parameters -> parameters.setApplicationProtocols(alpn))) {
            assertThat(client.get("/")).isEqualTo("200 hello");
        }
        assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
    }

    @Test
    void aTunnelThatFindsAConnectionMakesNoHandshakeWithItsOrigin() throws Exception {
        try (TlsRig rig = rig()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test"));
            for (int i = 0; i < 4; i++) {
                visit(rig, origin.port(), "a.test", "http/1.1");
            }
            assertThat(origin.connections()).isEqualTo(1);
            assertThat(origin.handshakes()).isEqualTo(1);
            assertThat(origin.requests()).hasSize(4);
            for (int i = 0; i < 4; i++) {
                assertThat(rig.exchange().originTls().orElseThrow().certificates())
                        .hasSize(2);
            }
        }
    }

    @Test
    void aTunnelThatNeedsAnotherConnectionAfterAllAndGetsNoneEnds() throws Exception {
        AtomicBoolean known = new AtomicBoolean(true);
        try (TlsRig rig = new TlsRig(
                options -> options,
                options -> options.ioThreads(1).resolver(host -> {
                    if (!known.get()) {
                        throw new UnknownHostException(host);
                    }
                    return List.of(InetAddress.getLoopbackAddress());
                }))) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test", "b.test"));
            visit(rig, origin.port(), "a.test");
            known.set(false);
            visit(rig, origin.port(), "a.test");
            TunnelClient other = rig.open("a.test", origin.port());
            assertThatThrownBy(() -> other.secure(CLIENT, "b.test", parameters -> {}))
                    .isInstanceOf(IOException.class);
            assertThat(rig.tunnel().outcome().status()).isEqualTo(Status.UNKNOWN_HOST);
        }
    }

    @Test
    void aTunnelThatIsPassedThroughAfterAllGetsItsOwn() throws Exception {
        try (TlsRig rig = rig()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test"));
            visit(rig, origin.port(), "a.test");
            rig.tls().hostChoices().set("a.test", Choice.PASS_THROUGH);
            try (TunnelClient client = rig.open("a.test", origin.port()).secure(CLIENT)) {
                assertThat(client.get("/")).isEqualTo("200 hello");
            }
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.HOST_RULE);
            assertThat(origin.handshakes()).isEqualTo(2);
        }
    }

    @Test
    void aTunnelWithoutTlsGetsItsOwn() throws Exception {
        try (TlsRig rig = rig()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test"));
            visit(rig, origin.port(), "a.test");
            try (TunnelClient client = rig.open("a.test", origin.port()).send("\1\2\3 no TLS\r\n")) {
                assertThat(client.in().read()).isNotNegative(); // an alert
            }
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.NOT_TLS);
            assertThat(origin.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatTheOriginHasEndedStandsInForNothing() throws Exception {
        try (TlsRig rig = rig()) {
            TlsOrigin origin = rig.closing(new TlsOrigin(
                    TlsRig.certificate("a.test").serverContext(), socket -> {}, SharedConnectionTest::answerOnce));
            visit(rig, origin.port(), "a.test");
            visit(rig, origin.port(), "a.test");
            assertThat(origin.handshakes()).isEqualTo(2);
        }
    }

    private static void answerOnce(TlsOrigin origin, SSLSocket socket) throws IOException {
        byte[] request = new byte[4096];
        int count = socket.getInputStream().read(request);
        assertThat(count).isPositive();
        socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".getBytes(ISO_8859_1));
    }

    @Test
    void aTargetThatIsRefusedByNowIsRefusedAllTheSame() throws Exception {
        AtomicBoolean refused = new AtomicBoolean();
        try (TlsRig rig = new TlsRig(
                options -> options, options -> options.ioThreads(1).refuseTargets(address -> refused.get()))) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test"));
            visit(rig, origin.port(), "a.test");
            refused.set(true);
            assertThatThrownBy(() -> rig.open("a.test", origin.port())).hasMessageContaining("403");
        }
    }

    @Test
    void anotherNameMakesItsOwn() throws Exception {
        try (TlsRig rig = rig()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test", "b.test"));
            visit(rig, origin.port(), "a.test");
            visit(rig, origin.port(), "b.test");
            assertThat(origin.handshakes()).isEqualTo(2);
        }
    }

    @Test
    void anotherAlpnMakesItsOwn() throws Exception {
        try (TlsRig rig = rig()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test"));
            visit(rig, origin.port(), "a.test", "http/1.1");
            visit(rig, origin.port(), "a.test");
            assertThat(origin.handshakes()).isEqualTo(2);
        }
    }

    @Test
    void anotherClientIdentityMakesItsOwn() throws Exception {
        TestCertificate me = new Recipe().subject("CN=me").make(TlsRig.root());
        try (TlsRig rig = new TlsRig(
                options -> options.clientCertificate("b.test", me.key(), me.certificate()),
                options -> options.ioThreads(1))) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test", "b.test"));
            visit(rig, origin.port(), "a.test");
            visit(rig, origin.port(), "b.test");
            assertThat(origin.handshakes()).isEqualTo(2);
        }
    }

    @Test
    void anotherRouteMakesItsOwn() throws Exception {
        try (TlsRig upstream = new TlsRig(options -> options.passThroughHosts("*.test"))) {
            UpstreamProxy next = UpstreamProxy.of("127.0.0.1", upstream.proxy().port());
            AtomicBoolean direct = new AtomicBoolean(true);
            try (TlsRig rig = new TlsRig(
                    options -> options,
                    options -> options.ioThreads(1)
                            .upstream(target -> direct.get() ? Optional.empty() : Optional.of(next)))) {
                TlsOrigin origin = rig.origin(TlsRig.certificate("a.test"));
                visit(rig, origin.port(), "a.test");
                direct.set(false);
                visit(rig, origin.port(), "a.test");
                assertThat(origin.handshakes()).isEqualTo(2);
            }
        }
    }
}
