package io.github.captureproxy.internal.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.captureproxy.internal.coding.GrpcFrames.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GrpcFramesTest {
    private static final int MANY = 1_000;

    @Test
    void aMessageStandsBehindItsPrefix() throws IOException {
        assertThat(split(0, 0, 0, 0, 2, 'a', 'b', 1, 0, 0, 0, 1, 'c'))
                .containsExactly(new Frame(false, 2, 5, 2), new Frame(true, 1, 12, 1));
    }

    @Test
    void anEmptyBodyHasNoMessageAndAnEmptyMessageIsOne() throws IOException {
        assertThat(split()).isEmpty();
        assertThat(split(0, 0, 0, 0, 0)).containsExactly(new Frame(false, 0, 5, 0));
    }

    @Test
    void aLengthHas32BitsWithoutASign() throws IOException {
        assertThat(split(0, 0xff, 0xff, 0xff, 0xff, 'a')).containsExactly(new Frame(false, 4_294_967_295L, 5, 1));
        assertThat(split(1, 0x80, 0x81, 0x82, 0x83)).containsExactly(new Frame(true, 0x80818283L, 5, 0));
    }

    @Test
    void theWalkEndsAtAFlagThatIsNone() throws IOException {
        Frame first = new Frame(false, 1, 5, 1);

        assertThat(split(0, 0, 0, 0, 1, 'a', 2, 0, 0, 0, 0)).containsExactly(first);
        assertThat(split(0, 0, 0, 0, 1, 'a', 0x80, 0, 0, 0, 0)).containsExactly(first);
        assertThat(split('<', 'h', 't', 'm', 'l', '>')).isEmpty();
    }

    @Test
    void theWalkEndsAtTheMostThatIsAskedFor() throws IOException {
        byte[] body = new byte[50];

        assertThat(GrpcFrames.split(new ByteArrayInputStream(body), body.length, 7))
                .hasSize(7);
        assertThat(GrpcFrames.split(new ByteArrayInputStream(body), body.length, 100))
                .hasSize(10);
    }

    @Test
    void bytesThatAreMissingAgainstWhatWasSaidAreAnError() {
        byte[] body = {0, 0, 0, 0, 9, 'a'};

        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> GrpcFrames.split(new ByteArrayInputStream(body), 14, MANY));
    }

    @Property(tries = 500)
    void whatIsPutTogetherComesApart(
            @ForAll @Size(max = 30) List<@Size(max = 300) byte[]> messages,
            @ForAll @IntRange(min = 1, max = 40) int step)
            throws IOException {
        byte[] body = together(messages);

        List<Frame> frames = GrpcFrames.split(new Dribble(body, step), body.length, MANY);

        List<byte[]> apart = new ArrayList<>();
        for (Frame frame : frames) {
            assertThat(frame.captured()).isEqualTo(frame.length());
            assertThat(frame.compressed()).isEqualTo(frame.length() % 2 == 1);
            int start = (int) frame.start();
            apart.add(Arrays.copyOfRange(body, start, start + (int) frame.captured()));
        }
        assertThat(apart).usingElementComparator(Arrays::compare).isEqualTo(messages);
    }

    @Property(tries = 100)
    void anyCutLeavesTheMessagesBeforeIt(@ForAll @Size(max = 6) List<@Size(max = 20) byte[]> messages)
            throws IOException {
        byte[] body = together(messages);
        List<Frame> whole = GrpcFrames.split(new ByteArrayInputStream(body), body.length, MANY);

        for (int cut = 0; cut <= body.length; cut++) {
            List<Frame> expected = new ArrayList<>();
            for (Frame frame : whole) {
                if (frame.start() <= cut) {
                    long there = Math.min(frame.captured(), cut - frame.start());
                    expected.add(new Frame(frame.compressed(), frame.length(), frame.start(), there));
                }
            }
            InputStream start = new ByteArrayInputStream(body, 0, cut);

            assertThat(GrpcFrames.split(start, cut, MANY)).as("cut at %d", cut).isEqualTo(expected);
        }
    }

    @Property(tries = 1_000)
    void garbageNeverFails(@ForAll @Size(max = 200) byte[] body, @ForAll boolean flagged) throws IOException {
        if (flagged && body.length > 0) {
            body[0] = 1;
        }
        long end = 0;
        for (Frame frame : GrpcFrames.split(new ByteArrayInputStream(body), body.length, MANY)) {
            assertThat(frame.start()).isEqualTo(end + 5);
            assertThat(frame.captured()).isBetween(0L, frame.length());
            end = frame.start() + frame.captured();
        }
        assertThat(end).isLessThanOrEqualTo(body.length);
    }

    /** Those of odd length flagged as compressed. */
    private static byte[] together(List<byte[]> messages) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            body.write(message.length % 2);
            body.writeBytes(ByteBuffer.allocate(4).putInt(message.length).array());
            body.writeBytes(message);
        }
        return body.toByteArray();
    }

    private static List<Frame> split(int... bytes) throws IOException {
        byte[] body = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            body[i] = (byte) bytes[i];
        }
        return GrpcFrames.split(new ByteArrayInputStream(body), body.length, MANY);
    }

    /** Gives and skips a few bytes at a time. */
    private static final class Dribble extends FilterInputStream {
        private final int step;

        Dribble(byte[] bytes, int step) {
            super(new ByteArrayInputStream(bytes));
            this.step = step;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return super.read(into, offset, Math.min(length, step));
        }

        @Override
        public long skip(long count) throws IOException {
            return super.skip(Math.min(count, step - 1));
        }
    }
}
