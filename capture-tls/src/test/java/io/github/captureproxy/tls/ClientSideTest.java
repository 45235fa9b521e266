package io.github.captureproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.exchange.ClientTls;
import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.TlsFailure.Phase;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.spi.TlsInspection.ClientEnd;
import io.github.captureproxy.spi.TlsInspection.OriginVerdict;
import io.github.captureproxy.spi.TlsInterceptor.Decision;
import io.github.captureproxy.spi.TlsInterceptor.Decision.PassThrough;
import io.github.captureproxy.tls.internal.issuing.LeafName;
import io.github.captureproxy.tls.internal.memory.FakeClock;
import io.github.captureproxy.tls.testkit.Handshake;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.Tunnels;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that trust the authority and clients that do not, by real handshakes in memory. */
class ClientSideTest {
    private final FakeClock clock = new FakeClock();
    private final CertificateAuthority authority = CertificateAuthority.ephemeral();
    private final TlsInterception tls =
            TlsInterception.builder().authority(authority).clock(clock).build();

    @AfterEach
    void close() {
        tls.close();
    }

    /** The leaf's time is the fake clock's, so that a real client needs an authority and a clock of today. */
    private static TlsInterception today() {
        return TlsInterception.forTests();
    }

    private static Handshake handshake(TlsInterception own, SSLContext client, String name, String version)
            throws Exception {
        TlsInspection inspection = Tunnels.inspect(own, name);
        return new Handshake(Tunnels.client(client, name, version), inspection.clientEngine("")).run();
    }

    private static Optional<Reason> reason(Decision decision) {
        return decision instanceof PassThrough pass ? Optional.of(pass.reason()) : Optional.empty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aClientThatTrustsTheAuthorityIsServed(String version) throws Exception {
        try (TlsInterception own = today()) {
            TlsInspection inspection = Tunnels.inspect(own, "a.test", "http/1.1");
            SSLEngine server = inspection.clientEngine("http/1.1");
            assertThat(inspection.isCertificateChosen(server)).isFalse();
            SSLContext context = own.authority().trust().sslContext();
            Handshake handshake =
                    new Handshake(Tunnels.client(context, "a.test", version, "h2", "http/1.1"), server).run();
            handshake.clientSends("GET / HTTP/1.1");
            assertThat(handshake.client().failure()).isNull();
            assertThat(handshake.server().received()).isEqualTo("GET / HTTP/1.1");
            assertThat(inspection.isCertificateChosen(server)).isTrue();
            ClientTls facts = inspection.clientHandshaken(server);
            assertThat(facts.version()).isEqualTo(version);
            assertThat(facts.applicationProtocol()).contains("http/1.1");
            assertThat(facts.serverName()).contains("a.test");
            assertThat(facts.fingerprint()).startsWith("t13");
            assertThat(facts.resumed()).isFalse();
            assertThat(handshake.client().engine().getSession().getPeerCertificates())
                    .hasSize(2)
                    .endsWith(own.authority().certificate());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aSecondConnectionResumesAndTheCertificateIsNotShown(String version) throws Exception {
        try (TlsInterception own = today()) {
            SSLContext context = own.authority().trust().sslContext();
            handshake(own, context, "a.test", version).clientSends("x");
            TlsInspection second = Tunnels.inspect(own, "a.test");
            SSLEngine server = second.clientEngine("");
            Handshake handshake = new Handshake(Tunnels.client(context, "a.test", version), server)
                    .run()
                    .clientSends("x");
            assertThat(handshake.server().received()).isEqualTo("x");
            assertThat(second.clientHandshaken(server).resumed()).isTrue();
            assertThat(second.isCertificateChosen(server)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aClientWithAnotherTrustStoreFails(String version) throws Exception {
        try (TlsInterception own = today()) {
            SSLContext context = CertificateAuthority.ephemeral().trust().sslContext();
            Handshake handshake = handshake(own, context, "a.test", version);
            assertThat(handshake.client().failure()).isNotNull();
            assertThat(handshake.server().failure()).hasMessageContaining("certificate_unknown");
        }
    }

    @Test
    void aClientWithoutEcdsaGetsAnRsaLeaf() throws Exception {
        try (TlsInterception own = today()) {
            Decision decision = own.decide(
                    Tunnels.to("a.test"),
                    Tunnels.hello("a.test").signatures(List.of(0x0804, 0x0401)).parsed());
            SSLEngine server = ((Decision.Inspect) decision).inspection().clientEngine("");
            SSLEngine client = Tunnels.client(own.authority().trust().sslContext(), "a.test", "TLSv1.3");
            new Handshake(client, server).run();
            assertThat(client.getSession()
                            .getPeerCertificates()[0]
                            .getPublicKey()
                            .getAlgorithm())
                    .isEqualTo("RSA");
        }
    }

    @Test
    void anAlertAboutTheCertificatePassesTheNextTunnelThrough() throws Exception {
        TlsInspection inspection = shown("a.test");
        assertThat(inspection.clientEnded(end(Phase.CERTIFICATE, "certificate_unknown")))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.problem()).contains("rejected", "a.test", "certificate_unknown");
                    assertThat(problem.certificates()).contains("CN=a.test", authority.subject());
                });
        assertThat(reason(Tunnels.decide(tls, "a.test"))).contains(Reason.CLIENT_REJECTED_BEFORE);
        Tunnels.inspect(tls, "b.test");
        assertThat(tls.memory().entries()).extracting(TlsMemory.Entry::kind).contains(TlsMemory.Kind.REJECTED);
        tls.memory().forgetHost("A.test");
        Tunnels.inspect(tls, "a.test");
    }

    @Test
    void aRejectionNamesTheSubjectsThatTheClientWasShown() throws Exception {
        TlsInspection inspection = shown("a".repeat(63) + ".test");
        assertThat(inspection.clientEnded(end(Phase.CERTIFICATE, "unknown_ca")))
                .hasValueSatisfying(problem ->
                        assertThat(problem.certificates()).containsExactly("O=Capture Proxy", authority.subject()));
    }

    @Test
    void anAlertBeforeTheCertificateTeachesNothing() throws Exception {
        TlsInspection inspection = Tunnels.inspect(tls, "a.test");
        inspection.clientEngine("");
        assertThat(inspection.clientEnded(end(Phase.NEGOTIATION, "handshake_failure")))
                .hasValueSatisfying(problem -> assertThat(problem.problem()).contains("handshake_failure"));
        Tunnels.inspect(tls, "a.test");
        assertThat(tls.memory().entries()).isEmpty();
    }

    @Test
    void anUnknownAuthorityOnTwoNamesPassesAllNamesThrough() throws Exception {
        shown("a.test").clientEnded(end(Phase.CERTIFICATE, "unknown_ca"));
        shown("b.test").clientEnded(end(Phase.CERTIFICATE, "unknown_ca"));
        assertThat(reason(Tunnels.decide(tls, "c.test"))).contains(Reason.CLIENT_DISTRUSTS);
        tls.memory().forgetClient(Tunnels.ADDRESS);
        Tunnels.inspect(tls, "c.test");
    }

    @Test
    void withAHostOrAClientItIsForgottenThatDataWasSent() throws Exception {
        send("a.test");
        send("b.test");
        ClientEnd silent = new ClientEnd(Phase.FINISHED, Optional.empty(), Duration.ZERO, "");
        assertThat(shown("a.test").clientEnded(silent)).isEmpty();
        tls.memory().forgetHost("a.test");
        assertThat(shown("a.test").clientEnded(silent)).isPresent();
        assertThat(shown("b.test").clientEnded(silent)).isEmpty();
        tls.memory().forgetClient(Tunnels.ADDRESS);
        assertThat(shown("b.test").clientEnded(silent)).isPresent();
    }

    @Test
    void thatDataWasSentIsListedUntilItExpires() throws Exception {
        send("a.test");
        assertThat(tls.memory().entries())
                .filteredOn(entry -> entry.kind() == TlsMemory.Kind.SENT)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.client()).startsWith(Tunnels.ADDRESS);
                    assertThat(entry.name()).isEqualTo("a.test");
                    assertThat(entry.expires()).isEqualTo(clock.instant().plus(Duration.ofHours(24)));
                });
        clock.advance(Duration.ofHours(24));
        assertThat(tls.memory().entries()).isEmpty();
    }

    @Test
    void anHstsHostIsPassedThroughUntilTheClientShowedItsTrust() throws Exception {
        assertThat(reason(Tunnels.decide(tls, "my.dev"))).contains(Reason.HSTS);
        send("a.test");
        Tunnels.inspect(tls, "my.dev");
        clock.advance(Duration.ofHours(24));
        assertThat(reason(Tunnels.decide(tls, "my.dev"))).contains(Reason.HSTS);
    }

    @Test
    void aRejectionOfTheAuthorityOnAnHstsHostRevokesTrust() throws Exception {
        send("a.test");
        shown("my.dev").clientEnded(end(Phase.CERTIFICATE, "unknown_ca"));
        assertThat(reason(Tunnels.decide(tls, "your.dev"))).contains(Reason.HSTS);
        send("a.test");
        assertThat(reason(Tunnels.decide(tls, "your.dev"))).contains(Reason.HSTS);
    }

    @Test
    void theTrustCheckProvesTrustAndClearsRejections() throws Exception {
        shown("a.test").clientEnded(end(Phase.CERTIFICATE, "unknown_ca"));
        assertThat(tls.isOwnHost("Capture.Internal")).isTrue();
        TlsInspection own = Tunnels.inspect(tls, "capture.internal");
        assertThat(own.isOwnHost()).isTrue();
        SSLEngine server = own.clientEngine("");
        show(server);
        own.clientSent(server);
        Tunnels.inspect(tls, "a.test");
        Tunnels.inspect(tls, "my.dev");
    }

    @Test
    void theReservedHostIsServedWhateverIsRemembered() throws Exception {
        shown("a.test").clientEnded(end(Phase.CERTIFICATE, "unknown_ca"));
        shown("b.test").clientEnded(end(Phase.CERTIFICATE, "unknown_ca"));
        assertThat(Tunnels.inspect(tls, "capture.internal").name()).isEqualTo("capture.internal");
    }

    @Test
    void namesComeFromSniAndElseFromTheTarget() {
        assertThat(Tunnels.inspect(tls, "a.test").name()).isEqualTo("a.test");
        Decision other =
                tls.decide(Tunnels.to("192.0.2.7"), Tunnels.hello("B.Test").parsed());
        assertThat(((Decision.Inspect) other).inspection().name()).isEqualTo("b.test");
        Decision none = tls.decide(Tunnels.to("192.0.2.7"), Tunnels.hello("").parsed());
        assertThat(((Decision.Inspect) none).inspection().name()).isEqualTo("192.0.2.7");
    }

    @Test
    void protocolsDecide() {
        assertThat(reason(Tunnels.decide(tls, "a.test", "imap"))).contains(Reason.NOT_HTTP);
        assertThat(reason(Tunnels.decide(tls, "a.test", "h2"))).isEmpty();
        assertThat(reason(Tunnels.decide(tls, "a.test", "h2", "http/1.1"))).isEmpty();
        assertThat(reason(Tunnels.decide(tls, "a.test", "http/1.0"))).isEmpty();
    }

    @Test
    void aTargetThatCannotBeAskedForIsPassedThrough() {
        Decision decision = tls.decide(Tunnels.to("my_host"), Tunnels.hello("").parsed());
        assertThat(reason(decision)).contains(Reason.CLIENT_TLS_UNSUPPORTED);
    }

    @Test
    void aNameOutsideTheAuthoritysConstraintsIsPassedThrough() {
        CertificateAuthority limited = CertificateAuthority.ephemeral(
                AuthorityOptions.builder().permittedDomains("a.test").build());
        try (TlsInterception own = TlsInterception.builder().authority(limited).build()) {
            Tunnels.inspect(own, "www.a.test");
            assertThat(reason(Tunnels.decide(own, "b.test"))).contains(Reason.HOST_RULE);
        }
        assertThat(limited.issuer().permits(LeafName.of(TlsInterception.OWN_HOST)))
                .isTrue();
    }

    @Test
    void anAuthorityWhoseTimeIsOverIsAnErrorOfTheEngine() {
        CertificateAuthority over = CertificateAuthority.ephemeral(
                AuthorityOptions.builder().clock(clock).build());
        clock.advance(Duration.ofDays(365));
        try (TlsInterception own =
                TlsInterception.builder().authority(over).clock(clock).build()) {
            assertThatThrownBy(() -> Tunnels.inspect(own, "a.test").clientEngine(""))
                    .isInstanceOf(GeneralSecurityException.class)
                    .hasMessageContaining("renew it");
            assertThat(own.diagnostics()).singleElement().asString().contains("renew it");
        }
    }

    private static ClientEnd end(Phase phase, String alert) {
        return new ClientEnd(phase, Optional.of(alert), Duration.ZERO, "");
    }

    /** An inspection whose client has been shown the certificate. */
    private TlsInspection shown(String name) throws Exception {
        TlsInspection inspection = Tunnels.inspect(tls, name);
        show(inspection.clientEngine(""));
        return inspection;
    }

    private void send(String name) throws Exception {
        TlsInspection inspection = Tunnels.inspect(tls, name);
        SSLEngine server = inspection.clientEngine("");
        show(server);
        inspection.clientSent(server);
    }

    private static void show(SSLEngine server) {
        assertThat(Handshake.isServed(server, Tunnels.hello("a.test").record())).isTrue();
    }

    @Test
    void headersAreLearnedFromValidOriginsAlone() throws Exception {
        TestCertificate root = TestCertificate.root("Test Root");
        try (TlsInterception own = TlsInterception.builder()
                .authority(authority)
                .upstreamTrust(List.of(root.certificate()))
                .build()) {
            TlsInspection inspection = Tunnels.inspect(own, "a.test");
            SSLEngine engine = inspection.originEngine();
            new Handshake(
                            engine,
                            Tunnels.origin(
                                    TestCertificate.leaf("a.test").make(root).serverContext()))
                    .run();
            OriginTls valid = ((OriginVerdict.Accepted) inspection.originHandshaken(engine)).facts();
            OriginTls pinned = new OriginTls(
                    valid.version(),
                    valid.cipherSuite(),
                    valid.applicationProtocol(),
                    valid.serverName(),
                    valid.certificates(),
                    OriginTls.Validity.TRUSTED_BY_FINGERPRINT);
            inspection.strictTransportSecurity(pinned, List.of("max-age=60"));
            assertThat(own.hsts().isKnown("a.test")).isFalse();
            inspection.strictTransportSecurity(valid, List.of("max-age=60; includeSubDomains"));
            assertThat(own.hsts().isKnown("www.a.test")).isTrue();
            assertThat(own.hsts().learned())
                    .extracting(HstsPolicy.Learned::host)
                    .containsExactly("a.test");
            assertThat(reason(Tunnels.decide(own, "www.a.test"))).contains(Reason.HSTS);
            assertThat(own.hsts().forget("A.test")).isTrue();
            Tunnels.inspect(own, "www.a.test");
        }
    }
}
