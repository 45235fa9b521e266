package io.github.captureproxy.tls.internal.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.tls.internal.trust.TrustStores;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JDK's own client, with its check of chains (RFC 5280) and names, makes of leaves. */
class LeafHandshakeTest {
    private static final String LONG = "a".repeat(60) + "." + "b".repeat(60) + ".example.com";
    private static final String TLS_1_3 = "TLSv1.3";

    private static final AuthorityKeyPair AUTHORITY = make(KeySpec.EC_P256);
    private static final LeafIssuer ISSUER = new LeafIssuer(AUTHORITY, Clock.systemUTC());

    private static AuthorityKeyPair make(KeySpec key, String... domains) {
        return AuthorityMaker.make(
                new AuthorityTemplate(key, "Test", Duration.ofDays(30), List.of(domains)), Instant.now());
    }

    private static SSLContext trusting(AuthorityKeyPair authority) {
        return TrustStores.context(TrustStores.trustManager(TrustStores.store(authority.chain())));
    }

    private static SSLEngine handshake(LeafIssuer issuer, AuthorityKeyPair authority, String name, String protocol)
            throws Exception {
        Leaf leaf = issuer.issue(LeafName.of(name), LeafKind.EC);
        return EngineHandshake.run(EngineHandshake.server(leaf), trusting(authority), name, protocol);
    }

    static Stream<Arguments> cases() {
        return Stream.of("example.com", "xn--bcher-kva.example", LONG, "192.0.2.7", "2001:db8::1", "localhost")
                .flatMap(name -> Stream.of("TLSv1.2", TLS_1_3)
                        .flatMap(protocol ->
                                Stream.of(LeafKind.values()).map(kind -> Arguments.of(name, protocol, kind))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aClientThatTrustsTheAuthorityAcceptsTheLeaf(String name, String protocol, LeafKind kind) throws Exception {
        Leaf leaf = ISSUER.issue(LeafName.of(name), kind);
        SSLEngine client = EngineHandshake.run(EngineHandshake.server(leaf), trusting(AUTHORITY), name, protocol);
        assertThat(client.getSession().getProtocol()).isEqualTo(protocol);
        assertThat(client.getSession().getPeerCertificates())
                .containsExactly(leaf.chain().toArray(Certificate[]::new));
    }

    @ParameterizedTest
    @EnumSource(KeySpec.class)
    void everyKindOfAuthorityIsAccepted(KeySpec key) throws Exception {
        AuthorityKeyPair authority = make(key);
        LeafIssuer issuer = new LeafIssuer(authority, Clock.systemUTC());
        SSLEngine client = handshake(issuer, authority, "example.com", TLS_1_3);
        assertThat(client.getSession().getPeerCertificates()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void authoritiesMadeElsewhereAreAccepted(String curve) throws Exception {
        AuthorityKeyPair authority = TestAuthorities.curve(curve).make();
        LeafIssuer issuer = new LeafIssuer(authority, Clock.systemUTC());
        SSLEngine client = handshake(issuer, authority, "example.com", TLS_1_3);
        assertThat(client.getSession().getPeerCertificates()).hasSize(2);
    }

    @Test
    void anAuthorityWithoutAKeyIdentifierIsAccepted() throws Exception {
        AuthorityKeyPair authority =
                TestAuthorities.curve("secp256r1").subjectKey().make();
        LeafIssuer issuer = new LeafIssuer(authority, Clock.systemUTC());
        SSLEngine client = handshake(issuer, authority, "example.com", TLS_1_3);
        assertThat(client.getSession().getPeerCertificates()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"www.example.com", "com", "example.org", "192.0.2.7"})
    void noOtherNameIsAccepted(String other) throws Exception {
        SSLContext server = EngineHandshake.server(ISSUER.issue(LeafName.of("example.com"), LeafKind.EC));
        assertThatThrownBy(() -> EngineHandshake.run(server, trusting(AUTHORITY), other, TLS_1_3))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void aClientThatTrustsAnotherAuthorityRefuses() throws Exception {
        SSLContext server = EngineHandshake.server(ISSUER.issue(LeafName.of("example.com"), LeafKind.EC));
        SSLContext stranger = trusting(make(KeySpec.EC_P256));
        assertThatThrownBy(() -> EngineHandshake.run(server, stranger, "example.com", TLS_1_3))
                .isInstanceOf(SSLException.class);
    }

    /** The JDK takes no notice of constraints in an anchor; that others refuse what is outside, OpenSslTest shows. */
    @Test
    void aLeafWithinNameConstraintsIsAccepted() throws Exception {
        AuthorityKeyPair constrained = make(KeySpec.EC_P256, "example.com");
        LeafIssuer issuer = new LeafIssuer(constrained, Clock.systemUTC());
        SSLEngine client = handshake(issuer, constrained, "www.example.com", TLS_1_3);
        assertThat(client.getSession().getPeerCertificates()).hasSize(2);
    }
}
