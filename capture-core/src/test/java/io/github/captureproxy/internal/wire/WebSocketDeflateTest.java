package io.github.captureproxy.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are those of RFC 7692 section 7.2.3. */
class WebSocketDeflateTest {

    private static final int ENOUGH = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "c1 07 f2 48 cd c9 c9 07 00, TEXT 5 Hello",
        "41 03 f2 48 cd 80 04 c9 c9 07 00, TEXT 5 Hello",
        "c1 0b 00 05 00 fa ff 48 65 6c 6c 6f 00, TEXT 5 Hello", // no compression
        "c1 08 f3 48 cd c9 c9 07 00 00, TEXT 5 Hello", // BFINAL
        "c1 0d f2 48 05 00 00 00 ff ff ca c9 c9 07 00, TEXT 5 Hello", // two blocks
        "c1 01 00, 'TEXT 0 '",
        "81 05 48 65 6c 6c 6f, TEXT 5 Hello" // not compressed, though it might be
    })
    void oneMessageIsRead(String hex, String line) {
        byte[] twice = Hello.concat(Frame.hex(hex), Frame.hex(hex));
        for (int split = 0; split <= twice.length; split++) {
            assertThat(WebSocketTranscript.of(twice, split, frames(ENOUGH, "")))
                    .as("split at %s", split)
                    .containsExactly(line, line);
        }
    }

    @Test
    void aMessageMayReferToEarlierOnes() {
        byte[] bytes = Frame.hex("c1 07 f2 48 cd c9 c9 07 00  c1 05 f2 00 11 00 00");
        assertThat(WebSocketTranscript.of(bytes, 0, frames(ENOUGH, "")))
                .containsExactly("TEXT 5 Hello", "TEXT 5 Hello");
        assertThat(WebSocketTranscript.of(bytes, 0, frames(ENOUGH, "; client_no_context_takeover")))
                .containsExactly("TEXT 5 Hello", "TEXT 5 Hello");
        assertThat(WebSocketTranscript.of(bytes, 0, frames(ENOUGH, "; server_no_context_takeover")))
                .containsExactly("TEXT 5 Hello", "broken: compressed data is corrupt");
    }

    @Test
    void afterABlockWithBfinalAndNothingBehindTheNextMessageIsReadable() {
        byte[] bytes = Frame.hex("c1 07 f3 48 cd c9 c9 07 00  c1 07 f2 48 cd c9 c9 07 00");
        assertThat(WebSocketTranscript.of(bytes, 0, frames(ENOUGH, "")))
                .containsExactly("TEXT 5 Hello", "TEXT 5 Hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c1 00", "41 00 80 00"})
    void anEmptyPayloadIsAnEmptyMessage(String hex) {
        byte[] bytes = Hello.concat(Frame.hex(hex), Frame.hex("c1 07 f2 48 cd c9 c9 07 00"));
        assertThat(WebSocketTranscript.of(bytes, 0, frames(ENOUGH, ""))).containsExactly("TEXT 0 ", "TEXT 5 Hello");
    }

    @ParameterizedTest
    @CsvSource({
        "c9 00, a reserved bit is set", // compressed control
        "41 00 c0 00, a reserved bit is set", // the bit on a continuation
        "e1 00, a reserved bit is set",
        "c1 01 07, compressed data is corrupt",
        "c1 05 00 05 00 00 00, compressed data is corrupt"
    })
    void brokenFramesAreTold(String hex, String why) {
        byte[] bytes = Hello.concat(Frame.text("a"), Frame.hex(hex), Frame.text("b"));
        assertThat(WebSocketTranscript.of(bytes, 3, frames(ENOUGH, ""))).containsExactly("TEXT 1 a", "broken: " + why);
    }

    @Test
    void aLongMessageIsCutAndLaterOnesMayStillReferToIt() {
        Deflater deflater = new Deflater(9, true);
        String tail = "a rather long sentence that is worth a reference";
        byte[] first = Frame.deflate(deflater, Wire.bytes("0123456789".repeat(2000) + tail));
        byte[] second = Frame.deflate(deflater, Wire.bytes(tail));
        deflater.end();
        assertThat(second.length).isLessThan(tail.length() / 2);

        WebSocketTranscript said = new WebSocketTranscript();
        try (WebSocketFrames frames = frames(100, "")) {
            frames.feed(ByteBuffer.wrap(Frame.of(0xc1, first, 0x12345678)), said);
            frames.feed(ByteBuffer.wrap(Frame.of(0xc1, second, 0x12345678)), said);
        }
        assertThat(said.messages.get(0).length()).isEqualTo(20_000 + tail.length());
        assertThat(said.messages.get(0).bytes()).hasSize(100).isEqualTo(Wire.bytes("0123456789".repeat(10)));
        assertThat(Wire.text(said.messages.get(1).bytes())).isEqualTo(tail);
    }

    @Test
    void aBombIsGivenUpOn() {
        Deflater deflater = new Deflater(9, true);
        byte[] zeros = new byte[(int) WebSocketInflater.MAX_MESSAGE_BYTES];
        byte[] allowed = Frame.of(0xc2, Frame.deflate(deflater, zeros), 0);
        byte[] bomb = Frame.of(0xc2, Frame.deflate(deflater, new byte[zeros.length + 1]), 0);
        deflater.end();
        WebSocketTranscript said = new WebSocketTranscript();
        try (WebSocketFrames frames = frames(10, "")) {
            frames.feed(ByteBuffer.wrap(allowed), said);
            frames.feed(ByteBuffer.wrap(bomb), said);
            frames.feed(ByteBuffer.wrap(Frame.text("x")), said);
        }
        assertThat(said.messages).hasSize(1);
        assertThat(said.messages.get(0).length()).isEqualTo(zeros.length);
        assertThat(said.lines).hasSize(2).last().asString().startsWith("broken: a message inflates to more than");
    }

    @Test
    void aClosedInflaterRefusesToWork() throws Exception {
        WebSocketInflater inflater = new WebSocketInflater(true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] hello = Frame.hex("f2 48 cd c9 c9 07 00");
        inflater.inflate(hello, 0, hello.length, out::write);
        inflater.endMessage(out::write);
        inflater.close();
        inflater.close();
        assertThat(Wire.text(out.toByteArray())).isEqualTo("Hello");
        assertThatIllegalStateException().isThrownBy(() -> inflater.inflate(hello, 0, 1, out::write));
    }

    private static WebSocketFrames frames(int maxPayload, String parameters) {
        WebSocketExtensions deflate = WebSocketExtensions.parse(List.of("permessage-deflate" + parameters));
        assertThat(deflate.kind()).isEqualTo(WebSocketExtensions.Kind.DEFLATE);
        return new WebSocketFrames(maxPayload, deflate, WebSocketSender.SERVER);
    }
}
