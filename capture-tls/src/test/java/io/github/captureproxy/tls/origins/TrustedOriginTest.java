package io.github.captureproxy.tls.origins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.OriginTls.Validity;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.tls.OriginCertificates;
import io.github.captureproxy.tls.TlsInterceptionBuilder;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TlsOrigin;
import io.github.captureproxy.tls.testkit.TlsRig;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the program says of origins, and what is remembered of them. */
class TrustedOriginTest {
    private static final String HOST = "a.test";

    private static String sha256(TestCertificate certificate) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(certificate.certificate().getEncoded());
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    }

    @Test
    void oneExactCertificateIsTakenForItsNameAndTheExchangeSaysSo() throws Exception {
        TestCertificate own = TestCertificate.leaf("printer").make(null);
        try (TlsRig rig = new TlsRig(options -> trust(options, own))) {
            TlsOrigin origin = rig.origin(own);
            rig.visit(HOST, origin.port());
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
            OriginTls facts = rig.exchange().originTls().orElseThrow();
            assertThat(facts.validity()).isEqualTo(Validity.TRUSTED_BY_FINGERPRINT);
            assertThat(facts.certificates()).isEqualTo(own.chain());

            rig.visit("printer", origin.port());
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.ORIGIN_CERTIFICATE_INVALID);
        }
    }

    private static TlsInterceptionBuilder trust(TlsInterceptionBuilder options, TestCertificate certificate) {
        try {
            return options.trustOrigin(HOST, sha256(certificate));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anotherCertificateThanTheOneNamedIsNotTaken() throws Exception {
        TestCertificate named = TestCertificate.leaf(HOST).make(null);
        try (TlsRig rig = new TlsRig(options -> trust(options, named))) {
            TlsOrigin origin = rig.origin(TestCertificate.leaf(HOST).make(null));
            rig.visit(HOST, origin.port());
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.ORIGIN_CERTIFICATE_INVALID);
        }
    }

    @Test
    void aRefusedCertificateCanBeLookedAtAndTrustedWhileTheProxyRuns() throws Exception {
        TestCertificate own = TestCertificate.leaf("printer").make(null);
        try (TlsRig rig = new TlsRig()) {
            TlsOrigin origin = rig.origin(own);
            OriginCertificates certificates = rig.tls().originCertificates();
            assertThat(certificates.refused(HOST)).isEmpty();
            rig.visit(HOST, origin.port());
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.ORIGIN_CERTIFICATE_INVALID);

            OriginCertificates.Refused refused = certificates.refused("A.test").orElseThrow();
            assertThat(refused.subject()).isEqualTo("CN=printer");
            assertThat(refused.problem()).isEqualTo("the certificate is self-signed");
            assertThat(refused.sha256()).isEqualTo(sha256(own).replace(":", "").toLowerCase(Locale.ROOT));
            certificates.trust(HOST, refused.sha256());
            rig.visit(HOST, origin.port());
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
            assertThat(certificates.trusted()).containsOnlyKeys(HOST);

            assertThat(certificates.distrust(HOST)).isTrue();
            assertThat(certificates.distrust(HOST)).isFalse();
            rig.visit(HOST, origin.port());
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.ORIGIN_CERTIFICATE_INVALID);
        }
    }

    @Test
    void whatIsNoFingerprintIsNotTrusted() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            OriginCertificates certificates = rig.tls().originCertificates();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> certificates.trust(HOST, "12:34"))
                    .withMessageContaining("64 hexadecimal digits");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> certificates.trust("a b", "0".repeat(64)))
                    .withMessageContaining("exact host name");
        }
    }

    @Test
    void aCompanysRootIsTrustedWhereItIsGiven() throws Exception {
        TestCertificate company = TestCertificate.root("Company");
        try (TlsRig rig = new TlsRig(options -> options.upstreamTrust(List.of(company.certificate())))) {
            TlsOrigin origin = rig.origin(TestCertificate.leaf(HOST).make(company));
            rig.visit(HOST, origin.port());
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
            assertThat(rig.exchange().originTls().orElseThrow().validity()).isEqualTo(Validity.VALID);
        }
    }

    @Test
    void aVerdictSparesTheNextTunnelTheTrialForAMinute() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            TlsOrigin origin = rig.origin(TestCertificate.leaf("other.test").make(TlsRig.root()));
            rig.visit(HOST, origin.port());
            Tunnel first = rig.tunnel();
            assertThat(origin.connections()).isEqualTo(2);

            rig.clock().advance(Duration.ofSeconds(59));
            rig.visit(HOST, origin.port());
            Tunnel second = rig.tunnel();
            assertThat(second.reason()).isEqualTo(Reason.ORIGIN_CERTIFICATE_INVALID);
            assertThat(second.reasonDetail()).isEqualTo(first.reasonDetail());
            assertThat(origin.connections()).isEqualTo(3);

            rig.clock().advance(Duration.ofSeconds(1));
            rig.visit(HOST, origin.port());
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.ORIGIN_CERTIFICATE_INVALID);
            assertThat(origin.connections()).isEqualTo(5);
        }
    }

    @Test
    void aVerdictIsForItsOwnNameAndPortAlone() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            TlsOrigin bad = rig.origin(TestCertificate.leaf("other.test").make(TlsRig.root()));
            TlsOrigin good = rig.origin(TlsRig.certificate(HOST));
            rig.visit(HOST, bad.port());
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.ORIGIN_CERTIFICATE_INVALID);
            rig.visit(HOST, good.port());
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
            rig.visit("other.test", bad.port());
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
        }
    }

    @Test
    void fiveNamesRunningWithBadCertificatesAreAWarning() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            TlsOrigin portal = rig.origin(TestCertificate.leaf("portal.test").make(TlsRig.root()));
            for (int i = 1; i <= 4; i++) {
                rig.visit("n" + i + ".test", portal.port());
            }
            assertThat(rig.warnings()).isEmpty();
            rig.visit("n5.test", portal.port());
            assertThat(rig.warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning.names())
                            .containsExactly("n1.test", "n2.test", "n3.test", "n4.test", "n5.test"));
            assertThat(rig.tls().diagnostics()).singleElement().asString().contains("n5.test");
        }
    }

    @Test
    void aGoodCertificateInBetweenIsNoRun() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            TlsOrigin portal = rig.origin(TestCertificate.leaf("portal.test").make(TlsRig.root()));
            for (int i = 1; i <= 4; i++) {
                rig.visit("n" + i + ".test", portal.port());
            }
            rig.visit("portal.test", portal.port());
            rig.visit("n5.test", portal.port());
            assertThat(rig.warnings()).isEmpty();
            assertThat(rig.tls().diagnostics()).isEmpty();
        }
    }
}
