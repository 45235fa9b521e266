package io.github.captureproxy.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.internal.hpack.HpackException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    /** Writes down what it is told, data put together to whole frames. */
    private static final class Log implements FrameReader.Sink {
        final List<String> events = new ArrayList<>();
        private final StringBuilder data = new StringBuilder();

        @Override
        public void begins(int type, int flags, int streamId, int length) {
            events.add("begins " + type + " " + length);
        }

        @Override
        public void dataBegins(int streamId, int flags, int length) {
            events.add("data of " + streamId + " " + length);
            data.setLength(0);
        }

        @Override
        public void data(ByteBuffer buffer, int from, int to, boolean last) {
            for (int i = from; i < to; i++) {
                data.append((char) buffer.get(i));
            }
            if (last) {
                events.add("= " + data);
            }
        }

        @Override
        public void frame(int type, int flags, int streamId, byte[] payload) {
            events.add("frame " + type + " " + flags + " " + streamId + " " + payload.length);
        }
    }

    private static ByteBuffer frame(int type, int flags, int streamId, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(Frames.HEADER_BYTES + payload.length);
        return Frames.putHeaderTo(out, payload.length, type, flags, streamId)
                .put(payload)
                .flip();
    }

    private static byte[] padded(String data, int padding) {
        ByteBuffer out = ByteBuffer.allocate(1 + data.length() + padding).put((byte) padding);
        for (int i = 0; i < data.length(); i++) {
            out.put((byte) data.charAt(i));
        }
        return out.array();
    }

    private static List<String> read(byte[] bytes, List<Integer> cuts) throws Http2Exception, HpackException {
        Log log = new Log();
        FrameReader reader = new FrameReader(log);
        int at = 0;
        for (int cut : cuts) {
            int to = Math.min(bytes.length, at + cut);
            reader.read(ByteBuffer.wrap(bytes), at, to);
            at = to;
        }
        reader.read(ByteBuffer.wrap(bytes), at, bytes.length);
        return log.events;
    }

    private static byte[] mixed() {
        ByteBuffer all = ByteBuffer.allocate(200);
        all.put(frame(Frames.SETTINGS, 0, 0, new byte[12]));
        all.put(frame(Frames.DATA, 0, 1, new byte[0]));
        all.put(frame(Frames.DATA, Frames.PADDED, 3, padded("hello", 7)));
        all.put(frame(Frames.DATA, Frames.PADDED, 5, padded("", 3)));
        all.put(frame(Frames.DATA, Frames.PADDED, 5, padded("x", 0)));
        all.put(frame(Frames.PING, Frames.ACK, 0, new byte[8]));
        all.put(frame(Frames.DATA, Frames.END_STREAM, 7, new byte[] {'a', 'b'}));
        byte[] bytes = new byte[all.position()];
        all.flip().get(bytes);
        return bytes;
    }

    @Test
    void framesAreTakenApart() throws Exception {
        assertThat(read(mixed(), List.of()))
                .containsExactly(
                        "begins 4 12",
                        "frame 4 0 0 12",
                        "data of 1 0",
                        "= ",
                        "data of 3 13",
                        "= hello",
                        "data of 5 4",
                        "= ",
                        "data of 5 2",
                        "= x",
                        "begins 6 8",
                        "frame 6 1 0 8",
                        "data of 7 2",
                        "= ab");
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(0, 12).list().ofMaxSize(60);
    }

    @Property(tries = 500)
    void anySplitGivesTheSame(@ForAll("cuts") List<Integer> cuts) throws Exception {
        assertThat(read(mixed(), cuts)).isEqualTo(read(mixed(), List.of()));
    }

    @Test
    void theReservedBitOfAStreamIsIgnored() throws Exception {
        assertThat(read(frame(Frames.PING, 0, 0x8000_0000, new byte[8]).array(), List.of()))
                .contains("frame 6 0 0 8");
    }

    @Test
    void aFrameOverTheSizeIsRefusedAtItsHeader() {
        ByteBuffer header = ByteBuffer.allocate(Frames.HEADER_BYTES);
        Frames.putHeader(header, Frames.MAX_PAYLOAD + 1, Frames.DATA, 0, 1);
        assertThatThrownBy(() -> read(header.array(), List.of()))
                .isInstanceOfSatisfying(
                        Http2Exception.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FRAME_SIZE_ERROR));
    }

    @Test
    void moreDataPaddingThanThereIsRoomForIsRefused() {
        byte[] payload = {5, 'a'};
        assertThatThrownBy(
                        () -> read(frame(Frames.DATA, Frames.PADDED, 1, payload).array(), List.of()))
                .isInstanceOfSatisfying(
                        Http2Exception.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR));
    }

    @Test
    void paddingWithoutALengthIsRefused() {
        assertThatThrownBy(() ->
                        read(frame(Frames.DATA, Frames.PADDED, 1, new byte[0]).array(), List.of()))
                .isInstanceOfSatisfying(
                        Http2Exception.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FRAME_SIZE_ERROR));
    }

    @Property(tries = 500)
    void anyBytesAreFramesOrAnError(
            @ForAll @Size(max = 400) byte[] bytes, @ForAll @IntRange(min = 1, max = 50) int cut) {
        try {
            read(bytes, List.of(cut, cut, cut));
        } catch (Http2Exception e) {
            assertThat(e.problem()).isNotEmpty();
        } catch (HpackException e) {
            throw new AssertionError("the log decodes nothing", e);
        }
    }
}
