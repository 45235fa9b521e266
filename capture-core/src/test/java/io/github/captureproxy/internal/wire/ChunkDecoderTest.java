package io.github.captureproxy.internal.wire;

import static io.github.captureproxy.internal.wire.Wire.assertRefused;
import static io.github.captureproxy.internal.wire.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.captureproxy.internal.wire.ChunkDecoder.Event;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkDecoderTest {

    /** Reads a body in one piece and byte by byte, and hands back the transcript that both must have. */
    private static String read(String body) {
        String whole = new ChunkTranscript().read(bytes(body), List.of(Integer.MAX_VALUE), false);
        assertThat(new ChunkTranscript().read(bytes(body), List.of(1), true)).isEqualTo(whole);
        return whole;
    }

    @Test
    void readsChunksAndTrailers() {
        assertThat(read("5\r\nhello\r\n00A ; x=y\r\n0123456789\r\n0\r\nA: b\r\nc:  d \r\n\r\n"))
                .isEqualTo("<5 hello> <10 0123456789> end A=b c=d");
        assertThat(read("0\r\n\r\n")).isEqualTo("end");
        assertThat(read("000\r\n\r\nGET / HTTP")).isEqualTo("end");
    }

    @Test
    void dataIsNotLookedInto() {
        assertThat(read("7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n")).isEqualTo("<7 \r\n0\r\n\r\n> end");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "f,15", "F,15", "0000000000000010,16", "7fffffffffffffff,9223372036854775807", "aBcD,43981"})
    void readsSizes(String digits, long size) throws MalformedMessageException {
        ChunkDecoder decoder = new ChunkDecoder();
        assertThat(decoder.next(ByteBuffer.wrap(bytes(digits + "\r\n")))).isEqualTo(Event.CHUNK_START);
        assertThat(decoder.chunkSize()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "x\r\n",
                " 5\r\n",
                "\t5\r\n",
                "+5\r\n",
                "-5\r\n",
                "0x5\r\n",
                "5 \r\n",
                "5\t\r\n",
                "5\n",
                "5\r5",
                "5\rx",
                "5h\r\n",
                "5_\r\n",
                "8000000000000000\r\n",
                "ffffffffffffffff\r\n",
                "00000000000000005\r\n",
                "10000000000000000\r\n",
                "\n",
                "5\0\r\n",
                "5,5\r\n",
                "\u0085\r\n",
                ";a\r\n",
                "5.\r\n",
                "\u00b2\r\n"
            })
    void refusesOtherSizes(String line) {
        assertThat(read(line)).isEqualTo("refused 400");
        assertThat(read("1\r\nx\r\n" + line)).isEqualTo("<1 x> refused 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";a",
                "; a",
                " ;a",
                "\t;\ta",
                ";a;b",
                ";a ; b",
                ";a=b",
                ";a = b",
                ";a\t=\tb",
                ";a=\"\"",
                ";a=\"b c;d=\t\"",
                ";a=\"\\\"\\\\\"",
                ";a=\"\u00e4\"",
                ";a=b;c=\"d\";e",
                ";a=\"b\" ;c",
                ";!#$%&'*+-.^_`|~=x"
            })
    void dropsExtensions(String extension) {
        assertThat(read("1" + extension + "\r\nx\r\n0" + extension + "\r\n\r\n"))
                .isEqualTo("<1 x> end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";",
                "; ",
                ";;a",
                ";a;",
                ";a ",
                ";a=",
                ";a= ",
                ";=b",
                ";a=b ",
                ";a=b c",
                ";a b",
                ";a=\"",
                ";a=\"b",
                ";a=\"b\" ",
                ";a=\"b\"c",
                ";a=\"b\\",
                ";a\n",
                ";a\rb",
                ";a=\"\r\n\"",
                ";a=\"\n\"",
                ";a=\"\\\n\"",
                ";a=\"\0\"",
                ";a=\u00e4",
                ";\u00e4",
                ";a=\"\u007f\"",
                ";a=b=c",
                ";a,b",
                ";a=\"\\\u0001\"",
                " a",
                " =",
                ";a\0"
            })
    void refusesMalformedExtensions(String extension) {
        assertThat(read("1" + extension + "\r\nx\r\n0\r\n\r\n")).isEqualTo("refused 400");
    }

    @Test
    void boundsExtensionsOverAllChunks() {
        String extension = ";" + "a".repeat(ChunkExtension.MAX_BYTES / 4 - 1);
        String chunk = "1" + extension + "\r\nx\r\n";
        assertThat(read(chunk.repeat(4) + "0\r\n\r\n")).isEqualTo("<1 x> <1 x> <1 x> <1 x> end");
        assertThat(read(chunk.repeat(4) + "0;a\r\n\r\n")).isEqualTo("<1 x> <1 x> <1 x> <1 x> refused 400");
        assertThat(read("1;" + "a".repeat(ChunkExtension.MAX_BYTES))).isEqualTo("refused 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\n", "xx", "x0\r\n\r\n", "x\r0", "x\rx", "x\n\r\n", "x \r\n"})
    void refusesDataThatCrlfDoesNotFollow(String data) {
        assertThat(read("1\r\n" + data)).isEqualTo("<1 x refused 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\rx",
                " A: b\r\n\r\n",
                "A : b\r\n\r\n",
                "A: b\n\n",
                "A: b\r\n\n",
                "A: b\rc\r\n\r\n",
                "A: \0",
                ": b\r\n\r\n",
                "A: b\r\n c\r\n\r\n",
                "A\r\n\r\n",
                "A: \u0001\r\n\r\n",
                "5\r\nhello\r\n\r\n"
            })
    void refusesMalformedTrailers(String trailers) {
        assertThat(read("0\r\n" + trailers)).isEqualTo("refused 400");
    }

    @Test
    void boundsTrailers() {
        String line = "A: b\r\n";
        assertThat(read("0\r\n" + line.repeat(ChunkDecoder.MAX_TRAILER_FIELDS) + "\r\n"))
                .startsWith("end A=b A=b");
        assertThat(read("0\r\n" + line.repeat(ChunkDecoder.MAX_TRAILER_FIELDS + 1) + "\r\n"))
                .isEqualTo("refused 431");
        int value = ChunkDecoder.MAX_TRAILER_BYTES - "A:\r\n\r\n".length();
        assertThat(read("0\r\nA:" + "v".repeat(value) + "\r\n\r\n")).startsWith("end A=vvv");
        assertThat(read("0\r\nA:" + "v".repeat(value + 1) + "\r\n\r\n")).isEqualTo("refused 431");
    }

    @Test
    void needsMoreAtEveryCutAndNeverEndsEarly() {
        String body = "5;a=\"b\"\r\nhello\r\n0\r\nA: b\r\n\r\n";
        for (int length = 0; length < body.length(); length++) {
            assertThat(read(body.substring(0, length)))
                    .as("cut at " + length)
                    .endsWith("more")
                    .doesNotContain("end");
        }
    }

    @Test
    void leavesWhatFollowsTheBody() throws MalformedMessageException {
        ByteBuffer buf = ByteBuffer.wrap(bytes("0\r\n\r\nGET"));
        ChunkDecoder decoder = new ChunkDecoder();
        assertThat(decoder.next(buf)).isEqualTo(Event.END);
        assertThat(buf.remaining()).isEqualTo(3);
        assertThat(decoder.next(buf)).isEqualTo(Event.END);
        assertThat(buf.remaining()).isEqualTo(3);
    }

    @Test
    void dataMayBeTakenBitByBit() throws MalformedMessageException {
        ByteBuffer buf = ByteBuffer.wrap(bytes("5\r\nhello\r\n"));
        ChunkDecoder decoder = new ChunkDecoder();
        assertThat(decoder.next(buf)).isEqualTo(Event.CHUNK_START);
        for (int left = 5; left > 0; left--) {
            assertThat(decoder.next(buf)).isEqualTo(Event.DATA);
            assertThat(decoder.dataLength()).isEqualTo(left);
            assertThat(decoder.next(buf)).isEqualTo(Event.DATA);
            buf.get();
            decoder.consumed(1);
            assertThat(decoder.dataLength()).isEqualTo(left - 1);
        }
        assertThat(decoder.next(buf)).isEqualTo(Event.CHUNK_END);
        assertThat(decoder.next(buf)).isEqualTo(Event.NEED_MORE);
    }

    @Test
    void refusesToHaveMoreConsumedThanThereIs() throws MalformedMessageException {
        ByteBuffer buf = ByteBuffer.wrap(bytes("5\r\nhe"));
        ChunkDecoder decoder = new ChunkDecoder();
        decoder.next(buf);
        assertThat(decoder.next(buf)).isEqualTo(Event.DATA);
        assertThatIllegalArgumentException().isThrownBy(() -> decoder.consumed(3));
        assertThatIllegalArgumentException().isThrownBy(() -> decoder.consumed(-1));
        assertThat(decoder.dataLength()).isEqualTo(2);
    }

    @Test
    void readsAnotherBodyAfterReset() throws MalformedMessageException {
        ChunkDecoder decoder = new ChunkDecoder();
        assertThat(decoder.next(ByteBuffer.wrap(bytes("0\r\nA: b\r\n\r\n")))).isEqualTo(Event.END);
        assertThat(decoder.trailers().count()).isEqualTo(1);
        decoder.reset();
        assertThat(decoder.trailers().count()).isZero();
        ByteBuffer next = ByteBuffer.wrap(bytes("2\r\nhi\r\n0\r\n\r\n"));
        assertThat(decoder.next(next)).isEqualTo(Event.CHUNK_START);
        assertThat(decoder.chunkSize()).isEqualTo(2);
    }

    @Test
    void resetForgetsTheExtensionsOfTheLastBody() throws MalformedMessageException {
        ChunkDecoder decoder = new ChunkDecoder();
        String body = "0;" + "a".repeat(ChunkExtension.MAX_BYTES - 1) + "\r\n\r\n";
        assertThat(decoder.next(ByteBuffer.wrap(bytes(body)))).isEqualTo(Event.END);
        decoder.reset();
        assertThat(decoder.next(ByteBuffer.wrap(bytes(body)))).isEqualTo(Event.END);
        ChunkDecoder other = new ChunkDecoder();
        assertRefused(400, () -> other.next(ByteBuffer.wrap(bytes(body.replace(";", ";a")))));
    }
}
