package io.github.captureproxy.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.internal.wire.ChunkDecoder.Event;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChunkPropertiesTest {

    private static final int TRIES = 300;

    @Property(tries = TRIES)
    void anySplitReadsTheSame(
            @ForAll("bodies") String body,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 9) Integer> sizes) {
        byte[] bytes = Wire.bytes(body);
        String whole = new ChunkTranscript().read(bytes, List.of(Integer.MAX_VALUE), false);
        assertThat(new ChunkTranscript().read(bytes, sizes, false)).isEqualTo(whole);
    }

    @Property(tries = TRIES)
    void whatIsWrittenIsReadBack(
            @ForAll @Size(max = 20) List<@Size(min = 1, max = 300) byte[]> chunks,
            @ForAll("extensions") String extension) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        StringBuilder expected = new StringBuilder();
        for (byte[] chunk : chunks) {
            body.writeBytes(Wire.bytes(Integer.toHexString(chunk.length) + extension + "\r\n"));
            body.writeBytes(chunk);
            body.writeBytes(Wire.bytes("\r\n"));
            expected.append('<')
                    .append(chunk.length)
                    .append(' ')
                    .append(Wire.text(chunk))
                    .append("> ");
        }
        body.writeBytes(Wire.bytes("0" + extension + "\r\nX: y\r\n\r\n"));
        assertThat(new ChunkTranscript().read(body.toByteArray(), List.of(7, 1, 64), false))
                .isEqualTo(expected + "end X=y");
    }

    @Property(tries = TRIES)
    void relayingMakesItCanonicalAndChangesNoData(
            @ForAll @Size(max = 20) List<@Size(min = 1, max = 300) byte[]> chunks,
            @ForAll("extensions") String extension)
            throws MalformedMessageException {
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (byte[] chunk : chunks) {
            in.writeBytes(
                    Wire.bytes("00" + Integer.toHexString(chunk.length).toUpperCase(Locale.ROOT) + extension + "\r\n"));
            expected.writeBytes(Wire.bytes(Integer.toHexString(chunk.length) + "\r\n"));
            in.writeBytes(chunk);
            expected.writeBytes(chunk);
            in.writeBytes(Wire.bytes("\r\n"));
            expected.writeBytes(Wire.bytes("\r\n"));
        }
        in.writeBytes(Wire.bytes("000" + extension + "\r\nHost: x\r\nSum: 1\r\n\r\n"));
        expected.writeBytes(Wire.bytes("0\r\nSum: 1\r\n\r\n"));
        assertThat(relay(ByteBuffer.wrap(in.toByteArray()))).isEqualTo(expected.toByteArray());
    }

    private static byte[] relay(ByteBuffer in) throws MalformedMessageException {
        ByteBuffer out = ByteBuffer.allocate(in.remaining());
        ChunkDecoder decoder = new ChunkDecoder();
        for (Event event = decoder.next(in); event != Event.END; event = decoder.next(in)) {
            switch (event) {
                case CHUNK_START -> ChunkEncoder.putHeader(out, decoder.chunkSize());
                case DATA -> forward(in, out, decoder);
                case CHUNK_END -> ChunkEncoder.putCrlf(out);
                default -> throw new AssertionError(event);
            }
        }
        ChunkEncoder.putLastChunk(out, decoder.trailers(), HopByHop.NONE);
        byte[] written = new byte[out.flip().remaining()];
        out.get(written);
        return written;
    }

    private static void forward(ByteBuffer in, ByteBuffer out, ChunkDecoder decoder) {
        int length = decoder.dataLength();
        out.put(in.slice(in.position(), length));
        in.position(in.position() + length);
        decoder.consumed(length);
    }

    @Provide
    Arbitrary<String> extensions() {
        return Arbitraries.of("", ";a", " ; name = \"quoted \\\" ; value\"", ";a=b;c=d");
    }

    /** Mostly well-formed, so that every state is reached; the odd part makes many of them malformed. */
    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> valid = Arbitraries.of(
                "3\r\nabc\r\n", "1;a=\"b\"\r\n\n\r\n", "A ;x\r\n0123456789\r\n", "0\r\n\r\n", "0\r\nA: b\r\n\r\n");
        Arbitrary<String> stray = Arbitraries.of(
                "0", "f", "\r", "\n", "\r\n", ";", "=", "\"", "a: b", " ", "\0", "\u00ff", "8".repeat(17));
        return Arbitraries.frequencyOf(Tuple.of(6, valid), Tuple.of(1, stray))
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
