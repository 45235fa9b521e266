package io.github.captureproxy.tls.origins;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.TlsFailure.Phase;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.tls.testkit.TlsRig;
import io.github.captureproxy.tls.testkit.TunnelClient;
import io.github.captureproxy.tls.testkit.Tunnels;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Origins whose handshake fails before a certificate: the client's own hello reaches them, and their answer it. */
class BrokenOriginTest {
    private static final String HOST = "a.test";
    private static final int RECORD_HEAD = 5;

    /** A ServerHello of TLS 1.0, with TLS_RSA_WITH_AES_128_CBC_SHA (RFC 2246 section 7.4.1.3). */
    private static final byte[] TLS_1_0 =
            HexFormat.of().parseHex("160301002a" + "02000026" + "0301" + "00".repeat(32) + "00" + "c013" + "00");

    private static final byte[] PROTOCOL_VERSION_ALERT = HexFormat.of().parseHex("15030100020246");

    private final RawOrigin origin;
    private final byte[] hello = Tunnels.hello(HOST).record();

    BrokenOriginTest() throws IOException {
        origin = new RawOrigin();
    }

    @AfterEach
    void close() throws IOException {
        origin.close();
    }

    /** What an origin does with a handshake that it has read the hello of. */
    private interface Behaviour {
        void end(RawSocket socket) throws IOException;
    }

    private Tunnel passedAfterTrial(TlsRig rig, Behaviour trial, Behaviour real, String answer) throws Exception {
        try (TunnelClient client = rig.open(HOST, origin.port()).send(hello)) {
            try (RawSocket first = origin.accept()) {
                hello(first);
                trial.end(first);
            }
            try (RawSocket second = origin.accept()) {
                assertThat(second.readBytes(hello.length)).isEqualTo(hello);
                real.end(second);
            }
            assertThat(new String(client.in().readAllBytes(), ISO_8859_1)).isEqualTo(answer);
        }
        return rig.tunnel();
    }

    /** Reads the proxy's own hello. */
    private static void hello(RawSocket socket) throws IOException {
        byte[] head = socket.readBytes(RECORD_HEAD);
        assertThat(head[0]).isEqualTo((byte) 22);
        socket.readBytes(Byte.toUnsignedInt(head[3]) << 8 | Byte.toUnsignedInt(head[4]));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static void failed(Tunnel tunnel, TlsFailure failure, String words) {
        assertThat(tunnel.reason()).isEqualTo(Reason.ORIGIN_TLS_FAILED);
        assertThat(tunnel.reasonDetail()).contains(words);
        assertThat(tunnel.outcome().isSuccess()).isTrue();
        assertThat(failure.side()).isEqualTo(Outcome.Side.ORIGIN);
        assertThat(failure.phase()).isEqualTo(Phase.NEGOTIATION);
        assertThat(failure.certificates()).isEmpty();
        assertThat(failure.problem()).isEqualTo(tunnel.reasonDetail());
    }

    @Test
    void anOriginThatAnswersWithTls10IsPassedThrough() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            Behaviour old = socket -> socket.send(TLS_1_0);
            Tunnel tunnel = passedAfterTrial(
                    rig,
                    socket -> {
                        socket.send(TLS_1_0);
                        socket.readToAnyEnd();
                    },
                    old,
                    text(TLS_1_0));
            failed(tunnel, rig.failure(), "TLS10");
        }
    }

    @Test
    void anOriginThatRefusesAllVersionsByAnAlertIsPassedThrough() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            Behaviour refuse = socket -> socket.send(PROTOCOL_VERSION_ALERT);
            Tunnel tunnel = passedAfterTrial(rig, refuse, refuse, text(PROTOCOL_VERSION_ALERT));
            TlsFailure failure = rig.failure();
            failed(tunnel, failure, "it sent the alert protocol_version");
            assertThat(failure.alert()).contains("protocol_version");
        }
    }

    @Test
    void anOriginThatResetsTheHandshakeIsPassedThrough() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            Tunnel tunnel = passedAfterTrial(rig, RawSocket::reset, socket -> socket.send("bye"), "bye");
            failed(tunnel, rig.failure(), "the handshake with the origin failed: ");
        }
    }

    @Test
    void anOriginThatEndsTheHandshakeWithoutAWordIsPassedThrough() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            Tunnel tunnel = passedAfterTrial(rig, RawSocket::close, socket -> socket.send("bye"), "bye");
            failed(tunnel, rig.failure(), "the connection ended within the TLS handshake");
        }
    }

    @Test
    void anOriginThatSpeaksPlainHttpIsPassedThrough() throws Exception {
        String answer = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (TlsRig rig = new TlsRig()) {
            Tunnel tunnel = passedAfterTrial(rig, socket -> socket.send(answer), socket -> socket.send(answer), answer);
            failed(tunnel, rig.failure(), "the handshake with the origin failed: ");
        }
    }

    @Test
    void anOriginThatNeverAnswersIsPassedThroughOnceTheTimeToConnectIsUp() throws Exception {
        try (TlsRig rig = new TlsRig(options -> options, options -> options.connectTimeout(Duration.ofMillis(500)))) {
            Tunnel tunnel = passedAfterTrial(rig, RawSocket::readToAnyEnd, socket -> socket.send("at last"), "at last");
            failed(tunnel, rig.failure(), "took too long");
        }
    }

    @Test
    void aClientThatIsResetByItsOriginIsResetInTheTunnelAsWell() throws Exception {
        try (TlsRig rig = new TlsRig();
                RawSocket client = RawSocket.connect(rig.proxy().address())) {
            String authority = HOST + ":" + origin.port();
            client.send("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
            client.readHead();
            client.send(hello);
            for (int connection = 0; connection < 2; connection++) {
                RawSocket socket = origin.accept();
                hello(socket);
                socket.reset();
            }
            assertThat(client.endsByReset()).isTrue();
            Tunnel tunnel = rig.tunnel();
            assertThat(tunnel.reason()).isEqualTo(Reason.ORIGIN_TLS_FAILED);
            assertThat(tunnel.outcome().status()).isEqualTo(Outcome.Status.ORIGIN_ABORTED);
        }
    }

    @Test
    void anOriginThatIsGoneAfterTheTrialIsAFailureToConnect() throws Exception {
        try (TlsRig rig = new TlsRig();
                TunnelClient client = rig.open(HOST, origin.port()).send(hello)) {
            RawSocket first = origin.accept();
            hello(first);
            origin.close();
            first.close();
            assertThat(endsWithoutAnswer(client)).isTrue();
            Tunnel tunnel = rig.tunnel();
            assertThat(tunnel.reason()).isEqualTo(Reason.ORIGIN_TLS_FAILED);
            assertThat(tunnel.outcome().status()).isEqualTo(Outcome.Status.CONNECT_FAILED);
        }
    }

    private static boolean endsWithoutAnswer(TunnelClient client) {
        try {
            return client.in().read() < 0;
        } catch (IOException e) {
            return true; // a reset is an end as well
        }
    }
}
