package io.github.captureproxy.tls.origins;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.tls.testkit.ClientContext;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TlsOrigin;
import io.github.captureproxy.tls.testkit.TlsRig;
import io.github.captureproxy.tls.testkit.TunnelClient;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tunnels whose CONNECT names one host, and whose client asks for another by SNI. */
class TunnelNameTest {
    private final TlsRig rig = new TlsRig();
    private ClientContext trusting;

    @BeforeEach
    void trustTheAuthority() {
        trusting = ClientContext.trusting(rig.tls().authority().certificate());
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private TunnelClient secured(ClientContext context, String host, int port, String serverName) throws Exception {
        return rig.open(host, port)
                .secure(context, serverName, parameters -> parameters.setEndpointIdentificationAlgorithm("HTTPS"));
    }

    @Test
    void theLeafIsForTheSniThatTheOriginProvedAndRequestsGoToTheTarget() throws Exception {
        TlsOrigin origin = rig.origin(TlsRig.certificate("front.test", "inner.test"));
        TlsOrigin elsewhere = rig.origin(TlsRig.certificate("inner.test"));
        try (TunnelClient client = secured(trusting, "front.test", origin.port(), "inner.test")) {
            assertThat(client.get("/", "inner.test:" + elsewhere.port())).isEqualTo("200 hello");
        }
        Exchange exchange = rig.exchange();
        assertThat(exchange.request().host()).isEqualTo("front.test");
        assertThat(exchange.clientTls().orElseThrow().serverName()).contains("inner.test");
        assertThat(exchange.originTls().orElseThrow().serverName()).contains("inner.test");
        assertThat(exchange.tunnelReason()).contains(Reason.INTERCEPTED);
        assertThat(elsewhere.connections()).isZero();
        Tunnel tunnel = rig.tunnel();
        assertThat(tunnel.host()).isEqualTo("front.test");
        assertThat(tunnel.serverName()).contains("inner.test");
    }

    @Test
    void anOriginThatCannotProveTheSniNeverGetsAGoodLeafForIt() throws Exception {
        TestCertificate own = TlsRig.certificate("evil.test");
        TlsOrigin origin = rig.origin(own);
        try (TunnelClient client = secured(ClientContext.careless(), "evil.test", origin.port(), "bank.test")) {
            assertThat(client.certificates()).isEqualTo(own.chain());
        }
        Tunnel tunnel = rig.tunnel();
        assertThat(tunnel.reason()).isEqualTo(Reason.ORIGIN_CERTIFICATE_INVALID);
        assertThat(tunnel.reasonDetail()).contains("is for evil.test, not for bank.test");
    }

    @Test
    void aConnectionThatProvedOneNameDoesNotStandInForAnother() throws Exception {
        TestCertificate own = TlsRig.certificate("evil.test");
        TlsOrigin origin = rig.origin(own);
        assertThat(rig.visit("evil.test", origin.port())).isEqualTo("200 hello");
        assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
        try (TunnelClient client = secured(ClientContext.careless(), "evil.test", origin.port(), "bank.test")) {
            assertThat(client.certificates()).isEqualTo(own.chain());
        }
        assertThat(rig.tunnel().reason()).isEqualTo(Reason.ORIGIN_CERTIFICATE_INVALID);
    }

    @Test
    void withoutSniTheTargetsHostIsTheName() throws Exception {
        TlsOrigin origin = rig.origin(new TestCertificate.Recipe()
                .subject("CN=x")
                .address("127.0.0.1")
                .make(TlsRig.root()));
        try (TunnelClient client = secured(trusting, "127.0.0.1", origin.port(), "127.0.0.1")) {
            assertThat(client.get("/")).isEqualTo("200 hello");
            X509Certificate leaf = (X509Certificate) client.certificates().get(0);
            assertThat(leaf.getSubjectAlternativeNames()).hasToString("[[7, 127.0.0.1]]");
        }
        Exchange exchange = rig.exchange();
        assertThat(exchange.clientTls().orElseThrow().serverName()).isEmpty();
        assertThat(exchange.originTls().orElseThrow().serverName()).isEmpty();
    }
}
