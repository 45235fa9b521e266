package io.github.captureproxy.tls.origins;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.HstsMode;
import io.github.captureproxy.tls.TlsInterception;
import io.github.captureproxy.tls.testkit.ClientContext;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TlsOrigin;
import io.github.captureproxy.tls.testkit.TlsRig;
import io.github.captureproxy.tls.testkit.TunnelClient;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts known by HSTS, learned and preloaded, and what makes a client known to trust the authority. */
class HstsTest {
    private static final String HOST = "a.test";
    private static final String PRELOADED = "x.dev";
    private static final String HEADER = "Strict-Transport-Security: max-age=1000\r\n";

    /** What tells clients apart here is the version that they speak. */
    private static final String KNOWN = "TLSv1.3";

    private static final String NEW = "TLSv1.2";

    private final ClientContext context = ClientContext.careless();

    private static TlsRig learning() {
        return new TlsRig(options -> options.clientTrust(ClientTrust.LEARNED));
    }

    private void visit(TlsRig rig, String version, String host, TlsOrigin origin, Reason reason) throws Exception {
        try (TunnelClient client = rig.open(host, origin.port()).secure(context, version)) {
            assertThat(client.get("/")).isEqualTo("200 hello");
        }
        assertThat(rig.tunnel().reason()).isEqualTo(reason);
    }

    @Test
    void aHeaderTeachesForAllClientsNotKnownToTrust() throws Exception {
        try (TlsRig rig = learning()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate(HOST)).fields(HEADER);
            visit(rig, KNOWN, HOST, origin, Reason.INTERCEPTED);
            assertThat(rig.tls().hsts().isKnown(HOST)).isTrue();
            assertThat(rig.exchange().response().orElseThrow().headers().first("Strict-Transport-Security"))
                    .contains("max-age=1000");
            visit(rig, NEW, HOST, origin, Reason.HSTS);
            visit(rig, KNOWN, HOST, origin, Reason.INTERCEPTED);
        }
    }

    @Test
    void aMaxAgeOfZeroForgets() throws Exception {
        try (TlsRig rig = learning()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate(HOST)).fields(HEADER);
            visit(rig, KNOWN, HOST, origin, Reason.INTERCEPTED);
            origin.fields("Strict-Transport-Security: max-age=0\r\n");
            visit(rig, KNOWN, HOST, origin, Reason.INTERCEPTED);
            assertThat(rig.tls().hsts().isKnown(HOST)).isFalse();
            visit(rig, NEW, HOST, origin, Reason.INTERCEPTED);
        }
    }

    @Test
    void whatWasLearnedExpiresByTheClock() throws Exception {
        try (TlsRig rig = learning()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate(HOST)).fields(HEADER);
            visit(rig, KNOWN, HOST, origin, Reason.INTERCEPTED);
            rig.clock().advance(Duration.ofSeconds(1000));
            origin.fields("");
            visit(rig, NEW, HOST, origin, Reason.INTERCEPTED);
        }
    }

    @Test
    void theFileOutlivesTheProxy(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("hsts");
        TestCertificate certificate = TlsRig.certificate(HOST);
        try (TlsOrigin origin = new TlsOrigin(certificate.serverContext()).fields(HEADER)) {
            try (TlsRig rig = new TlsRig(
                    options -> options.clientTrust(ClientTrust.LEARNED).hstsFile(file))) {
                visit(rig, KNOWN, HOST, origin, Reason.INTERCEPTED);
            }
            try (TlsRig rig = new TlsRig(
                    options -> options.clientTrust(ClientTrust.LEARNED).hstsFile(file))) {
                visit(rig, NEW, HOST, origin, Reason.HSTS);
            }
        }
    }

    @Test
    void aHeaderOfAnOriginTrustedByItsFingerprintTeachesNothing() throws Exception {
        TestCertificate own = TestCertificate.leaf(HOST).make(null);
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(own.certificate().getEncoded()));
        try (TlsRig rig = new TlsRig(options -> options.trustOrigin(HOST, digest))) {
            visit(rig, KNOWN, HOST, rig.origin(own).fields(HEADER), Reason.INTERCEPTED);
            assertThat(rig.tls().hsts().isKnown(HOST)).isFalse();
        }
    }

    @Test
    void theModePassThroughNeverInspectsAnHstsHost() throws Exception {
        try (TlsRig rig = new TlsRig(options -> options.hstsMode(HstsMode.PASS_THROUGH))) {
            TlsOrigin origin = rig.origin(TlsRig.certificate(HOST, PRELOADED));
            visit(rig, KNOWN, PRELOADED, origin, Reason.HSTS);
            visit(rig, KNOWN, HOST, origin, Reason.INTERCEPTED);
        }
    }

    @Test
    void theModeIgnoreInspectsAnHstsHostForAnyClient() throws Exception {
        try (TlsRig rig =
                new TlsRig(options -> options.clientTrust(ClientTrust.LEARNED).hstsMode(HstsMode.IGNORE))) {
            TlsOrigin origin = rig.origin(TlsRig.certificate(PRELOADED));
            visit(rig, KNOWN, PRELOADED, origin, Reason.INTERCEPTED);
        }
    }

    @Test
    void assumedTrustInspectsAnHstsHostFromTheStart() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            visit(rig, KNOWN, PRELOADED, rig.origin(TlsRig.certificate(PRELOADED)), Reason.INTERCEPTED);
        }
    }

    @Test
    void dataAfterAFullHandshakeProvesTrustForItsLifetime() throws Exception {
        try (TlsRig rig = learning()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate(HOST, PRELOADED));
            visit(rig, KNOWN, PRELOADED, origin, Reason.HSTS);
            visit(rig, KNOWN, HOST, origin, Reason.INTERCEPTED);
            visit(rig, KNOWN, PRELOADED, origin, Reason.INTERCEPTED);
            visit(rig, NEW, PRELOADED, origin, Reason.HSTS);
            rig.clock().advance(Duration.ofHours(24));
            visit(rig, KNOWN, PRELOADED, origin, Reason.HSTS);
        }
    }

    @Test
    void dataAfterAResumedHandshakeProvesNothing() throws Exception {
        try (TlsRig rig = learning()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate(HOST, PRELOADED));
            visit(rig, KNOWN, HOST, origin, Reason.INTERCEPTED);
            assertThat(rig.exchange().clientTls().orElseThrow().resumed()).isFalse();
            rig.clock().advance(Duration.ofHours(24));
            visit(rig, KNOWN, HOST, origin, Reason.INTERCEPTED);
            assertThat(rig.exchange().clientTls().orElseThrow().resumed()).isTrue();
            visit(rig, KNOWN, PRELOADED, origin, Reason.HSTS);
        }
    }

    @Test
    void eachTrustCheckCountsAsNoSessionIsResumedThere() throws Exception {
        try (TlsRig rig = new TlsRig(options -> options.clientTrust(ClientTrust.PROVEN))) {
            TlsOrigin origin = rig.origin(TlsRig.certificate(HOST));
            for (int i = 0; i < 2; i++) {
                rig.tls().memory().clear();
                try (TunnelClient client =
                        rig.open(TlsInterception.OWN_HOST, 443).secure(context, KNOWN)) {
                    assertThat(client.get("/trust-check")).startsWith("200");
                }
                assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
                visit(rig, KNOWN, HOST, origin, Reason.INTERCEPTED);
            }
        }
    }

    @Test
    void provenTrustPassesAllThroughUntilTheTrustCheck() throws Exception {
        try (TlsRig rig = new TlsRig(options -> options.clientTrust(ClientTrust.PROVEN))) {
            TlsOrigin origin = rig.origin(TlsRig.certificate(HOST, PRELOADED));
            visit(rig, KNOWN, HOST, origin, Reason.CLIENT_DISTRUSTS);
            try (TunnelClient client = rig.open(TlsInterception.OWN_HOST, 443).secure(context, KNOWN)) {
                assertThat(client.get("/trust-check")).startsWith("200");
            }
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
            visit(rig, KNOWN, HOST, origin, Reason.INTERCEPTED);
            visit(rig, KNOWN, PRELOADED, origin, Reason.INTERCEPTED);
            visit(rig, NEW, HOST, origin, Reason.CLIENT_DISTRUSTS);
        }
    }
}
