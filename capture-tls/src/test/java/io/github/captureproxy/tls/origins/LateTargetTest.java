package io.github.captureproxy.tls.origins;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.InFlightExchange.WaitingFor;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.spi.UpstreamProxy;
import io.github.captureproxy.tls.HostChoices.Choice;
import io.github.captureproxy.tls.testkit.ClientContext;
import io.github.captureproxy.tls.testkit.TlsOrigin;
import io.github.captureproxy.tls.testkit.TlsRig;
import io.github.captureproxy.tls.testkit.TunnelClient;
import io.github.captureproxy.tls.testkit.TurningOrigin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tunnels that are opened without a connection to their target, as one is kept that leads there, and what becomes of
 * those in which something else is spoken than what can go over that. One worker, as each has its own pool.
 */
class LateTargetTest {
    private static final ClientContext CLIENT = ClientContext.careless();

    private static TlsRig rig() {
        return new TlsRig(options -> options, options -> options.ioThreads(1));
    }

    /** A first tunnel, whose connection to the origin is kept. */
    private static void visit(TlsRig rig, int port) throws Exception {
        assertThat(rig.visit(CLIENT, "a.test", port)).isEqualTo("200 hello");
        assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
        rig.exchange();
    }

    private static TurningOrigin turning(TlsRig rig, TurningOrigin.Conversation conversation) throws Exception {
        return rig.closing(new TurningOrigin(TlsRig.certificate("a.test").serverContext(), conversation));
    }

    @Test
    void whatIsInspectedNeedsNoOther() throws Exception {
        try (TlsRig rig = rig()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test"));
            visit(rig, origin.port());
            visit(rig, origin.port());
            visit(rig, origin.port());
            assertThat(origin.connections()).isEqualTo(1);
        }
    }

    @Test
    void neitherDoesItThroughAnUpstreamProxy() throws Exception {
        try (TlsRig upstream = new TlsRig(options -> options.passThroughHosts("*.test"))) {
            UpstreamProxy next = UpstreamProxy.of("127.0.0.1", upstream.proxy().port());
            try (TlsRig rig = new TlsRig(
                    options -> options, options -> options.ioThreads(1).upstream(target -> Optional.of(next)))) {
                TlsOrigin one = rig.origin(TlsRig.certificate("a.test"));
                TlsOrigin other = rig.origin(TlsRig.certificate("a.test"));
                visit(rig, one.port());
                visit(rig, other.port());
                visit(rig, one.port());
                visit(rig, other.port());
                assertThat(one.connections()).isEqualTo(1);
                assertThat(other.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void aClientThatLeavesWithoutAByteMakesNone() throws Exception {
        try (TlsRig rig = rig()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test"));
            visit(rig, origin.port());
            rig.open("a.test", origin.port()).close();
            Tunnel unused = rig.tunnel();
            assertThat(unused.reason()).isEqualTo(Reason.NOTHING_SENT);
            assertThat(unused.outcome().status()).isEqualTo(Status.COMPLETED);
            assertThat(unused.bytesSent()).isZero();
            assertThat(origin.connections()).isEqualTo(1);
        }
    }

    @Test
    void aTargetThatSpeaksFirstIsHeard() throws Exception {
        try (TlsRig rig = rig()) {
            TurningOrigin origin = turning(rig, socket -> {
                socket.getOutputStream().write("220 ready\r\n".getBytes(ISO_8859_1));
                socket.getOutputStream().write(socket.getInputStream().readNBytes(6));
            });
            visit(rig, origin.port());
            try (TunnelClient client = rig.open("a.test", origin.port())) {
                assertThat(client.read(11)).isEqualTo("220 ready\r\n");
                assertThat(client.send("HELO\r\n").read(6)).isEqualTo("HELO\r\n");
            }
            Tunnel tunnel = rig.tunnel();
            assertThat(tunnel.reason()).isEqualTo(Reason.SERVER_SPEAKS_FIRST);
            assertThat(tunnel.bytesReceived()).isEqualTo(17);
            assertThat(tunnel.bytesSent()).isEqualTo(6);
        }
    }

    @Test
    void soItIsWhereNothingLimitsTheSilence() throws Exception {
        try (TlsRig rig =
                new TlsRig(options -> options, options -> options.ioThreads(1).tunnelIdleTimeout(Duration.ZERO))) {
            TurningOrigin origin =
                    turning(rig, socket -> socket.getOutputStream().write("220 ready\r\n".getBytes(ISO_8859_1)));
            visit(rig, origin.port());
            try (TunnelClient client = rig.open("a.test", origin.port())) {
                assertThat(client.read(11)).isEqualTo("220 ready\r\n");
            }
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.SERVER_SPEAKS_FIRST);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHelloThatComesInOnePacketWithTheConnectIsAnswered(boolean whole) throws Exception {
        byte[] hello = hello();
        int first = whole ? hello.length : hello.length / 2;
        try (TlsRig rig = rig()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test"));
            visit(rig, origin.port());
            try (Socket socket = new Socket()) {
                socket.setSoTimeout(20_000);
                socket.connect(rig.proxy().address());
                String authority = "a.test:" + origin.port();
                ByteArrayOutputStream packet = new ByteArrayOutputStream();
                packet.writeBytes(
                        ("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n").getBytes(ISO_8859_1));
                packet.write(hello, 0, first);
                socket.getOutputStream().write(packet.toByteArray());
                assertThat(new String(socket.getInputStream().readNBytes(39), ISO_8859_1))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("\r\n\r\n");
                socket.getOutputStream().write(hello, first, hello.length - first);
                assertThat(socket.getInputStream().read()).isEqualTo(22); // a handshake record (RFC 8446 section 5.1)
            }
            Tunnel tunnel = rig.tunnel();
            assertThat(tunnel.reason()).isEqualTo(Reason.INTERCEPTED);
            assertThat(tunnel.bytesSent()).isEqualTo(hello.length);
            assertThat(origin.connections()).isEqualTo(1);
        }
    }

    private static byte[] hello() throws SSLException {
        SSLEngine engine = CLIENT.context().createSSLEngine("a.test", 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName("a.test")));
        engine.setSSLParameters(parameters);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }

    @Test
    void aClientThatTakesItsTimeIsInspectedAllTheSame() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        try (TlsRig rig = rig()) {
            TurningOrigin origin = turning(rig, socket -> {
                second.countDown();
                socket.getInputStream().read();
            });
            visit(rig, origin.port());
            TunnelClient client = rig.open("a.test", origin.port());
            assertThat(second.await(20, TimeUnit.SECONDS)).isTrue(); // silence made the connection
            assertThat(client.secure(CLIENT).get("/")).isEqualTo("200 hello"); // which is not the kept one
            client.close();
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
            assertThat(origin.connections()).isEqualTo(2);
        }
    }

    @Test
    void plainHttpGoesOverItsOwn() throws Exception {
        try (TlsRig rig = rig()) {
            TurningOrigin origin = turning(rig, LateTargetTest::answerPlainly);
            visit(rig, origin.port());
            try (TunnelClient client = rig.open("a.test", origin.port())) {
                assertThat(client.get("/plain")).isEqualTo("200 plain");
            }
            Exchange exchange = rig.exchange();
            assertThat(exchange.request().url()).isEqualTo("http://a.test:" + origin.port() + "/plain");
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.PLAIN_HTTP);
        }
    }

    private static void answerPlainly(Socket socket) throws IOException {
        byte[] request = new byte[4096];
        assertThat(socket.getInputStream().read(request)).isPositive();
        socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain".getBytes(ISO_8859_1));
    }

    @Test
    void http2WithoutTlsGoesOverItsOwn() throws Exception {
        byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
        CompletableFuture<String> preface = new CompletableFuture<>();
        try (TlsRig rig = rig()) {
            TurningOrigin origin = turning(rig, socket -> {
                preface.complete(new String(socket.getInputStream().readNBytes(24), ISO_8859_1));
                socket.getOutputStream().write(settings);
                socket.getInputStream().readAllBytes();
            });
            visit(rig, origin.port());
            try (TunnelClient client = rig.open("a.test", origin.port())) {
                client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").send(settings);
                assertThat(client.in().readNBytes(9)[3]).isEqualTo((byte) 4); // the proxy's settings
                assertThat(preface.get(20, TimeUnit.SECONDS)).isEqualTo("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            }
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.PLAIN_HTTP);
            assertThat(origin.connections()).isEqualTo(2);
        }
    }

    @Test
    void somethingElseGoesOverItsOwn() throws Exception {
        try (TlsRig rig = rig()) {
            TurningOrigin origin = turning(
                    rig,
                    socket -> socket.getOutputStream()
                            .write(socket.getInputStream().readNBytes(6)));
            visit(rig, origin.port());
            try (TunnelClient client = rig.open("a.test", origin.port())) {
                assertThat(client.send("\1\2\3\4\5\6").read(6)).isEqualTo("\1\2\3\4\5\6");
            }
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.NOT_TLS);
        }
    }

    @Test
    void whatAClientSaidBeforeItEndedItsStreamArrivesWithThatEnd() throws Exception {
        try (TlsRig rig = rig()) {
            TurningOrigin origin = turning(
                    rig,
                    socket -> socket.getOutputStream()
                            .write(socket.getInputStream().readAllBytes()));
            visit(rig, origin.port());
            try (TunnelClient client = rig.open("a.test", origin.port())) {
                client.send("GE").plain().shutdownOutput();
                assertThat(client.in().readAllBytes()).isEqualTo(new byte[] {'G', 'E'});
            }
            Tunnel tunnel = rig.tunnel();
            assertThat(tunnel.reason()).isEqualTo(Reason.NOT_TLS);
            assertThat(tunnel.outcome().status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void whatIsPassedThroughGetsItsOwn() throws Exception {
        try (TlsRig rig = rig()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test"));
            visit(rig, origin.port());
            rig.tls().hostChoices().set("a.test", Choice.PASS_THROUGH);
            assertThat(rig.visit(CLIENT, "a.test", origin.port())).isEqualTo("200 hello");
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.HOST_RULE);
            assertThat(origin.handshakes()).isEqualTo(2);
        }
    }

    @Test
    void whatIsForAnotherNameGetsItsOwn() throws Exception {
        try (TlsRig rig = rig()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test", "b.test"));
            visit(rig, origin.port());
            try (TunnelClient client = rig.open("a.test", origin.port()).secure(CLIENT, "b.test", parameters -> {})) {
                assertThat(client.get("/")).isEqualTo("200 hello");
            }
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
            assertThat(origin.handshakes()).isEqualTo(2);
        }
    }

    /** What a client does in a tunnel that was opened for nothing. */
    private enum Wish {
        SILENCE(client -> client),
        PLAIN_HTTP(client -> client.send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")),
        SOMETHING_ELSE(client -> client.send("\1\2\3\4\5\6")),
        ANOTHER_NAME(client -> client.secure(CLIENT, "b.test", parameters -> {}));

        private final Step step;

        Wish(Step step) {
            this.step = step;
        }

        private interface Step {
            TunnelClient take(TunnelClient client) throws IOException;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTargetThatCannotBeReachedAnyMoreEndsTheTunnel(Wish wish) throws Exception {
        AtomicBoolean known = new AtomicBoolean(true);
        try (TlsRig rig = resolving(host -> known.get())) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test", "b.test"));
            visit(rig, origin.port());
            known.set(false);
            visit(rig, origin.port()); // as long as it goes over the kept one, nobody needs the name
            TunnelClient client = rig.open("a.test", origin.port());
            assertThatThrownBy(() -> {
                        wish.step.take(client);
                        assertThat(client.in().read()).isNotNegative();
                    })
                    .isInstanceOfAny(IOException.class, AssertionError.class);
            Tunnel tunnel = rig.tunnel();
            assertThat(tunnel.reason()).isEqualTo(Reason.NOT_OPENED);
            assertThat(tunnel.outcome().status()).isEqualTo(Status.UNKNOWN_HOST);
            assertThat(tunnel.route()).isEqualTo(Route.NONE);
            assertThat(tunnel.bytesSent()).isZero();
            assertThat(rig.proxy().history().inFlight()).isEmpty();
        }
    }

    private static TlsRig resolving(Function<String, Boolean> known) {
        return new TlsRig(
                options -> options,
                options -> options.ioThreads(1).resolver(host -> {
                    if (!known.apply(host)) {
                        throw new UnknownHostException(host);
                    }
                    return List.of(InetAddress.getLoopbackAddress());
                }));
    }

    /** Names that are found at once, until they are made to take their time. */
    private static final class SlowNames implements Function<String, Boolean> {
        private final AtomicBoolean slow = new AtomicBoolean();
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch answer = new CountDownLatch(1);

        @Override
        public Boolean apply(String host) {
            if (slow.get()) {
                asked.countDown();
                await(answer);
            }
            return true;
        }

        /** A tunnel whose target is late, as its name is being looked up. */
        TunnelClient waiting(TlsRig rig, int port) throws Exception {
            visit(rig, port);
            slow.set(true);
            TunnelClient client = rig.open("a.test", port).send("\1\2\3\4\5\6");
            await(asked);
            return client;
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void aClientThatLeavesWhileItsTargetIsLateEndsTheTunnel() throws Exception {
        SlowNames names = new SlowNames();
        try (TlsRig rig = resolving(names)) {
            TlsOrigin origin = rig.origin(TlsRig.certificate("a.test"));
            TunnelClient client = names.waiting(rig, origin.port());
            InFlightExchange waiting = rig.proxy().history().inFlight().get(0);
            assertThat(waiting.waitingFor()).isEqualTo(WaitingFor.CONNECT);
            assertThat(waiting.tunnelReason()).isEmpty();
            client.plain().setSoLinger(true, 0);
            client.close();
            Tunnel tunnel = rig.tunnel();
            names.answer.countDown();
            assertThat(tunnel.reason()).isEqualTo(Reason.NOT_OPENED);
            assertThat(tunnel.outcome().status()).isEqualTo(Status.CLIENT_ABORTED);
            names.slow.set(false);
            visit(rig, origin.port());
            assertThat(origin.connections()).isEqualTo(1);
        }
    }

    @Test
    void theProxyCanBeClosedWhileATargetIsLate() throws Exception {
        SlowNames names = new SlowNames();
        try (TlsRig rig = resolving(names)) {
            names.waiting(rig, rig.origin(TlsRig.certificate("a.test")).port());
            rig.proxy().close();
            names.answer.countDown();
            assertThat(rig.tunnel().outcome().status()).isEqualTo(Status.PROXY_CLOSED);
        }
    }
}
