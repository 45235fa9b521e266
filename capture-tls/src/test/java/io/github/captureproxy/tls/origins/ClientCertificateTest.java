package io.github.captureproxy.tls.origins;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.TlsFailure.Phase;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.tls.TlsInterceptionBuilder;
import io.github.captureproxy.tls.testkit.ClientContext;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TestCertificate.Recipe;
import io.github.captureproxy.tls.testkit.TlsOrigin;
import io.github.captureproxy.tls.testkit.TlsRig;
import io.github.captureproxy.tls.testkit.TunnelClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Origins that want or need a certificate of their client. */
class ClientCertificateTest {
    private static final String HOST = "a.test";

    private static TestCertificate server;
    private static TestCertificate identity;

    @BeforeAll
    static void makeCertificates() throws Exception {
        server = TlsRig.certificate(HOST);
        identity = new Recipe().subject("CN=me").make(TlsRig.root());
    }

    /** An origin that trusts clients of the test's root, and asks them as told. */
    private static TlsOrigin origin(Consumer<SSLServerSocket> change, TlsOrigin.Conversation conversation)
            throws Exception {
        return new TlsOrigin(server.serverContext(TlsRig.root()), change, conversation);
    }

    private static TlsOrigin origin(String version, boolean needed) throws Exception {
        Consumer<SSLServerSocket> asking = socket -> {
            socket.setEnabledProtocols(new String[] {version});
            if (needed) {
                socket.setNeedClientAuth(true);
            } else {
                socket.setWantClientAuth(true);
            }
        };
        return origin(asking, TlsOrigin::http);
    }

    private static TlsInterceptionBuilder withIdentity(TlsInterceptionBuilder options) {
        return options.clientCertificate(HOST, identity.key(), identity.certificate());
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,true", "TLSv1.2,false", "TLSv1.3,true", "TLSv1.3,false"})
    void theRequestReachesAClientThatHasOne(String version, boolean needed) throws Exception {
        try (TlsRig rig = new TlsRig();
                TlsOrigin origin = origin(version, needed)) {
            assertThat(rig.visit(ClientContext.careless(identity), HOST, origin.port()))
                    .isEqualTo("200 hello");
            Tunnel tunnel = rig.tunnel();
            assertThat(tunnel.reason()).isEqualTo(Reason.CLIENT_CERTIFICATE_WANTED);
            assertThat(tunnel.reasonDetail()).contains("asks for a client certificate, and none is configured");
            assertThat(origin.peers()) // perhaps the proxy's own among them, before it or after
                    .extracting(TlsOrigin.Peer::certificates)
                    .contains(List.copyOf(identity.chain().subList(0, 2)));
            TlsFailure failure = rig.failure();
            assertThat(failure.side()).isEqualTo(Outcome.Side.ORIGIN);
            assertThat(failure.problem()).isEqualTo(tunnel.reasonDetail());
            assertThat(failure.phase()).isIn(Phase.CERTIFICATE, Phase.FINISHED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientWithoutOneMeetsAnOriginThatOnlyWantsOne(String version) throws Exception {
        try (TlsRig rig = new TlsRig();
                TlsOrigin origin = origin(version, false);
                TunnelClient client = rig.open(HOST, origin.port()).secure(ClientContext.careless())) {
            assertThat(client.certificates()).isEqualTo(server.chain());
            assertThat(client.get("/")).isEqualTo("200 hello");
            client.close();
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.CLIENT_CERTIFICATE_WANTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientWithoutOneFailsAtAnOriginThatNeedsOne(String version) throws Exception {
        try (TlsRig rig = new TlsRig();
                TlsOrigin origin = origin(version, true)) {
            assertThat(failure(rig.open(HOST, origin.port()))).isInstanceOf(IOException.class);
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.CLIENT_CERTIFICATE_WANTED);
            assertThat(origin.requests()).isEmpty();
        }
    }

    @Test
    void aClientWithoutOneIsToldWhatItWouldBeToldWithoutTheProxy() throws Exception {
        // Under TLS 1.2 the refusal may break a write of the client's before it is read.
        try (TlsRig rig = new TlsRig();
                TlsOrigin origin = origin("TLSv1.3", true)) {
            Throwable direct = failure(TunnelClient.direct(HOST, origin.port()));
            assertThat(direct).hasMessageContaining("Received fatal alert");
            assertThat(failure(rig.open(HOST, origin.port())))
                    .hasSameClassAs(direct)
                    .hasMessage(direct.getMessage());
        }
    }

    private static Throwable failure(TunnelClient client) throws IOException {
        try (client) {
            return catchThrowable(
                    () -> client.secure(ClientContext.careless()).in().read());
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,true", "TLSv1.2,false", "TLSv1.3,true", "TLSv1.3,false"})
    void oneThatIsConfiguredForTheHostIsShownAndTheTunnelInspected(String version, boolean needed) throws Exception {
        try (TlsRig rig = new TlsRig(ClientCertificateTest::withIdentity);
                TlsOrigin origin = origin(version, needed)) {
            assertThat(rig.visit(HOST, origin.port())).isEqualTo("200 hello");
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
            assertThat(rig.exchange().originTls().orElseThrow().certificates()).isEqualTo(server.chain());
            assertThat(origin.peers())
                    .singleElement()
                    .extracting(TlsOrigin.Peer::certificates)
                    .isEqualTo(List.of(identity.certificate()));
            assertThat(rig.failures()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void oneThatTheOriginDoesNotTakeCostsAtMostOneConnection(String version) throws Exception {
        TestCertificate stranger = new Recipe().subject("CN=stranger").make(TestCertificate.root("Other"));
        try (TlsRig rig =
                        new TlsRig(options -> options.clientCertificate(HOST, stranger.key(), stranger.certificate()));
                TlsOrigin origin = origin(version, true)) {
            boolean late = version.equals("TLSv1.3");
            assertThat(rig.visit(ClientContext.careless(identity), HOST, origin.port()))
                    .startsWith(late ? "502" : "200");
            Tunnel tunnel = rig.tunnel();
            assertThat(tunnel.reason()).isEqualTo(late ? Reason.INTERCEPTED : Reason.CLIENT_CERTIFICATE_WANTED);
            TlsFailure failure = rig.failure();
            assertThat(failure.problem()).contains("does not take the client certificate of CN=stranger");
            assertThat(failure.side()).isEqualTo(Outcome.Side.ORIGIN);
            assertThat(failure.phase()).isEqualTo(late ? Phase.ESTABLISHED : Phase.CERTIFICATE);
            assertThat(failure.alert()).isPresent();
            if (late) {
                assertThat(rig.exchange().outcome().detail()).isEqualTo(failure.problem());
            }

            assertThat(rig.visit(ClientContext.careless(identity), HOST, origin.port()))
                    .isEqualTo("200 hello");
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.CLIENT_CERTIFICATE_WANTED);
        }
    }

    @Test
    void anOriginThatNegotiatesAnewForOneCostsOneConnectionAndIsLeftAloneThen() throws Exception {
        TlsOrigin.Conversation anew = (origin, socket) -> {
            byte[] request = new byte[1];
            int count = socket.getInputStream().read(request);
            assertThat(count).isEqualTo(1);
            socket.setNeedClientAuth(true);
            socket.startHandshake();
            answer(socket);
        };
        try (TlsRig rig = new TlsRig();
                TlsOrigin origin = origin(socket -> socket.setEnabledProtocols(new String[] {"TLSv1.2"}), anew)) {
            assertThat(rig.visit(ClientContext.careless(identity), HOST, origin.port()))
                    .startsWith("502");
            Exchange exchange = rig.exchange();
            assertThat(exchange.tunnelReason()).contains(Reason.INTERCEPTED);
            assertThat(exchange.outcome().isSuccess()).isFalse();
            assertThat(exchange.outcome().detail()).contains("negotiates anew");
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
            assertThat(rig.failure().problem()).contains("negotiates anew");

            assertThat(rig.visit(ClientContext.careless(identity), HOST, origin.port()))
                    .isEqualTo("200 hello");
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.CLIENT_CERTIFICATE_WANTED);
            rig.clock().advance(Duration.ofHours(25));
            rig.open(HOST, origin.port())
                    .secure(ClientContext.careless(identity))
                    .close();
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
        }
    }

    private static void answer(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".getBytes(ISO_8859_1));
    }
}
