package io.github.captureproxy.tls.origins;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.spi.UpstreamProxy;
import io.github.captureproxy.tls.testkit.ClientContext;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TestCertificate.Recipe;
import io.github.captureproxy.tls.testkit.TlsOrigin;
import io.github.captureproxy.tls.testkit.TlsRig;
import io.github.captureproxy.tls.testkit.TunnelClient;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
            assertThat(origin.handshakes()).isEqualTo(1);
            assertThat(origin.requests()).hasSize(4);
            for (int i = 0; i < 4; i++) {
                assertThat(rig.exchange().originTls().orElseThrow().certificates())
                        .hasSize(2);
            }
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
