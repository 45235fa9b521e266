package io.github.captureproxy.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.TestTls;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client says first in a tunnel that may be looked into, however it arrives, reaches the origin byte for byte */
class InterceptedHelloTest {
    private static TestTls tls;
    private TlsRig rig;

    @BeforeAll
    static void makeKey() throws Exception {
        tls = TestTls.create();
    }

    @BeforeEach
    void start() throws Exception {
        rig = new TlsRig(tls);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    static Stream<Arguments> splits() throws Exception {
        byte[] plain = TlsHello.of(TlsRig.NAME).bytes();
        byte[] records = TlsHello.of(TlsRig.NAME).inRecordsOf(100);
        byte[] large = TlsHello.of(TlsRig.NAME).with(PADDING, 17_500).bytes();
        return Stream.of(
                Arguments.of("a plain hello", plain, new int[] {}),
                Arguments.of("one that stops within its first byte's header", plain, new int[] {1}),
                Arguments.of("one in two behind the record's header", plain, new int[] {5}),
                Arguments.of("one in two behind the message's type", plain, new int[] {6}),
                Arguments.of("one in two behind its random", plain, new int[] {43}),
                Arguments.of("one without its last byte", plain, new int[] {plain.length - 1}),
                Arguments.of("one in small pieces", plain, new int[] {1, 2, 3, 4, 5, 6, 9, 11, 43, 44, 76, 100, 200}),
                Arguments.of("one in many records", records, new int[] {}),
                Arguments.of("one in two within a record of many", records, new int[] {210}),
                Arguments.of("one of more than a record", large, new int[] {}),
                Arguments.of("one of more than a record, in pieces", large, new int[] {8_192, 16_384, 16_389, 16_390}));
    }

    private static final int PADDING = 21;

    @ParameterizedTest(name = "{0}")
    @MethodSource("splits")
    void isRelayedWhereTheOriginIsRefused(String name, byte[] hello, int[] cuts) throws Exception {
        rig.interceptor.originRefusal = Optional.of(Reason.ORIGIN_CERTIFICATE_INVALID);
        Future<RawSocket> trial = rig.serving();
        RawSocket client = rig.tunnel();
        sendInPieces(client, hello, cuts);
        rig.taken(trial);
        RawSocket server = rig.tunnels.accept();
        assertThat(server.readBytes(hello.length)).isEqualTo(hello);
        server.send("answer");
        assertThat(client.read(6)).isEqualTo("answer");
        assertEnds(client, server, Reason.ORIGIN_CERTIFICATE_INVALID, hello.length);
    }

    private void sendInPieces(RawSocket client, byte[] hello, int... cuts) throws IOException {
        int from = 0;
        for (int cut : cuts) {
            client.send(Arrays.copyOfRange(hello, from, cut));
            rig.letProxyRead();
            from = cut;
        }
        client.send(Arrays.copyOfRange(hello, from, hello.length));
    }

    private void assertEnds(RawSocket client, RawSocket server, Reason reason, int sent) throws Exception {
        client.halfClose();
        assertThat(server.readToEnd()).isEmpty();
        server.close();
        assertThat(client.readToEnd()).isEmpty();
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.reason()).isEqualTo(reason);
        assertThat(tunnel.bytesSent()).isEqualTo(sent);
        assertThat(tunnel.outcome().status()).isEqualTo(Status.COMPLETED);
    }

    static Stream<Arguments> garbage() {
        byte[] zeros = new byte[16_384 + 5];
        byte[] likeTls = zeros.clone();
        System.arraycopy(new byte[] {22, 3, 1, 0x40, 0, 1, 0, 0x3f, (byte) 0xfc, 3, 3}, 0, likeTls, 0, 11);
        Arrays.fill(likeTls, 43, likeTls.length, (byte) 0xa5);
        byte[] tooLong = likeTls.clone();
        tooLong[6] = 1;
        byte[] ssl2 = new byte[48];
        System.arraycopy(new byte[] {(byte) 0x80, 0x2e, 1, 3, 1, 0, 0x15, 0, 0, 0, 0x10}, 0, ssl2, 0, 11);
        return Stream.of(
                Arguments.of("a hello of SSL 2's kind", ssl2),
                Arguments.of("16 KiB that begin as TLS does", likeTls),
                Arguments.of("a hello that says it is too long", tooLong),
                Arguments.of("16 KiB of nothing", zeros),
                Arguments.of("an alert", new byte[] {21, 3, 1, 0, 2, 2, 40}),
                Arguments.of("TLS data without a hello", new byte[] {23, 3, 3, 0, 3, 1, 2, 3}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("garbage")
    void isRelayedWhereItIsNoHello(String name, byte[] bytes) throws Exception {
        RawSocket client = rig.tunnel();
        RawSocket server = rig.tunnels.accept();
        client.send(bytes);
        assertThat(server.readBytes(bytes.length)).isEqualTo(bytes);
        server.send("answer");
        assertThat(client.read(6)).isEqualTo("answer");
        assertEnds(client, server, Reason.NOT_TLS, bytes.length);
    }

    @Test
    void isRelayedWhereItEndsWithinTheHello() throws Exception {
        byte[] half = Arrays.copyOf(TlsHello.of(TlsRig.NAME).bytes(), 120);
        RawSocket client = rig.tunnel();
        RawSocket server = rig.tunnels.accept();
        client.send(half);
        rig.letProxyRead();
        client.halfClose();
        assertThat(server.readToEnd().getBytes(ISO_8859_1)).isEqualTo(half);
        server.close();
        assertThat(client.readToEnd()).isEmpty();
        assertThat(rig.ended().reason()).isEqualTo(Reason.NOT_TLS);
    }
}
