package io.github.captureproxy.examples.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.exchange.BodySource;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** What is packed is the same when it is read again, whichever version packed it. */
class PackedTest {
    /** Which dictionary it was, by RFC 1950 section 2.2; another one would make all that was written unreadable. */
    private static final int DICTIONARY = 0xadfad73b;

    /** The end of the last block and a checksum: a reader of one line never gets there. */
    private static final int END = 6;

    private final Packer packer = new Packer();

    @Test
    void exchangesAndTunnelsTakeTurns() throws IOException {
        for (int id = 1; id < 10; id++) {
            byte[] exchange = packer.pack(Stored.exchange(id));
            byte[] tunnel = packer.pack(Stored.tunnel(id, Tunnel.Reason.HSTS));

            assertThat(HistoryStoreTest.line(Unpacked.exchange(exchange, id)))
                    .isEqualTo(HistoryStoreTest.line(Stored.exchange(id)));
            assertThat(Unpacked.tunnel(tunnel, id)).isEqualTo(Stored.tunnel(id, Tunnel.Reason.HSTS));
        }
    }

    @Test
    void theDictionaryStaysAsItIs() throws IOException {
        byte[] packed = packer.pack(Stored.exchange(1));

        assertThat(ByteBuffer.wrap(packed).getInt(2)).isEqualTo(DICTIONARY);
    }

    @Test
    void aShortExchangeTakesHalfTheRoom() throws IOException {
        byte[] plain = deflated(HistoryStoreTest.line(Stored.exchange(1)));

        assertThat(packer.pack(Stored.exchange(1)).length).isLessThan(plain.length / 2);
    }

    @Test
    void whatWasPackedWithoutADictionaryIsReadTooAndNeedsNone() throws IOException {
        byte[] packed = deflated(HistoryStoreTest.line(Stored.exchange(7)));

        assertThat(Unpacked.exchange(packed, 7).request().url()).isEqualTo("https://shop.example:8443/orders/7?page=1");
    }

    @Test
    void anOldTunnelIsReadToo() throws IOException {
        Tunnel tunnel = Stored.tunnel(7, Tunnel.Reason.HSTS);
        byte[] packed = deflated(new String(TunnelJson.write(tunnel), StandardCharsets.UTF_8));

        assertThat(Unpacked.tunnel(packed, 7)).isEqualTo(tunnel);
    }

    @Test
    void longAndShortOnesTakeTurns() throws IOException {
        for (int size = 1; size < 300_000; size = 7 * size + 1) {
            Exchange exchange = Stored.exchange(size, "/long", "0123456789".repeat(size / 10 + 1));
            byte[] packed = packer.pack(exchange);

            assertThat(HistoryStoreTest.line(Unpacked.exchange(packed, 1))).isEqualTo(HistoryStoreTest.line(exchange));
        }
    }

    @Test
    void whatIsBrokenOffLeavesNothingInTheNext() throws IOException {
        Exchange whole = Stored.exchange(1);
        BodySource failing = new BodySource() {
            @Override
            public InputStream open() {
                throw new IllegalStateException("in the middle of a line");
            }

            @Override
            public long length() {
                return 5;
            }
        };
        CapturedResponse response = whole.response().orElseThrow();
        Exchange broken = whole.toBuilder()
                .response(response.withBody(
                        CapturedBody.of(failing, 5, true, null, response.headers()), response.trailers()))
                .build();

        assertThatThrownBy(() -> packer.pack(broken)).hasMessage("in the middle of a line");

        assertThat(HistoryStoreTest.line(Unpacked.exchange(packer.pack(whole), 1)))
                .isEqualTo(HistoryStoreTest.line(whole));
    }

    @Test
    void whatIsNoneOfThisVersionsIsToldOf() throws IOException {
        byte[] none = deflated("{}");
        byte[] later =
                deflated(new String(TunnelJson.write(Stored.tunnel(7, Tunnel.Reason.HSTS)), StandardCharsets.UTF_8)
                        .replace("\"HSTS\"", "\"OF_A_LATER_VERSION\""));

        assertThatThrownBy(() -> Unpacked.exchange(none, 5))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("exchange 5");
        assertThatThrownBy(() -> Unpacked.tunnel(later, 6))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("tunnel 6", "OF_A_LATER_VERSION");
    }

    @Test
    void brokenBytesAreToldOf() throws IOException {
        byte[] packed = packer.pack(Stored.exchange(1));
        byte[] otherDictionary = packed.clone();
        otherDictionary[2]++;

        assertThatThrownBy(() -> Unpacked.exchange(otherDictionary, 5))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("exchange 5", "dictionary that this version doesn't have");
        for (int length = 0; length < packed.length - END; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatThrownBy(() -> Unpacked.exchange(cut, 5))
                    .as("%d bytes", length)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("exchange 5");
        }
    }

    private static byte[] deflated(String line) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(packed)) {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
