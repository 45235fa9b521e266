package io.github.captureproxy.internal.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HpackEncoderTest {

    private final HpackEncoder encoder = new HpackEncoder(4096);

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":authority: example.com",
                ":status: 201",
                "user-agent: x",
                "accept: */*",
                "cookie: session=0123456789abcdef",
                "x-anything: y",
                "empty: ",
                ": ",
            })
    void whatComesAgainGoesIntoTheTable(String line) {
        HpackTranscript.encodeToHex(encoder, line);
        assertThat(HpackTranscript.entries(encoder.table())).containsExactly(line);
        assertThat(HpackTranscript.encodeToHex(encoder, line)).isEqualTo("be");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":path: /a",
                "content-length: 5",
                "date: Mon, 21 Oct 2013 20:13:21 GMT",
                "etag: x",
                "set-cookie: a=b",
                "if-none-match: x",
                "x-request-id: 17",
                "traceparent: 00-1-2-01"
            })
    void whatChangesWithEachMessageDoesNot(String line) throws HpackException {
        String block = HpackTranscript.encodeToHex(encoder, line);
        assertThat(encoder.table().count()).isZero();
        assertThat(block).startsWith("0");
        assertThat(HpackTranscript.decode(new HpackDecoder(4096), block)).containsExactly(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
                "proxy-authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
                "cookie: pin=1234"
            })
    void whatCouldBeGuessedIsNeverIndexed(String line) throws HpackException {
        String block = HpackTranscript.encodeToHex(encoder, line);
        assertThat(encoder.table().count()).isZero();
        assertThat(HpackTranscript.decode(new HpackDecoder(4096), block))
                .containsExactly(HpackTranscript.neverIndexed(line));
    }

    @Test
    void whatIsNeverIndexedIsSentAsALiteralEvenIfATableHasIt() throws HpackException {
        HpackDecoder decoder = new HpackDecoder(4096);
        HpackTranscript.decode(decoder, HpackTranscript.encodeToHex(encoder, "x-pin: 1234"));
        String block = HpackTranscript.encodeToHex(
                encoder, HpackTranscript.neverIndexed("x-pin: 1234"), HpackTranscript.neverIndexed(":method: GET"));
        assertThat(block).isEqualTo("1f2f" + "8308996b" + "1203474554");
        assertThat(HpackTranscript.decode(decoder, block))
                .containsExactly(
                        HpackTranscript.neverIndexed("x-pin: 1234"), HpackTranscript.neverIndexed(":method: GET"));
    }

    @Test
    void aFieldThatTakesMoreThanHalfOfTheTableStaysOut() {
        HpackTranscript.encodeToHex(encoder, "x: " + "a".repeat(2048 - 33 + 1));
        assertThat(encoder.table().count()).isZero();
        HpackTranscript.encodeToHex(encoder, "x: " + "a".repeat(2048 - 33));
        assertThat(encoder.table().count()).isEqualTo(1);
    }

    @Test
    void aStringThatHuffmanCodeMakesNoShorterIsSentAsItIs() {
        assertThat(HpackTranscript.encodeToHex(encoder, "te: XX")).isEqualTo("40" + "027465" + "025858");
    }

    @Test
    void theSmallestSizeSinceTheLastBlockIsSentBeforeTheLastOne() {
        HpackTranscript.encodeToHex(encoder, "a: b");
        encoder.peerTableLimit(0);
        encoder.peerTableLimit(100);
        encoder.peerTableLimit(0xffff_ffffL);
        assertThat(HpackTranscript.encodeToHex(encoder, ":method: GET")).isEqualTo("20" + "3fe11f" + "82");
        assertThat(encoder.table().count()).isZero();
        assertThat(HpackTranscript.encodeToHex(encoder, ":method: GET")).isEqualTo("82");
    }

    @Test
    void aSmallerTableIsAnnouncedOnceAndEvicts() {
        HpackTranscript.encodeToHex(encoder, "a: b", "c: d");
        encoder.peerTableLimit(34);
        assertThat(HpackTranscript.encodeToHex(encoder, "c: d")).isEqualTo("3f03" + "be");
        assertThat(HpackTranscript.entries(encoder.table())).containsExactly("c: d");
        assertThat(HpackTranscript.encodeToHex(encoder, "c: d")).isEqualTo("be");
    }

    @Test
    void aSettingThatChangesNothingIsNotAnswered() {
        encoder.peerTableLimit(65536);
        encoder.peerTableLimit(4096);
        assertThat(HpackTranscript.encodeToHex(encoder, ":method: GET")).isEqualTo("82");
    }

    @Test
    void aTableSmallerThanTheInitialOneIsAnnouncedInTheFirstBlock() {
        assertThat(HpackTranscript.encodeToHex(new HpackEncoder(256), ":method: GET"))
                .isEqualTo("3fe101" + "82");
    }

    @Test
    void aLargerTableWaitsUntilThePeerAllowsIt() {
        HpackEncoder large = new HpackEncoder(65536);
        assertThat(HpackTranscript.encodeToHex(large, ":method: GET")).isEqualTo("82");
        large.peerTableLimit(8192);
        assertThat(HpackTranscript.encodeToHex(large, ":method: GET")).isEqualTo("3fe13f" + "82");
    }
}
