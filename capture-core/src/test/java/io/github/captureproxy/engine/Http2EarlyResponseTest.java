package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * A response that ends before its request does (RFC 9113 section 8.1), with HTTP/2 on both sides: whether the rest of
 * the request is wanted is the origin's to say.
 */
class Http2EarlyResponseTest {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    /** POST, http, /, and the authority x. */
    private static final byte[] POST = HexFormat.of().parseHex("838684410178");

    /** The status 413. */
    private static final byte[] TOO_LARGE = HexFormat.of().parseHex("0803343133");

    private static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putShort((short) 0)
                .put((byte) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** The next frame on stream 1, in hex: type, flags and payload. */
    private static String next(RawSocket socket) throws IOException {
        while (true) {
            ByteBuffer head = ByteBuffer.wrap(socket.readBytes(9));
            int length = head.getShort() << 8 | head.get() & 0xff;
            String typeAndFlags = HexFormat.of().toHexDigits(head.getShort());
            int stream = head.getInt();
            String payload = HexFormat.of().formatHex(socket.readBytes(length));
            if (stream == 1) {
                return typeAndFlags + payload;
            }
        }
    }

    private static String hex(int type, int flags, String payload) {
        return HexFormat.of().toHexDigits((short) (type << 8 | flags)) + payload;
    }

    /** Has a request begin that does not end, and be answered. */
    private static TunnelRig.Ends answered(TunnelRig rig) throws IOException {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(PREFACE).send(frame(SETTINGS, 0, 0));
        ends.client().send(frame(HEADERS, END_HEADERS, 1, POST)).send(frame(DATA, 0, 1, (byte) 'a'));
        ends.server().send(frame(SETTINGS, 0, 0));
        assertThat(ends.server().read(PREFACE.length())).isEqualTo(PREFACE);
        assertThat(next(ends.server())).startsWith(hex(HEADERS, END_HEADERS, ""));
        assertThat(next(ends.server())).isEqualTo(hex(DATA, 0, "61"));
        ends.server().send(frame(HEADERS, END_HEADERS | END_STREAM, 1, TOO_LARGE));
        assertThat(next(ends.client())).startsWith(hex(HEADERS, END_HEADERS | END_STREAM, ""));
        return ends;
    }

    @Test
    void theRestOfTheRequestReachesAnOriginThatStillTakesIt() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            TunnelRig.Ends ends = answered(rig);

            ends.client().send(frame(DATA, END_STREAM, 1, (byte) 'b'));

            assertThat(next(ends.server())).isEqualTo(hex(DATA, END_STREAM, "62"));
            Exchange exchange = rig.proxy.history().single(ExchangeFilter.any());
            assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
            assertThat(exchange.response().orElseThrow().status()).isEqualTo(413);
        }
    }

    @Test
    void anOriginThatWantsNoMoreHasTheClientToldSo() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            TunnelRig.Ends ends = answered(rig);

            ends.server().send(frame(RST_STREAM, 0, 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0));

            assertThat(next(ends.client())).isEqualTo(hex(RST_STREAM, 0, "00000000"));
        }
    }
}
