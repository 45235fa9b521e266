package io.github.captureproxy.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A TLS hello in a tunnel reaches the target byte for byte, and is read for the record on the way. */
class TunnelTlsTest {
    private static final int GREASE = 0x0a0a;
    private static final int PADDING = 21;

    private TunnelRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new TunnelRig();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    static Stream<Arguments> hellos() throws Exception {
        TlsHello plain = TlsHello.of("name.test", "h2", "http/1.1");
        TlsHello large = plain.with(PADDING, 1_800).with(GREASE, 1);
        return Stream.of(
                Arguments.of("plain", plain.bytes()),
                Arguments.of("of post-quantum size, with GREASE", large.bytes()),
                Arguments.of("in records of 100 bytes", large.inRecordsOf(100)),
                Arguments.of("larger than a record", plain.with(PADDING, 20_000).bytes()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hellos")
    void recordsWhatTheHelloAsksFor(String name, byte[] hello) throws Exception {
        assertRecorded(hello, hello.length);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hellos")
    void recordsAHelloThatComesInSeveralSegments(String name, byte[] hello) throws Exception {
        assertRecorded(hello, 300);
    }

    private void assertRecorded(byte[] hello, int segment) throws Exception {
        TunnelRig.Ends ends = rig.open();
        for (int from = 0; from < hello.length; from += segment) {
            int length = Math.min(segment, hello.length - from);
            ends.client().socket().getOutputStream().write(hello, from, length);
        }
        assertThat(ends.server().read(hello.length)).isEqualTo(new String(hello, ISO_8859_1));
        ends.server().send("\u0015\u0003\u0003\u0000\u0002\u0002\u0028").close();
        assertThat(ends.client().readToEnd()).hasSize(7);
        ends.client().close();
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.reason()).isEqualTo(Reason.NOT_CONFIGURED);
        assertThat(tunnel.serverName()).contains("name.test");
        assertThat(tunnel.alpn()).containsExactly("h2", "http/1.1");
        assertThat(tunnel.fingerprint())
                .hasValueSatisfying(ja4 -> assertThat(ja4).matches("t13d[0-9]{4}h2_[0-9a-f]{12}_[0-9a-f]{12}"));
        assertThat(tunnel.bytesSent()).isEqualTo(hello.length);
        assertThat(tunnel.bytesReceived()).isEqualTo(7);
    }

    @Test
    void relaysAHelloThatStopsHalfway() throws Exception {
        byte[] hello = TlsHello.of("name.test").bytes();
        TunnelRig.Ends ends = rig.open();
        ends.client().socket().getOutputStream().write(hello, 0, 100);
        assertThat(ends.server().read(100)).isEqualTo(new String(hello, 0, 100, ISO_8859_1));
        ends.client().close();
        ends.server().close();
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.reason()).isEqualTo(Reason.NOT_CONFIGURED);
        assertThat(tunnel.serverName()).isEmpty();
        assertThat(tunnel.fingerprint()).isEmpty();
    }

    @Test
    void takesARecordThatOnlyResemblesTlsForSomethingElse() throws Exception {
        String bytes = "\u0016\u0003\u0001\u0000\u0005\u0002hello";
        TunnelRig.Ends ends = rig.open();
        ends.client().send(bytes);
        assertThat(ends.server().read(bytes.length())).isEqualTo(bytes);
        ends.client().close();
        ends.server().close();
        assertThat(rig.ended().reason()).isEqualTo(Reason.NOT_TLS);
    }
}
