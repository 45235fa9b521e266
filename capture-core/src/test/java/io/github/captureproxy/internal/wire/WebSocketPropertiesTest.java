package io.github.captureproxy.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WebSocketPropertiesTest {

    private static final int LIMIT = 5000;

    @Property(tries = 300)
    void whatIsSentIsReadHoweverItIsFramed(
            @ForAll @IntRange(max = 12) int count,
            @ForAll boolean takeover,
            @ForAll boolean masked,
            @ForAll long seed) {
        Random random = new Random(seed);
        Deflater deflater = new Deflater(random.nextInt(10), true);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] message = message(random);
            sent.add(message);
            boolean compressed = random.nextBoolean();
            byte[] payload = compressed ? Frame.deflate(deflater, message) : message;
            if (compressed && !takeover) {
                deflater.reset();
            }
            fragment(payload, compressed, masked, random, wire);
        }
        deflater.end();

        WebSocketTranscript said = new WebSocketTranscript();
        try (WebSocketFrames frames = frames(takeover)) {
            feedInPieces(wire.toByteArray(), frames, said, random);
            frames.finish(said);
        }
        List<WebSocketPayload> data = said.messages.stream()
                .filter(message -> message.opcode() == WebSocketOpcode.BINARY)
                .toList();
        assertThat(said.lines).noneMatch(line -> line.startsWith("broken"));
        assertThat(data).hasSize(sent.size());
        for (int i = 0; i < data.size(); i++) {
            assertThat(data.get(i).length()).isEqualTo(sent.get(i).length);
            assertThat(data.get(i).bytes()).isEqualTo(Arrays.copyOf(sent.get(i), Math.min(LIMIT, sent.get(i).length)));
        }
    }

    @Property(tries = 2000)
    void garbageNeverThrowsAndIsReadAlikeAtAnySplit(@ForAll @Size(max = 120) byte[] garbage, @ForAll boolean takeover) {
        List<String> whole = WebSocketTranscript.of(garbage, 0, frames(takeover));
        for (int split = 1; split <= garbage.length; split += 7) {
            assertThat(WebSocketTranscript.of(garbage, split, frames(takeover))).isEqualTo(whole);
        }
    }

    @Property(tries = 2000)
    void garbageInACompressedMessageNeverThrows(@ForAll @Size(max = 120) byte[] garbage, @ForAll boolean takeover) {
        byte[] bytes = Hello.concat(Frame.of(0x41, garbage, 0), Frame.of(0x80, garbage, 0), Frame.text("after"));
        List<String> whole = WebSocketTranscript.of(bytes, 0, frames(takeover));
        assertThat(whole).last().asString().matches("(?s)TEXT 5 after|broken: .*");
        assertThat(WebSocketTranscript.of(bytes, bytes.length / 3, frames(takeover)))
                .isEqualTo(whole);
    }

    /** Anything from nothing to beyond the limit, some of it repetitive. */
    private static byte[] message(Random random) {
        byte[] message = new byte[random.nextInt(random.nextBoolean() ? 300 : 2 * LIMIT)];
        if (random.nextBoolean()) {
            random.nextBytes(message);
        } else {
            for (int i = 0; i < message.length; i++) {
                message[i] = (byte) (i % 60);
            }
        }
        return message;
    }

    private static void fragment(
            byte[] payload, boolean compressed, boolean masked, Random random, ByteArrayOutputStream wire) {
        int first = 0x02 | (compressed ? Frame.RSV1 : 0);
        int at = 0;
        boolean last;
        do {
            int size = random.nextInt(4) == 0 ? payload.length - at : random.nextInt(payload.length - at + 1);
            last = at + size == payload.length && random.nextBoolean();
            byte[] piece = Arrays.copyOfRange(payload, at, at + size);
            wire.writeBytes(Frame.of(first | (last ? Frame.FIN : 0), piece, masked ? random.nextInt() : 0));
            if (random.nextInt(3) == 0) {
                wire.writeBytes(
                        Frame.of(0x89, piece.length < 126 ? piece : new byte[0], masked ? random.nextInt() : 0));
            }
            at += size;
            first = 0;
        } while (!last);
    }

    private static void feedInPieces(byte[] bytes, WebSocketFrames frames, WebSocketTranscript said, Random random) {
        int at = 0;
        while (at < bytes.length) {
            int size = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 9000));
            frames.feed(ByteBuffer.wrap(bytes, at, size), said);
            at += size;
        }
    }

    private static WebSocketFrames frames(boolean takeover) {
        String value = "permessage-deflate" + (takeover ? "" : "; client_no_context_takeover");
        return new WebSocketFrames(LIMIT, WebSocketExtensions.parse(List.of(value)), WebSocketSender.CLIENT);
    }
}
