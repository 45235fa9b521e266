package io.github.captureproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.OriginTls.Validity;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.spi.TlsInspection.OriginVerdict;
import io.github.captureproxy.spi.TlsInterceptor.Decision.Inspect;
import io.github.captureproxy.spi.TlsInterceptor.Decision.PassThrough;
import io.github.captureproxy.tls.internal.memory.FakeClock;
import io.github.captureproxy.tls.testkit.Handshake;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TestCertificate.Recipe;
import io.github.captureproxy.tls.testkit.Tunnels;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Origins with good certificates and bad ones, by real handshakes in memory. */
class OriginSideTest {
    private static TestCertificate root;

    private final List<TlsWarning> warnings = new ArrayList<>();

    @BeforeAll
    static void makeRoot() throws Exception {
        root = TestCertificate.root("Test Root");
    }

    private TlsInterceptionBuilder builder() {
        return TlsInterception.builder()
                .authority(CertificateAuthority.ephemeral())
                .clientTrust(ClientTrust.ASSUMED)
                .upstreamTrust(List.of(root.certificate()))
                .onWarning(warnings::add);
    }

    /** Shakes hands with an origin as the proxy would, and returns what is made of it. */
    private static OriginVerdict handshake(TlsInspection inspection, SSLEngine origin) throws Exception {
        SSLEngine engine = inspection.originEngine();
        Handshake handshake = new Handshake(engine, origin).run();
        SSLException failure = handshake.client().failure();
        return failure == null
                ? inspection.originHandshaken(engine)
                : inspection.originFailed(engine, failure, Optional.empty());
    }

    private static OriginVerdict verdict(TlsInterception tls, String name, TestCertificate origin) throws Exception {
        return handshake(Tunnels.inspect(tls, name), Tunnels.origin(origin.serverContext()));
    }

    private static String sha256(TestCertificate certificate) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(certificate.certificate().getEncoded()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aGoodOriginIsAcceptedWithItsFacts(String version) throws Exception {
        TestCertificate origin = TestCertificate.leaf("a.test").make(root);
        SSLEngine engine = Tunnels.origin(origin.serverContext());
        engine.setEnabledProtocols(new String[] {version});
        engine.setHandshakeApplicationProtocolSelector((e, offered) -> {
            assertThat(offered).containsExactly("h2", "http/1.1");
            return "http/1.1";
        });
        try (TlsInterception tls = builder().build()) {
            OriginVerdict verdict = handshake(Tunnels.inspect(tls, "a.test", "h2", "http/1.1"), engine);
            assertThat(verdict).isInstanceOfSatisfying(OriginVerdict.Accepted.class, accepted -> {
                assertThat(accepted.applicationProtocol()).isEqualTo("http/1.1");
                assertThat(accepted.facts().version()).isEqualTo(version);
                assertThat(accepted.facts().serverName()).contains("a.test");
                assertThat(accepted.facts().certificates()).isEqualTo(origin.chain());
                assertThat(accepted.facts().validity()).isEqualTo(Validity.VALID);
            });
        }
    }

    @Test
    void anAddressIsCheckedByItsAddressAndAskedForWithoutSni() throws Exception {
        TestCertificate origin =
                new Recipe().subject("CN=x").address("192.0.2.7").make(root);
        try (TlsInterception tls = builder().build()) {
            TlsInspection inspection = ((Inspect) tls.decide(
                            Tunnels.to("192.0.2.7"), Tunnels.hello("").parsed()))
                    .inspection();
            assertThat(handshake(inspection, Tunnels.origin(origin.serverContext())))
                    .isInstanceOfSatisfying(
                            OriginVerdict.Accepted.class,
                            accepted ->
                                    assertThat(accepted.facts().serverName()).isEmpty());
        }
    }

    static Stream<Arguments> faults() {
        Instant now = Instant.now();
        Instant old = Instant.parse("2026-01-01T00:00:00Z");
        return Stream.of(
                fault("expired on 2026-01-02", r -> r.valid(old, old.plus(Duration.ofDays(1)))),
                fault(
                        "is not valid before "
                                + now.plus(Duration.ofDays(2)).toString().substring(0, 10),
                        r -> r.valid(now.plus(Duration.ofDays(2)), now.plus(Duration.ofDays(3)))),
                fault("is for other.test, not for a.test", r -> r.withoutNames().dnsName("other.test")),
                fault("is for n1.test, n2.test, n3.test, n4.test, n5.test and 95 more, not for a.test", r -> {
                    Recipe many = r.withoutNames();
                    for (int i = 1; i <= 100; i++) {
                        many = many.dnsName("n" + i + ".test");
                    }
                    return many;
                }),
                fault("has no subjectAltName", Recipe::withoutNames),
                fault("has an RSA key of only 1024 bits", r -> r.key("RSA", 1024)),
                fault("is signed with SHA1withECDSA", r -> r.signature("SHA1withECDSA")));
    }

    private interface Change {
        Recipe apply(Recipe recipe);
    }

    private static Arguments fault(String words, Change change) {
        return Arguments.of(words, change);
    }

    static Stream<Arguments> faultsOfACertificateThatIsTrustedItself() {
        Instant old = Instant.parse("2026-01-01T00:00:00Z");
        Instant later = Instant.now().plus(Duration.ofDays(2));
        return Stream.of(
                fault("expired on 2026-01-02", r -> r.valid(old, old.plus(Duration.ofDays(1)))),
                fault("is not valid before", r -> r.valid(later, later.plus(Duration.ofDays(1)))),
                fault("is for other.test, not for a.test", r -> r.withoutNames().dnsName("other.test")),
                fault("has an RSA key of only 1024 bits", r -> r.key("RSA", 1024)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsOfACertificateThatIsTrustedItself")
    void aCertificateThatIsTrustedItselfIsCheckedLikeOthers(String words, Change change) throws Exception {
        TestCertificate origin = change.apply(TestCertificate.leaf("a.test")).make(null);
        try (TlsInterception tls =
                builder().upstreamTrust(List.of(origin.certificate())).build()) {
            refusedFor(verdict(tls, "a.test", origin), words);
        }
    }

    @Test
    void aCertificateThatIsTrustedItselfIsAccepted() throws Exception {
        TestCertificate origin =
                TestCertificate.leaf("a.test").signature("SHA1withECDSA").make(null);
        try (TlsInterception tls =
                builder().upstreamTrust(List.of(origin.certificate())).build()) {
            assertThat(verdict(tls, "a.test", origin)).isInstanceOf(OriginVerdict.Accepted.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultOfACertificateIsNamed(String words, Change change) throws Exception {
        TestCertificate origin = change.apply(TestCertificate.leaf("a.test")).make(root);
        try (TlsInterception tls = builder().build()) {
            refusedFor(verdict(tls, "a.test", origin), words);
        }
    }

    private static void refusedFor(OriginVerdict verdict, String words) {
        assertThat(verdict).isInstanceOfSatisfying(OriginVerdict.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.ORIGIN_CERTIFICATE_INVALID);
            assertThat(refused.problem().problem())
                    .startsWith("the origin's certificate ")
                    .contains(words);
            assertThat(refused.problem().certificates()).isNotEmpty();
        });
    }

    @Test
    void aSelfSignedCertificateAnUnknownIssuerAndAnUnknownRootAreNamed() throws Exception {
        TestCertificate other = TestCertificate.root("Other Root");
        TestCertificate origin = TestCertificate.leaf("c.test").make(other);
        try (TlsInterception tls = builder().build()) {
            refusedFor(verdict(tls, "a.test", TestCertificate.leaf("a.test").make(null)), "is self-signed");
            refusedFor(
                    verdict(
                            tls,
                            "b.test",
                            TestCertificate.leaf("b.test").make(other).alone()),
                    "CN=Other Root, is not known");
            refusedFor(verdict(tls, "c.test", origin), "its root CN=Other Root is not known");
        }
    }

    @Test
    void anIncompleteChainIsRefused() throws Exception {
        TestCertificate middle = new Recipe().subject("CN=Middle").authority().make(root);
        try (TlsInterception tls = builder().build()) {
            TestCertificate origin = TestCertificate.leaf("a.test").make(middle);
            assertThat(verdict(tls, "a.test", origin)).isInstanceOf(OriginVerdict.Accepted.class);
        }
        try (TlsInterception tls = builder().build()) {
            TestCertificate origin = TestCertificate.leaf("a.test").make(middle).alone();
            refusedFor(verdict(tls, "a.test", origin), "CN=Middle, is not known");
        }
    }

    @Test
    void aVerdictPassesTheNextTunnelThroughForAMinute() throws Exception {
        FakeClock clock = new FakeClock();
        try (TlsInterception tls = builder().clock(clock).build()) {
            verdict(tls, "a.test", TestCertificate.leaf("b.test").make(root));
            assertThat(Tunnels.decide(tls, "a.test")).isInstanceOfSatisfying(PassThrough.class, pass -> {
                assertThat(pass.reason()).isEqualTo(Reason.ORIGIN_CERTIFICATE_INVALID);
                assertThat(pass.detail()).contains("is for b.test, not for a.test");
            });
            Tunnels.inspect(tls, "b.test");
            clock.advance(Duration.ofSeconds(60));
            Tunnels.inspect(tls, "a.test");
        }
    }

    @Test
    void aRefusedCertificateIsKnownForADay() throws Exception {
        FakeClock clock = new FakeClock();
        try (TlsInterception tls = builder().clock(clock).build()) {
            verdict(tls, "a.test", TestCertificate.leaf("a.test").make(null));
            clock.advance(Duration.ofHours(23));
            assertThat(tls.originCertificates().refused("A.test")).isPresent();
            assertThat(certificates(tls)).singleElement().satisfies(entry -> {
                assertThat(entry.client()).isEmpty();
                assertThat(entry.name()).isEqualTo("a.test");
                assertThat(entry.detail()).isEqualTo("the certificate is self-signed");
                assertThat(entry.expires()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
            });
            clock.advance(Duration.ofHours(1));
            assertThat(tls.originCertificates().refused("a.test")).isEmpty();
            assertThat(certificates(tls)).isEmpty();
        }
    }

    @Test
    void aRefusedCertificateIsForgottenWithItsHostAndWithAll() throws Exception {
        try (TlsInterception tls = builder().build()) {
            for (String host : List.of("a.test", "b.test", "c.test")) {
                verdict(tls, host, TestCertificate.leaf(host).make(null));
            }
            tls.memory().forgetHost("A.test");
            assertThat(certificates(tls)).extracting(TlsMemory.Entry::name).containsExactly("b.test", "c.test");
            tls.memory().clear();
            assertThat(certificates(tls)).isEmpty();
            assertThat(tls.originCertificates().refused("b.test")).isEmpty();
        }
    }

    private static List<TlsMemory.Entry> certificates(TlsInterception tls) {
        return tls.memory().entries().stream()
                .filter(entry -> entry.kind() == TlsMemory.Kind.CERTIFICATE)
                .toList();
    }

    @Test
    void anExactCertificateCanBeTrustedForItsNameAlone() throws Exception {
        TestCertificate origin = TestCertificate.leaf("other.test").make(null);
        try (TlsInterception tls =
                builder().trustOrigin("a.test", sha256(origin)).build()) {
            assertThat(verdict(tls, "a.test", origin))
                    .isInstanceOfSatisfying(
                            OriginVerdict.Accepted.class,
                            accepted ->
                                    assertThat(accepted.facts().validity()).isEqualTo(Validity.TRUSTED_BY_FINGERPRINT));
            refusedFor(verdict(tls, "other.test", origin), "is self-signed");
            refusedFor(verdict(tls, "a.test", TestCertificate.leaf("a.test").make(null)), "is self-signed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3 need", "TLSv1.3 want", "TLSv1.2 need", "TLSv1.2 want"})
    void anOriginThatAsksForAClientCertificateIsPassedThrough(String how) throws Exception {
        try (TlsInterception tls = builder().build()) {
            assertThat(handshake(Tunnels.inspect(tls, "a.test"), asking(how, root)))
                    .isInstanceOfSatisfying(
                            OriginVerdict.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.CLIENT_CERTIFICATE_WANTED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3 need", "TLSv1.2 need"})
    void aConfiguredClientCertificateIsShown(String how) throws Exception {
        TestCertificate own = new Recipe().subject("CN=me").make(root);
        try (TlsInterception tls = builder()
                .clientCertificate("*.test", own.key(), own.certificate())
                .build()) {
            SSLEngine origin = asking(how, root);
            assertThat(handshake(Tunnels.inspect(tls, "a.test"), origin)).isInstanceOf(OriginVerdict.Accepted.class);
            assertThat(origin.getSession().getPeerCertificates()).containsExactly(own.certificate());
        }
    }

    private static SSLEngine asking(String how, TestCertificate trusted) throws Exception {
        TestCertificate certificate = TestCertificate.leaf("a.test").make(root);
        SSLEngine engine = Tunnels.origin(certificate.serverContext(trusted));
        engine.setEnabledProtocols(new String[] {how.substring(0, 7)});
        if (how.endsWith("need")) {
            engine.setNeedClientAuth(true);
        } else {
            engine.setWantClientAuth(true);
        }
        return engine;
    }

    @Test
    void anOriginWithoutTlsIsAnOriginThatFailed() throws Exception {
        try (TlsInterception tls = builder().build()) {
            TlsInspection inspection = Tunnels.inspect(tls, "a.test");
            OriginVerdict.Refused refused = inspection.originFailed(
                    inspection.originEngine(), new IOException("connection reset"), Optional.empty());
            assertThat(refused.reason()).isEqualTo(Reason.ORIGIN_TLS_FAILED);
            assertThat(refused.problem().problem()).contains("connection reset");
        }
    }

    @Test
    void aCertificateThatIsRefusedInUseIsRememberedForADay() throws Exception {
        FakeClock clock = new FakeClock();
        try (TlsInterception tls = builder().clock(clock).build()) {
            TlsInspection inspection = Tunnels.inspect(tls, "a.test");
            assertThat(inspection.originBroke(
                            inspection.originEngine(), new SSLException("x"), Optional.of("certificate_required")))
                    .isPresent();
            clock.advance(Duration.ofHours(23));
            assertThat(Tunnels.decide(tls, "a.test"))
                    .isInstanceOfSatisfying(
                            PassThrough.class,
                            pass -> assertThat(pass.reason()).isEqualTo(Reason.CLIENT_CERTIFICATE_WANTED));
        }
    }

    @Test
    void aLostConnectionInUseTeachesNothing() throws Exception {
        try (TlsInterception tls = builder().build()) {
            TlsInspection inspection = Tunnels.inspect(tls, "a.test");
            assertThat(inspection.originBroke(inspection.originEngine(), new IOException("reset"), Optional.empty()))
                    .isEmpty();
            Tunnels.inspect(tls, "a.test");
        }
    }

    @Test
    void aValidCertificateEndsTheRunAlsoWhereTheOriginAsksForOne() throws Exception {
        TestCertificate bad = TestCertificate.leaf("portal.test").make(root);
        try (TlsInterception tls = builder().build()) {
            for (int i = 1; i <= 4; i++) {
                verdict(tls, i + ".example", bad);
            }
            handshake(Tunnels.inspect(tls, "a.test"), asking("TLSv1.3 want", root));
            verdict(tls, "5.example", bad);
            assertThat(warnings).isEmpty();
        }
    }

    @Test
    void fiveOriginsRunningWithBadCertificatesAreAWarningAndALineOfDiagnostics() throws Exception {
        TestCertificate bad = TestCertificate.leaf("portal.test").make(root);
        try (TlsInterception tls = builder().build()) {
            for (int i = 1; i <= 4; i++) {
                verdict(tls, i + ".example", bad);
            }
            assertThat(warnings).isEmpty();
            assertThat(tls.diagnostics()).isEmpty();
            verdict(tls, "5.example", bad);
            assertThat(warnings).singleElement().satisfies(warning -> {
                assertThat(warning.names()).hasSize(5).contains("1.example", "5.example");
                assertThat(warning.message()).contains("clock", "upstreamTrust");
            });
            assertThat(tls.diagnostics()).singleElement().asString().contains("5.example");
            verdict(tls, "portal.test", bad);
            assertThat(tls.diagnostics()).isEmpty();
        }
    }

    @Test
    void theRunIsListedAndEndsAfterADayOrWhenItIsCleared() throws Exception {
        FakeClock clock = new FakeClock();
        TestCertificate bad = TestCertificate.leaf("portal.test").make(root);
        try (TlsInterception tls = builder().clock(clock).build()) {
            for (int i = 1; i <= 5; i++) {
                verdict(tls, i + ".example", bad);
            }
            assertThat(tls.memory().entries())
                    .filteredOn(entry -> entry.kind() == TlsMemory.Kind.CERTIFICATE_RUN)
                    .hasSize(5)
                    .allSatisfy(entry -> assertThat(entry.expires())
                            .isEqualTo(clock.instant().plus(Duration.ofHours(24))));
            clock.advance(Duration.ofHours(24));
            assertThat(tls.diagnostics()).isEmpty();
            verdict(tls, "6.example", bad);
            tls.memory().clear();
            assertThat(tls.memory().entries()).isEmpty();
        }
    }

    @Test
    void connectionsWithAnotherNameAlpnOrIdentityDoNotStandIn() throws Exception {
        TestCertificate own = new Recipe().subject("CN=me").make(root);
        try (TlsInterception tls = builder()
                .clientCertificate("b.test", own.key(), own.certificate())
                .build()) {
            Object key = Tunnels.inspect(tls, "a.test", "http/1.1").poolKey();
            assertThat(Tunnels.inspect(tls, "a.test", "h2", "http/1.1").poolKey())
                    .isNotEqualTo(key);
            assertThat(Tunnels.inspect(tls, "a.test").poolKey()).isNotEqualTo(key);
            assertThat(Tunnels.inspect(tls, "b.test", "http/1.1").poolKey()).isNotEqualTo(key);
        }
    }
}
