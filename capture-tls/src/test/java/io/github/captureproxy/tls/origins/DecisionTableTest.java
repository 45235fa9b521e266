package io.github.captureproxy.tls.origins;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.testkit.ClientContext;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TlsOrigin;
import io.github.captureproxy.tls.testkit.TlsRig;
import io.github.captureproxy.tls.testkit.TunnelClient;
import io.github.captureproxy.tls.testkit.Tunnels;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decision table, row by row, through a proxy with sockets on both sides. */
class DecisionTableTest {
    private static final ClientContext STRANGER =
            ClientContext.trusting(TlsRig.root().certificate());

    /** A tunnel in which the client's bytes have to reach the origin as they are. */
    private static Tunnel relayed(TlsRig rig, byte[] bytes) throws Exception {
        try (RawOrigin origin = new RawOrigin();
                TunnelClient client = rig.open("a.test", origin.port())) {
            client.send(bytes);
            try (RawSocket server = origin.accept()) {
                assertThat(server.readBytes(bytes.length)).isEqualTo(bytes);
                server.send("answer");
                assertThat(client.read(6)).isEqualTo("answer");
                client.close();
                assertThat(server.readToAnyEnd()).isEmpty();
            }
            return rig.tunnel();
        }
    }

    private static void passed(TlsRig rig, ClientContext context, String host, TlsOrigin origin, Reason reason)
            throws Exception {
        assertThat(rig.visit(context, host, origin.port())).isEqualTo("200 hello");
        assertThat(rig.tunnel().reason()).isEqualTo(reason);
    }

    @Test
    void row1AnOriginThatSpeaksFirstIsRelayed() throws Exception {
        try (TlsRig rig = new TlsRig();
                RawOrigin origin = new RawOrigin();
                TunnelClient client = rig.open("a.test", origin.port());
                RawSocket server = origin.accept()) {
            server.send("220 ready\r\n");
            assertThat(client.read(11)).isEqualTo("220 ready\r\n");
            server.close();
            client.close();
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.SERVER_SPEAKS_FIRST);
        }
    }

    @Test
    void row2PlainHttpIsCaptured() throws Exception {
        try (TlsRig rig = new TlsRig();
                RawOrigin origin = new RawOrigin();
                TunnelClient client = rig.open("a.test", origin.port())) {
            client.send("GET /x HTTP/1.1\r\nHost: a.test\r\n\r\n");
            try (RawSocket server = origin.accept()) {
                server.readHead();
                server.send("HTTP/1.1 204 No Content\r\n\r\n");
                client.read(27);
            }
            Exchange exchange = rig.exchange();
            assertThat(exchange.tunnelReason()).contains(Reason.PLAIN_HTTP);
            assertThat(exchange.request().url()).startsWith("http://");
            client.close();
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.PLAIN_HTTP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-x\r\n", "\u0016\u0003\u0001\u0000\u0004\u0002\u0000\u0000\u0000"})
    void row3WhatIsNoClientHelloIsRelayed(String bytes) throws Exception {
        try (TlsRig rig = new TlsRig()) {
            assertThat(relayed(rig, bytes.getBytes(ISO_8859_1)).reason()).isEqualTo(Reason.NOT_TLS);
        }
    }

    @Test
    void row4WithoutTheModuleTlsIsPassedThrough() throws Exception {
        TestCertificate certificate = TlsRig.certificate("a.test");
        try (CaptureProxy proxy = CaptureProxy.builder()
                        .port(0)
                        .resolver(host -> List.of(InetAddress.getLoopbackAddress()))
                        .start();
                TlsOrigin origin = new TlsOrigin(certificate.serverContext())) {
            try (TunnelClient client =
                    TunnelClient.open(proxy.address(), "a.test", origin.port()).secure(ClientContext.careless())) {
                assertThat(client.certificates()).isEqualTo(certificate.chain());
            }
            Tunnel tunnel = proxy.history().awaitTunnel(any -> true, Duration.ofSeconds(20));
            assertThat(tunnel.reason()).isEqualTo(Reason.NOT_CONFIGURED);
        }
    }

    @Test
    void row5ARuleOfTheProgramPassesThrough() throws Exception {
        try (TlsRig rig = new TlsRig(options -> options.passThroughHosts("a.test"))) {
            passed(rig, STRANGER, "a.test", rig.origin(TlsRig.certificate("a.test")), Reason.HOST_RULE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"my_host", "a.b."})
    void row6AServerNameThatTheJdkRefusesIsPassedThrough(String name) throws Exception {
        try (TlsRig rig = new TlsRig()) {
            Tunnel tunnel = relayed(rig, Tunnels.hello(name).record());
            assertThat(tunnel.reason()).isEqualTo(Reason.CLIENT_TLS_UNSUPPORTED);
            assertThat(tunnel.reasonDetail()).isNotEmpty();
        }
    }

    @Test
    void row6AHelloWithoutACommonSuiteIsPassedThrough() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            byte[] hello = Tunnels.hello("a.test").suites(0x00ff, 0xfefe).record();
            assertThat(relayed(rig, hello).reason()).isEqualTo(Reason.CLIENT_TLS_UNSUPPORTED);
        }
    }

    @Test
    void row7AlpnWithoutHttpIsPassedThrough() throws Exception {
        Consumer<SSLParameters> imap = parameters -> parameters.setApplicationProtocols(new String[] {"imap"});
        try (TlsRig rig = new TlsRig()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test"));
            try (TunnelClient client = rig.open("a.test", origin.port()).secure(STRANGER, "a.test", imap)) {
                assertThat(client.get("/")).isEqualTo("200 hello");
            }
            Tunnel tunnel = rig.tunnel();
            assertThat(tunnel.reason()).isEqualTo(Reason.NOT_HTTP);
            assertThat(tunnel.alpn()).containsExactly("imap");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void row8AClientThatRejectedANameIsPassedThroughThere(String version) throws Exception {
        try (TlsRig rig = new TlsRig()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test", "b.test"));
            rejects(rig, "a.test", origin, version);
            try (TunnelClient client = rig.open("a.test", origin.port()).secure(STRANGER, version)) {
                assertThat(client.get("/")).isEqualTo("200 hello");
            }
            Tunnel tunnel = rig.tunnel();
            assertThat(tunnel.reason()).isEqualTo(Reason.CLIENT_REJECTED_BEFORE);
            assertThat(tunnel.reasonDetail()).contains("certificate_unknown");
        }
    }

    /** A client meets a leaf that it does not trust, and says so by an alert. */
    private static void rejects(TlsRig rig, String host, TlsOrigin origin, String version) throws Exception {
        try (TunnelClient client = rig.open(host, origin.port())) {
            assertThat(catchThrowable(() -> client.secure(STRANGER, version))).hasMessageContaining("PKIX");
        }
        Tunnel tunnel = rig.tunnel();
        assertThat(tunnel.reason()).isEqualTo(Reason.INTERCEPTED);
        assertThat(tunnel.outcome().status()).isEqualTo(Outcome.Status.TLS_FAILED);
        TlsFailure failure = rig.failure();
        assertThat(failure.side()).isEqualTo(Outcome.Side.CLIENT);
        assertThat(failure.alert()).contains("certificate_unknown");
        assertThat(failure.problem()).contains("the client rejected the certificate for " + host);
        assertThat(failure.certificates()).first().isEqualTo("CN=" + host);
    }

    @Test
    void row9AClientThatRejectedTheAuthorityOnTwoNamesIsPassedThroughEverywhere() throws Exception {
        try (TlsRig rig = new TlsRig(options -> options.clientTrust(ClientTrust.LEARNED))) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test", "b.test", "c.test"));
            rejects(rig, "a.test", origin, "TLSv1.3");
            rejects(rig, "b.test", origin, "TLSv1.3");
            passedWith(rig, "c.test", origin, "TLSv1.3", Reason.CLIENT_DISTRUSTS);
            // Another client on the same machine is another client.
            passedWith(rig, ClientContext.careless(), "c.test", origin, "TLSv1.2", Reason.INTERCEPTED);
        }
    }

    private static void passedWith(TlsRig rig, String host, TlsOrigin origin, String version, Reason reason)
            throws Exception {
        passedWith(rig, STRANGER, host, origin, version, reason);
    }

    private static void passedWith(
            TlsRig rig, ClientContext context, String host, TlsOrigin origin, String version, Reason reason)
            throws Exception {
        try (TunnelClient client = rig.open(host, origin.port()).secure(context, version)) {
            assertThat(client.get("/")).isEqualTo("200 hello");
        }
        assertThat(rig.tunnel().reason()).isEqualTo(reason);
    }

    @Test
    void row10AnHstsHostIsPassedThroughForAClientNotKnownToTrust() throws Exception {
        try (TlsRig rig = new TlsRig(options -> options.clientTrust(ClientTrust.LEARNED))) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("x.dev"));
            passed(rig, STRANGER, "x.dev", origin, Reason.HSTS);
            assertThat(rig.failures()).isZero();
        }
    }

    @Test
    void rows11And12AndOf13AreOriginsThatCannotBeInspected() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            ClientContext client = ClientContext.careless();
            TlsOrigin wrong = rig.origin(TlsRig.certificate("b.test"));
            passed(rig, client, "a.test", wrong, Reason.ORIGIN_CERTIFICATE_INVALID);
            TlsOrigin asking = rig.closing(new TlsOrigin(
                    TlsRig.certificate("a.test").serverContext(), socket -> socket.setWantClientAuth(true)));
            passed(rig, client, "a.test", asking, Reason.CLIENT_CERTIFICATE_WANTED);
        }
    }

    @Test
    void row14AllElseIsIntercepted() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            ClientContext client = ClientContext.trusting(rig.tls().authority().certificate());
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test"));
            passed(rig, client, "a.test", origin, Reason.INTERCEPTED);
            Exchange exchange = rig.exchange();
            assertThat(exchange.tunnelReason()).contains(Reason.INTERCEPTED);
            assertThat(exchange.request().url()).isEqualTo("https://a.test:" + origin.port() + "/");
            assertThat(exchange.outcome().isSuccess()).isTrue();
        }
    }

    @Test
    void row14WhatIsNotHttpInsideIsRelayedDecrypted() throws Exception {
        TlsOrigin.Conversation echo =
                (origin, socket) -> socket.getInputStream().transferTo(socket.getOutputStream());
        try (TlsRig rig = new TlsRig();
                TlsOrigin origin = new TlsOrigin(TlsRig.certificate("a.test").serverContext(), socket -> {}, echo);
                TunnelClient client = rig.open("a.test", origin.port()).secure(ClientContext.careless())) {
            client.send("\u0000no HTTP\r\n");
            assertThat(client.read(10)).isEqualTo("\u0000no HTTP\r\n");
            client.close();
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED_NOT_HTTP);
        }
    }

    @Test
    void row14AnOriginThatSpeaksFirstInsideIsRelayedDecrypted() throws Exception {
        TlsOrigin.Conversation greeting = (origin, socket) -> {
            socket.getOutputStream().write("* OK ready\r\n".getBytes(ISO_8859_1));
            socket.getInputStream().transferTo(socket.getOutputStream());
        };
        try (TlsRig rig = new TlsRig();
                TlsOrigin origin = new TlsOrigin(TlsRig.certificate("a.test").serverContext(), socket -> {}, greeting);
                TunnelClient client = rig.open("a.test", origin.port()).secure(ClientContext.careless())) {
            assertThat(client.read(12)).isEqualTo("* OK ready\r\n");
            client.send("a1 NOOP\r\n");
            assertThat(client.read(9)).isEqualTo("a1 NOOP\r\n");
            client.close();
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED_NOT_HTTP);
        }
    }
}
