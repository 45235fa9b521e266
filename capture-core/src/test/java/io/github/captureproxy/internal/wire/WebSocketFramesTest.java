package io.github.captureproxy.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are those of RFC 6455 section 5.7. */
class WebSocketFramesTest {

    private static final int ENOUGH = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "81 05 48 65 6c 6c 6f, TEXT 5 Hello",
        "81 85 37 fa 21 3d 7f 9f 4d 51 58, TEXT 5 Hello",
        "01 03 48 65 6c 80 02 6c 6f, TEXT 5 Hello",
        "89 05 48 65 6c 6c 6f, PING 5 Hello",
        "8a 85 37 fa 21 3d 7f 9f 4d 51 58, PONG 5 Hello",
        "81 7e 00 05 48 65 6c 6c 6f, TEXT 5 Hello",
        "81 7f 00 00 00 00 00 00 00 05 48 65 6c 6c 6f, TEXT 5 Hello",
        "82 01 2a, BINARY 1 *",
        "02 00 00 00 80 80 01 02 03 04, 'BINARY 0 '",
        "88 80 01 02 03 04, 'CLOSE 0 '"
    })
    void oneMessageIsRead(String hex, String line) {
        assertAtEverySplit(Frame.hex(hex), List.of(line));
    }

    @ParameterizedTest
    @ValueSource(ints = {125, 126, 256, 65535, 65536, 70000})
    void messagesOfAnyLengthAreRead(int size) {
        byte[] payload = Wire.bytes("x".repeat(size));
        WebSocketTranscript said = new WebSocketTranscript();
        try (WebSocketFrames frames = frames(ENOUGH)) {
            frames.feed(ByteBuffer.wrap(Frame.of(0x82, payload, 0x01020304)), said);
            frames.feed(ByteBuffer.wrap(Frame.of(0x82, payload, 0)), said);
        }
        assertThat(said.messages).hasSize(2).allSatisfy(message -> {
            assertThat(message.bytes()).isEqualTo(payload);
            assertThat(message.length()).isEqualTo(size);
            assertThat(message.truncated()).isFalse();
            assertThat(message.decoded()).isTrue();
        });
    }

    @Test
    void controlMessagesComeBetweenFragments() {
        byte[] bytes = Hello.concat(
                Frame.of(0x01, Wire.bytes("one "), 0x11223344),
                Frame.of(0x89, Wire.bytes("p"), 0x55667788),
                Frame.of(0x00, Wire.bytes("two "), 0x12345678),
                Frame.of(0x8a, new byte[0], 0),
                Frame.of(0x80, Wire.bytes("three"), 0x00000001),
                Frame.of(0x88, new byte[] {3, (byte) 0xe8, 'b', 'y', 'e'}, 0));
        assertAtEverySplit(bytes, List.of("PING 1 p", "PONG 0 ", "TEXT 13 one two three", "CLOSE 5 \u0003\u00e8bye"));
    }

    @Test
    void aLongMessageIsCutButCountedAndTheNextOneIsWhole() {
        byte[] bytes = Hello.concat(
                Frame.of(0x01, Wire.bytes("abcdef"), 0x0a0b0c0d),
                Frame.of(0x80, Wire.bytes("ghij"), 0x0a0b0c0d),
                Frame.text("klmno"),
                Frame.of(0x89, Wire.bytes("pingpong"), 0),
                Frame.text("pq"));
        for (int split = 0; split <= bytes.length; split++) {
            assertThat(WebSocketTranscript.of(bytes, split, frames(5)))
                    .containsExactly("TEXT 10 abcde", "TEXT 5 klmno", "PING 8 pingp", "TEXT 2 pq");
        }
        assertThat(WebSocketTranscript.of(bytes, 0, frames(0)))
                .containsExactly("TEXT 10 ", "TEXT 5 ", "PING 8 ", "TEXT 2 ");
    }

    @Test
    void aMessageSaysThatItIsCut() {
        WebSocketTranscript said = new WebSocketTranscript();
        try (WebSocketFrames frames = frames(3)) {
            frames.feed(ByteBuffer.wrap(Frame.text("abcd")), said);
            frames.feed(ByteBuffer.wrap(Frame.text("abc")), said);
        }
        assertThat(said.messages).extracting(WebSocketPayload::truncated).containsExactly(true, false);
    }

    @ParameterizedTest
    @CsvSource({
        "83 00, reserved opcode 3",
        "87 00, reserved opcode 7",
        "8b 00, reserved opcode 11",
        "c1 00, a reserved bit is set",
        "a1 00, a reserved bit is set",
        "91 00, a reserved bit is set",
        "89 7e 00 7e, a control frame is longer than 125 bytes",
        "09 00, a control frame is fragmented",
        "80 00, a continuation without a beginning",
        "00 00, a continuation without a beginning",
        "01 00 81 00, a message begins within another",
        "81 7f 80 00 00 00 00 00 00 00, a frame's length has its top bit set"
    })
    void brokenFramesAreToldOnceAndEndTheReading(String hex, String why) {
        byte[] bytes = Hello.concat(Frame.text("a"), Frame.hex(hex), Frame.text("b"), Frame.hex("ff ff ff"));
        assertAtEverySplit(bytes, List.of("TEXT 1 a", "broken: " + why));
    }

    @Test
    void allBytesAreConsumedWhateverTheyAre() {
        try (WebSocketFrames frames = frames(1)) {
            ByteBuffer bytes = ByteBuffer.wrap(Hello.concat(Frame.hex("ff"), new byte[100]));
            frames.feed(bytes, new WebSocketTranscript());
            assertThat(bytes.hasRemaining()).isFalse();
        }
    }

    @Test
    void aHugeLengthTakesNoMemory() {
        WebSocketTranscript said = new WebSocketTranscript();
        try (WebSocketFrames frames = frames(Integer.MAX_VALUE)) {
            frames.feed(ByteBuffer.wrap(Frame.hex("82 7f 7f ff ff ff ff ff ff ff 01 02")), said);
            frames.finish(said);
        }
        assertThat(said.lines).containsExactly("broken: the connection ended within a message");
    }

    @ParameterizedTest
    @ValueSource(strings = {"81", "81 02 41", "01 01 41", "01 00 89 00"})
    void anEndWithinAMessageIsTold(String hex) {
        WebSocketTranscript said = new WebSocketTranscript();
        WebSocketFrames frames = frames(ENOUGH);
        frames.feed(ByteBuffer.wrap(Frame.hex(hex)), said);
        frames.finish(said);
        frames.finish(said);
        frames.feed(ByteBuffer.wrap(Frame.text("late")), said);
        assertThat(said.lines).last().isEqualTo("broken: the connection ended within a message");
        assertThat(said.lines).filteredOn(line -> line.startsWith("broken")).hasSize(1);
    }

    @Test
    void anEndBetweenMessagesIsNothingSpecial() {
        WebSocketTranscript said = new WebSocketTranscript();
        WebSocketFrames frames = frames(ENOUGH);
        frames.feed(ByteBuffer.wrap(Frame.text("a")), said);
        frames.finish(said);
        assertThat(said.lines).containsExactly("TEXT 1 a");
    }

    @Test
    void withAnUnknownExtensionPayloadsAreMarkedAsNotDecoded() {
        WebSocketTranscript said = new WebSocketTranscript();
        WebSocketExtensions unknown = WebSocketExtensions.parse(List.of("x-zip"));
        try (WebSocketFrames frames = new WebSocketFrames(ENOUGH, unknown, WebSocketSender.SERVER)) {
            frames.feed(
                    ByteBuffer.wrap(Hello.concat(Frame.hex("f1 01 41"), Frame.text("b"), Frame.hex("89 00"))), said);
        }
        assertThat(said.lines).containsExactly("TEXT 1 A", "TEXT 1 b", "PING 0 ");
        assertThat(said.messages).extracting(WebSocketPayload::decoded).containsExactly(false, false, true);
    }

    @Test
    void aSinkMayCloseTheReader() {
        WebSocketFrames frames = frames(ENOUGH);
        WebSocketTranscript said = new WebSocketTranscript() {
            @Override
            public void message(WebSocketPayload message) {
                super.message(message);
                frames.close();
            }
        };
        frames.feed(ByteBuffer.wrap(Hello.concat(Frame.text("a"), Frame.text("b"))), said);
        assertThat(said.lines).containsExactly("TEXT 1 a");
    }

    @Test
    void aNegativeLimitIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> frames(-1)).withMessageContaining("-1");
    }

    private static void assertAtEverySplit(byte[] bytes, List<String> lines) {
        for (int split = 0; split <= bytes.length; split++) {
            assertThat(WebSocketTranscript.of(bytes, split, frames(ENOUGH)))
                    .as("split at %s", split)
                    .isEqualTo(lines);
        }
    }

    private static WebSocketFrames frames(int maxPayload) {
        return new WebSocketFrames(maxPayload, WebSocketExtensions.none(), WebSocketSender.CLIENT);
    }
}
