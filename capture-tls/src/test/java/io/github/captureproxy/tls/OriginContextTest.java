package io.github.captureproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.replay.Replay;
import io.github.captureproxy.replay.ReplayResult;
import io.github.captureproxy.tls.testkit.Handshake;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TestCertificate.Recipe;
import io.github.captureproxy.tls.testkit.TlsOrigin;
import io.github.captureproxy.tls.testkit.Tunnels;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that call origins themselves, with the proxy's own trust. */
class OriginContextTest {
    private static final int GREETING = '!';

    private static TestCertificate root;
    private static TestCertificate trusted;
    private static TestCertificate selfSigned;

    @BeforeAll
    static void makeCertificates() throws Exception {
        root = TestCertificate.root("Test Root");
        trusted = TestCertificate.leaf("localhost").make(root);
        selfSigned = TestCertificate.leaf("localhost").make(null);
    }

    private static TlsInterceptionBuilder builder() {
        return TlsInterception.builder()
                .authority(CertificateAuthority.ephemeral())
                .clientTrust(ClientTrust.ASSUMED)
                .upstreamTrust(List.of(root.certificate()));
    }

    private static String sha256(TestCertificate certificate) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(certificate.certificate().getEncoded()));
    }

    private static SSLSession session(SSLContext context, String host, TlsOrigin origin) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress("localhost", origin.port()));
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, host, origin.port(), false)) {
                socket.startHandshake();
                return socket.getSession();
            }
        }
    }

    @Test
    void aSocketIsJudgedAsTheProxyJudges() throws Exception {
        try (TlsInterception tls = builder().build();
                TlsOrigin good = new TlsOrigin(trusted.serverContext());
                TlsOrigin bad = new TlsOrigin(selfSigned.serverContext())) {
            SSLContext context = tls.originContext();
            assertThat(session(context, "localhost", good).getPeerCertificates())
                    .startsWith(trusted.certificate());
            assertThatThrownBy(() -> session(context, "other.test", good))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("is for localhost, not for other.test");
            assertThatThrownBy(() -> session(context, "localhost", bad))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("self-signed");

            tls.originCertificates().trust("localhost", sha256(selfSigned)); // later is early enough
            assertThat(session(context, "localhost", bad).isValid()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aCertificateThatIsTrustedNoMoreIsRefusedThoughItsSessionCouldBeResumed(String version) throws Exception {
        try (TlsInterception tls = builder().build();
                TlsOrigin origin = greeting(version)) {
            SSLContext context = tls.originContext();
            SSLSocketFactory sockets = context.getSocketFactory();
            assertRefused(sockets, origin);

            tls.originCertificates().trust("localhost", sha256(selfSigned));
            SSLSession first = greeted(sockets, origin);
            greeted(sockets, origin);
            assertThat(greeted(sockets, origin).getCreationTime()).as("resumed").isEqualTo(first.getCreationTime());

            tls.originCertificates().distrust("localhost");
            assertRefused(sockets, origin);
            assertRefused(context.getSocketFactory(), origin);
            assertThat(context.getClientSessionContext().getIds().hasMoreElements())
                    .isFalse();
        }
    }

    @Test
    void aHandshakeThatIsUnderWayLeavesNoSessionBehindThatOutlivesItsTrust() throws Exception {
        try (TlsInterception tls = builder().build();
                TlsOrigin origin = greeting("TLSv1.3")) {
            SSLSocketFactory sockets = tls.originContext().getSocketFactory();
            tls.originCertificates().trust("localhost", sha256(selfSigned));
            try (SSLSocket socket = (SSLSocket) sockets.createSocket("localhost", origin.port())) {
                socket.startHandshake();
                tls.originCertificates().distrust("localhost");
                assertThat(socket.getInputStream().read()).isEqualTo(GREETING); // the tickets come before it
            }
            assertRefused(sockets, origin);
        }
    }

    @Test
    void itsSessionsAreKeptAsItWasToldThoughACertificateIsTrustedNoMore() throws Exception {
        try (TlsInterception tls = builder().build()) {
            SSLContext context = tls.originContext();
            context.getClientSessionContext().setSessionCacheSize(3);
            context.getClientSessionContext().setSessionTimeout(7);
            tls.originCertificates().trust("localhost", sha256(selfSigned));
            tls.originCertificates().distrust("localhost");
            assertThat(context.getClientSessionContext().getSessionCacheSize()).isEqualTo(3);
            assertThat(context.getClientSessionContext().getSessionTimeout()).isEqualTo(7);
        }
    }

    /** An origin that nobody has signed for, which says one byte when the handshake and its tickets are done. */
    private static TlsOrigin greeting(String version) throws Exception {
        return new TlsOrigin(
                selfSigned.serverContext(),
                server -> server.setEnabledProtocols(new String[] {version}),
                (origin, socket) -> {
                    socket.getOutputStream().write(GREETING);
                    TlsOrigin.http(origin, socket);
                });
    }

    private static SSLSession greeted(SSLSocketFactory sockets, TlsOrigin origin) throws IOException {
        try (SSLSocket socket = (SSLSocket) sockets.createSocket("localhost", origin.port())) {
            assertThat(socket.getInputStream().read()).isEqualTo(GREETING);
            return socket.getSession();
        }
    }

    private static void assertRefused(SSLSocketFactory sockets, TlsOrigin origin) {
        assertThatThrownBy(() -> {
                    try (SSLSocket socket = (SSLSocket) sockets.createSocket("localhost", origin.port())) {
                        socket.startHandshake();
                    }
                })
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("self-signed");
    }

    @Test
    void anEngineWithoutAHostAcceptsNothing() throws Exception {
        try (TlsInterception tls = builder().build()) {
            var engine = tls.originContext().createSSLEngine();
            engine.setUseClientMode(true);
            Handshake handshake = new Handshake(engine, Tunnels.origin(trusted.serverContext())).run();
            assertThat(handshake.client().failure()).hasMessageContaining("no host is known");
        }
    }

    @Test
    void aSocketShowsTheClientCertificateThatIsConfigured() throws Exception {
        TestCertificate own = new Recipe().subject("CN=me").make(root);
        try (TlsInterception tls = builder()
                        .clientCertificate("localhost", own.key(), own.certificate())
                        .build();
                TlsOrigin origin =
                        new TlsOrigin(trusted.serverContext(root), server -> server.setWantClientAuth(true))) {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(tls.originContext()).build();
            URI uri = URI.create("https://localhost:" + origin.port() + "/");
            assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(session(tls.originContext(), "localhost", origin).getLocalCertificates())
                    .containsExactly(own.certificate());
            assertThat(origin.peers().get(0).certificates()).containsExactly(own.certificate());
        }
    }

    @Test
    void aReplayTrustsWhomTheProxyTrusted() throws Exception {
        try (TlsInterception tls = builder().build();
                TlsOrigin origin = new TlsOrigin(trusted.serverContext());
                CaptureProxy proxy = CaptureProxy.builder().port(0).tls(tls).start()) {
            HttpClient client = HttpClient.newBuilder()
                    .proxy(proxy.proxySelector())
                    .sslContext(tls.authority().trust().sslContext())
                    .build();
            URI uri = URI.create("https://localhost:" + origin.port() + "/again");
            client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            Exchange exchange =
                    proxy.history().single(each -> each.request().path().equals("/again"));

            assertThat(Replay.toOrigins().run(exchange).replayed().flatMap(Exchange::response))
                    .as("without it")
                    .hasValueSatisfying(
                            response -> assertThat(response.status()).isEqualTo(502));
            ReplayResult result = Replay.toOrigins().tls(tls.originContext()).run(exchange);
            assertThat(result.comparison().isSame()).as(result.toString()).isTrue();
        }
    }
}
