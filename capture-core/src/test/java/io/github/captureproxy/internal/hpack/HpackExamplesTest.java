package io.github.captureproxy.internal.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 7541, Appendix C. */
class HpackExamplesTest {

    private static final String HOST = ":authority: www.example.com";
    private static final String NO_CACHE = "cache-control: no-cache";
    private static final String CUSTOM = "custom-key: custom-value";

    private static final String DATE_21 = "date: Mon, 21 Oct 2013 20:13:21 GMT";
    private static final String DATE_22 = "date: Mon, 21 Oct 2013 20:13:22 GMT";
    private static final String PRIVATE = "cache-control: private";
    private static final String LOCATION = "location: https://www.example.com";
    private static final String GZIP = "content-encoding: gzip";
    private static final String COOKIE = "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1";

    private final HpackDecoder decoder = new HpackDecoder(4096);

    /** C.1, as the lengths of names that consist of zeros, with a prefix of 7 bits. */
    @ParameterizedTest
    @CsvSource({"10, 0a", "1337, 7fba09", "126, 7e", "127, 7f00", "254, 7f7f", "255, 7f8001"})
    void readsAndWritesIntegers(int value, String hex) throws HpackException {
        String zeros = "00".repeat(value);
        assertThat(HpackTranscript.decode(decoder, "00" + hex + zeros + "00"))
                .containsExactly("\0".repeat(value) + ": ");
        assertThat(HpackTranscript.encodeToHex(new HpackEncoder(0), "\0".repeat(value) + ": "))
                .isEqualTo("20" + "00" + hex + zeros + "00");
    }

    @ParameterizedTest
    @CsvSource({"5, 10, 0a", "5, 1337, 1f9a0a", "8, 42, 2a"})
    void c1IntegersAreWrittenBehindPrefixesOfAllSizes(int prefixBits, int value, String hex) {
        BlockWriter out = new BlockWriter();
        out.integer(0, prefixBits, value);
        byte[] bytes = HpackTranscript.bytes(hex);
        assertThat(out.bytes()).startsWith(bytes);
        assertThat(out.length()).isEqualTo(bytes.length);
    }

    @Test
    void c21LiteralWithIndexing() throws HpackException {
        assertDecodes("400a637573746f6d2d6b65790d637573746f6d2d686561646572", "custom-key: custom-header");
        assertTable(55, "custom-key: custom-header");
    }

    @Test
    void c22LiteralWithoutIndexing() throws HpackException {
        assertDecodes("040c2f73616d706c652f70617468", ":path: /sample/path");
        assertTable(0);
    }

    @Test
    void c23LiteralNeverIndexed() throws HpackException {
        assertDecodes("100870617373776f726406736563726574", HpackTranscript.neverIndexed("password: secret"));
        assertTable(0);
    }

    @Test
    void c24Indexed() throws HpackException {
        assertDecodes("82", ":method: GET");
        assertTable(0);
    }

    @Test
    void c3Requests() throws HpackException {
        assertThreeRequests(
                "828684410f7777772e6578616d706c652e636f6d",
                "828684be58086e6f2d6361636865",
                "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565");
    }

    @Test
    void c4RequestsInHuffmanCode() throws HpackException {
        assertThreeRequests(
                "828684418cf1e3c2e5f23a6ba0ab90f4ff",
                "828684be5886a8eb10649cbf",
                "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf");
    }

    private void assertThreeRequests(String first, String second, String third) throws HpackException {
        assertDecodes(first, ":method: GET", ":scheme: http", ":path: /", HOST);
        assertTable(57, HOST);
        assertDecodes(second, ":method: GET", ":scheme: http", ":path: /", HOST, NO_CACHE);
        assertTable(110, NO_CACHE, HOST);
        assertDecodes(third, ":method: GET", ":scheme: https", ":path: /index.html", HOST, CUSTOM);
        assertTable(164, CUSTOM, NO_CACHE, HOST);
    }

    @Test
    void c4RequestsAreEncodedLikeThat() {
        HpackEncoder encoder = new HpackEncoder(4096);
        assertThat(HpackTranscript.encodeToHex(encoder, ":method: GET", ":scheme: http", ":path: /", HOST))
                .isEqualTo("828684418cf1e3c2e5f23a6ba0ab90f4ff");
        assertThat(HpackTranscript.encodeToHex(encoder, ":method: GET", ":scheme: http", ":path: /", HOST, NO_CACHE))
                .isEqualTo("828684be5886a8eb10649cbf");
        assertThat(HpackTranscript.encodeToHex(
                        encoder, ":method: GET", ":scheme: https", ":path: /index.html", HOST, CUSTOM))
                .isEqualTo("828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf");
        assertThat(HpackTranscript.entries(encoder.table())).containsExactly(CUSTOM, NO_CACHE, HOST);
    }

    @Test
    void c5ResponsesThatEvict() throws HpackException {
        assertThreeResponses(
                "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e1768"
                        + "747470733a2f2f7777772e6578616d706c652e636f6d",
                "4803333037c1c0bf",
                "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d4153"
                        + "444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076657273"
                        + "696f6e3d31");
    }

    @Test
    void c6ResponsesThatEvictInHuffmanCode() throws HpackException {
        assertThreeResponses(
                "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8"
                        + "e9ae82ae43d3",
                "4883640effc1c0bf",
                "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b"
                        + "3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007");
    }

    private void assertThreeResponses(String first, String second, String third) throws HpackException {
        // The examples take a table of 256 bytes for agreed.
        assertDecodes("3fe101");
        assertDecodes(first, ":status: 302", PRIVATE, DATE_21, LOCATION);
        assertTable(222, LOCATION, DATE_21, PRIVATE, ":status: 302");
        assertDecodes(second, ":status: 307", PRIVATE, DATE_21, LOCATION);
        assertTable(222, ":status: 307", LOCATION, DATE_21, PRIVATE);
        assertDecodes(third, ":status: 200", PRIVATE, DATE_22, LOCATION, GZIP, COOKIE);
        assertTable(215, COOKIE, GZIP, DATE_22);
    }

    private void assertDecodes(String hex, String... lines) throws HpackException {
        assertThat(HpackTranscript.decode(decoder, hex)).containsExactly(lines);
    }

    private void assertTable(int size, String... entries) {
        assertThat(HpackTranscript.entries(decoder.table())).isEqualTo(List.of(entries));
        assertThat(decoder.table().size()).isEqualTo(size);
    }
}
