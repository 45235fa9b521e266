package io.github.captureproxy.tls.origins;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.TlsFailure.Phase;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.tls.testkit.ClientContext;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TestCertificate.Recipe;
import io.github.captureproxy.tls.testkit.TlsOrigin;
import io.github.captureproxy.tls.testkit.TlsRig;
import io.github.captureproxy.tls.testkit.TunnelClient;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Origins with each fault of a certificate that badssl.com shows: their clients meet the fault itself. */
class FaultyCertificateTest {
    private static final String HOST = "www.a.test";

    /** Makes a certificate with a fault. */
    private interface Maker {
        TestCertificate make() throws Exception;
    }

    private static TestCertificate with(Recipe recipe) throws Exception {
        return recipe.make(TlsRig.root());
    }

    private static Recipe leaf() {
        return TestCertificate.leaf(HOST);
    }

    private static TestCertificate withoutIntermediate() throws Exception {
        TestCertificate middle = with(new Recipe().subject("CN=Middle").authority());
        return leaf().make(middle).alone();
    }

    private static TestCertificate underExpiredIntermediate() throws Exception {
        Instant old = Instant.parse("2026-01-01T00:00:00Z");
        Recipe recipe = new Recipe().subject("CN=Middle").authority().valid(old, old.plus(Duration.ofDays(1)));
        return leaf().make(with(recipe));
    }

    static Stream<Arguments> faults() {
        Instant old = Instant.parse("2026-01-01T00:00:00Z");
        Instant soon = Instant.now().plus(Duration.ofDays(2));
        String tomorrow = soon.toString().substring(0, 10);
        return Stream.of(
                fault("expired on 2026-01-02", () -> with(leaf().valid(old, old.plus(Duration.ofDays(1))))),
                fault("is not valid before " + tomorrow, () -> with(leaf().valid(soon, soon.plus(Duration.ofDays(1))))),
                fault(
                        "is for other.test, not for " + HOST,
                        () -> with(leaf().withoutNames().dnsName("other.test"))),
                fault(
                        "is for w*.a.test, not for " + HOST,
                        () -> with(leaf().withoutNames().dnsName("w*.a.test"))),
                fault(
                        "is for *.test, not for " + HOST,
                        () -> with(leaf().withoutNames().dnsName("*.test"))),
                fault("has no subjectAltName", () -> with(leaf().withoutNames())),
                fault("is self-signed", () -> leaf().make(null)),
                fault(
                        "is not trusted: its root CN=Other Root is not known",
                        () -> leaf().make(TestCertificate.root("Other Root"))),
                fault("its issuer CN=Middle, is not known", FaultyCertificateTest::withoutIntermediate),
                fault("has an issuer, CN=Middle, that expired on", FaultyCertificateTest::underExpiredIntermediate),
                fault("has an RSA key of only 1024 bits", () -> with(leaf().key("RSA", 1024))),
                fault("is signed with SHA1withECDSA", () -> with(leaf().signature("SHA1withECDSA"))));
    }

    private static Stream<String> versions() {
        return Stream.of("TLSv1.2", "TLSv1.3");
    }

    static Stream<Arguments> faultsAndVersions() {
        return faults().flatMap(
                        fault -> versions().map(version -> Arguments.of(fault.get()[0], version, fault.get()[1])));
    }

    private static Arguments fault(String words, Maker maker) {
        return Arguments.of(words, maker);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faultsAndVersions")
    void theClientSeesTheOriginsOwnCertificateAndTheRecordSaysWhatIsWrong(String words, String version, Maker maker)
            throws Exception {
        TestCertificate certificate = maker.make();
        try (TlsRig rig = new TlsRig();
                TlsOrigin origin = new TlsOrigin(certificate.serverContext());
                TunnelClient client = rig.open(HOST, origin.port()).secure(ClientContext.careless(), version)) {
            assertThat(client.certificates()).isEqualTo(certificate.chain());
            assertThat(client.get("/")).isEqualTo("200 hello");
            client.close();

            Tunnel tunnel = rig.tunnel();
            assertThat(tunnel.reason()).isEqualTo(Reason.ORIGIN_CERTIFICATE_INVALID);
            assertThat(tunnel.reasonDetail())
                    .startsWith("the origin's certificate ")
                    .contains(words);
            assertThat(tunnel.outcome().isSuccess()).isTrue();
            told(rig.failure(), tunnel, certificate);
            assertThat(rig.proxy().history().isEmpty()).isTrue();
            assertThat(origin.handshakes()).isEqualTo(1);
        }
    }

    private static void told(TlsFailure failure, Tunnel tunnel, TestCertificate certificate) {
        assertThat(failure.tunnelId()).isEqualTo(tunnel.id());
        assertThat(failure.host()).isEqualTo(HOST);
        assertThat(failure.name()).isEqualTo(HOST);
        assertThat(failure.side()).isEqualTo(Outcome.Side.ORIGIN);
        assertThat(failure.phase()).isEqualTo(Phase.CERTIFICATE);
        assertThat(failure.alert()).isEmpty();
        assertThat(failure.problem()).isEqualTo(tunnel.reasonDetail());
        assertThat(failure.certificates())
                .hasSameSizeAs(certificate.chain())
                .first()
                .isEqualTo("CN=" + HOST);
    }
}
