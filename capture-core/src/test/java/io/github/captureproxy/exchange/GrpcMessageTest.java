package io.github.captureproxy.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcMessageTest {
    private static final byte[] TEXT =
            "What a schema would tell apart. ".repeat(100).getBytes(UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "zstd"})
    void aCompressedMessageIsDecoded(String encoding) {
        byte[] coded = CodedBodies.coded(encoding, TEXT);
        GrpcMessage message = only(body(framed(1, coded)), encoding);

        assertThat(message.isCompressed()).isTrue();
        assertThat(message.length()).isEqualTo(coded.length);
        assertThat(message.bytes()).isEqualTo(coded);
        assertThat(message.decoded()).isEqualTo(TEXT);
        assertThat(message).hasToString(coded.length + " bytes, compressed");
    }

    @Test
    void identityIsNoCompressionWhateverTheFlagSays() {
        assertThat(only(body(framed(1, TEXT)), "identity").decoded()).isEqualTo(TEXT);
    }

    @Test
    void aMessageThatIsNotCompressedIsNotDecoded() {
        byte[] coded = CodedBodies.gzip(TEXT);
        GrpcMessage message = only(body(framed(0, coded)), "gzip");

        assertThat(message.isCompressed()).isFalse();
        assertThat(message.decoded(1)).isEqualTo(coded);
        assertThat(message).hasToString(coded.length + " bytes");
    }

    @Test
    void eachMessageHasAContextOfItsOwn() {
        byte[] both = join(framed(1, CodedBodies.gzip(TEXT)), framed(0, TEXT), framed(1, CodedBodies.gzip(TEXT)));

        assertThat(GrpcMessage.split(body(both), "gzip", 10))
                .extracting(GrpcMessage::decoded)
                .containsExactly(TEXT, TEXT, TEXT);
    }

    @Test
    void anEncodingThatNobodyKnowsIsNamed() {
        GrpcMessage message = only(body(framed(1, TEXT)), "snappy");

        assertThatExceptionOfType(ContentDecodingException.class)
                .isThrownBy(message::decoded)
                .withMessageContaining("'snappy'")
                .withMessageContaining("bytes()");
        assertThat(message.bytes()).isEqualTo(TEXT);
    }

    @Test
    void aCompressedMessageOfNoEncodingIsNotGuessedAt() {
        GrpcMessage message = only(body(framed(1, TEXT)), null);

        assertThat(message.encoding()).isEmpty();
        assertThatExceptionOfType(ContentDecodingException.class)
                .isThrownBy(message::decoded)
                .withMessageContaining("grpc-encoding");
    }

    @Test
    void aBrokenMessageSaysSo() {
        assertThatExceptionOfType(ContentDecodingException.class)
                .isThrownBy(only(body(framed(1, TEXT)), "gzip")::decoded)
                .withMessageContaining("gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void aBombIsBounded(String encoding) {
        byte[] bomb = CodedBodies.coded(encoding, new byte[(int) CapturedBody.MAX_DECODED_BYTES + 1]);
        GrpcMessage message = only(body(framed(1, bomb)), encoding);

        assertThatExceptionOfType(ContentDecodingException.class)
                .isThrownBy(message::decoded)
                .withMessageContaining("more than " + CapturedBody.MAX_DECODED_BYTES);
        assertThatExceptionOfType(ContentDecodingException.class).isThrownBy(() -> message.decoded(1_000));
        assertThat(message.decoded(CapturedBody.MAX_DECODED_BYTES + 1))
                .hasSize((int) CapturedBody.MAX_DECODED_BYTES + 1);
    }

    @Test
    void aMessageThatTheCaptureCutIsDecodedAsFarAsItGoes() {
        byte[] coded = CodedBodies.gzip(TEXT);
        byte[] whole = framed(1, coded);
        CapturedBody cut = cut(whole, whole.length - 10);
        GrpcMessage message = only(cut, "gzip");

        assertThat(message.isWhole()).isFalse();
        assertThat(message.length()).isEqualTo(coded.length);
        assertThat(message.capturedSize()).isEqualTo(coded.length - 10);
        assertThat(message.bytes()).isEqualTo(Arrays.copyOf(coded, coded.length - 10));
        assertThat(message.decoded()).isEqualTo(Arrays.copyOf(TEXT, message.decoded().length));
        assertThat(message).hasToString(coded.length + " bytes, " + (coded.length - 10) + " captured, compressed");
    }

    @Test
    void aMessageWithoutACapturedByteIsThereAndEmpty() {
        GrpcMessage message = only(cut(framed(1, TEXT), 5), "gzip");

        assertThat(message.isWhole()).isFalse();
        assertThat(message.length()).isEqualTo(TEXT.length);
        assertThat(message.bytes()).isEmpty();
        assertThat(message.decoded()).isEmpty();
    }

    @Property(tries = 60)
    void aCutAnywhereMarksAtMostTheLastMessage(@ForAll @Size(max = 5) List<@Size(max = 30) byte[]> sent) {
        byte[] whole = join(sent.stream().map(one -> framed(0, one)).toArray(byte[][]::new));
        for (int cut = 0; cut <= whole.length; cut++) {
            List<GrpcMessage> messages = GrpcMessage.split(cut(whole, cut), null, 10);

            long captured = 0;
            for (int i = 0; i < messages.size(); i++) {
                GrpcMessage message = messages.get(i);
                byte[] bytes = message.bytes();
                assertThat(bytes).isEqualTo(Arrays.copyOf(sent.get(i), bytes.length));
                assertThat(message.length()).isEqualTo(sent.get(i).length);
                assertThat(message.isWhole()).isEqualTo(bytes.length == sent.get(i).length);
                assertThat(message.isWhole() || i == messages.size() - 1).isTrue();
                captured += 5 + bytes.length;
            }
            assertThat(cut - captured).isBetween(0L, 4L);
        }
    }

    @Property(tries = 200)
    void messagesCanBeReadInAnyPieces(
            @ForAll @Size(max = 400) byte[] sent, @ForAll @IntRange(min = 1, max = 50) int piece) throws IOException {
        byte[] all = join(framed(0, new byte[7]), framed(0, sent), framed(0, new byte[9]));
        GrpcMessage message = GrpcMessage.split(body(all), null, 10).get(1);
        ByteArrayOutputStream read = new ByteArrayOutputStream();

        try (InputStream in = message.open()) {
            byte[] some = new byte[piece];
            assertThat(in.available()).isEqualTo(sent.length);
            for (int count = in.read(some, 0, piece); count >= 0; count = in.read(some, 0, piece)) {
                read.write(some, 0, count);
                int next = in.read();
                if (next >= 0) {
                    read.write(next);
                }
            }
        }

        assertThat(read.toByteArray()).isEqualTo(sent);
    }

    @Test
    void aBodyInAFileIsReadFromThere(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("body"), join(framed(0, TEXT), framed(1, CodedBodies.gzip(TEXT))));
        CapturedBody body = CapturedBody.of(new InFile(file), Files.size(file), true, null, HeaderList.empty());

        List<GrpcMessage> messages = GrpcMessage.split(body, "gzip", 10);

        assertThat(messages).extracting(GrpcMessage::decoded).containsExactly(TEXT, TEXT);
        Files.delete(file);
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(messages.get(1)::bytes);
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(messages.get(1)::decoded);
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> GrpcMessage.split(body, null, 10));
    }

    @Test
    void everyStreamThatIsOpenedIsClosed() throws IOException {
        List<String> log = new ArrayList<>();
        byte[] bytes = framed(0, TEXT);
        CapturedBody body = CapturedBody.of(new Watched(bytes, log), bytes.length, true, null, HeaderList.empty());

        GrpcMessage message = GrpcMessage.split(body, null, 10).get(0);
        message.bytes();
        message.open().close();

        assertThat(log).containsExactly("opened", "closed", "opened", "closed", "opened", "closed");
    }

    @Test
    void aStreamThatEndsBeforeTheMessageIsClosedToo() {
        List<String> log = new ArrayList<>();
        BodySlice slice = new BodySlice(new Watched(new byte[3], log), 4, 1);

        assertThatExceptionOfType(IOException.class).isThrownBy(slice::open);
        assertThat(log).containsExactly("opened", "closed");
        assertThat(slice.memoryBytes()).isZero();
    }

    private static GrpcMessage only(CapturedBody body, @Nullable String encoding) {
        List<GrpcMessage> messages = GrpcMessage.split(body, encoding, 10);
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private static CapturedBody body(byte[] bytes) {
        return CapturedBody.of(bytes);
    }

    private static CapturedBody cut(byte[] whole, int captured) {
        return CapturedBody.of(
                CapturedBody.inMemory(Arrays.copyOf(whole, captured)), whole.length, true, null, HeaderList.empty());
    }

    private static byte[] framed(int flag, byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) flag)
                .putInt(message.length)
                .put(message)
                .array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private record InFile(Path path) implements BodySource {
        @Override
        public long length() {
            try {
                return Files.size(path);
            } catch (IOException e) {
                return 1;
            }
        }

        @Override
        public InputStream open() throws IOException {
            if (!Files.exists(path)) {
                throw new FileNotFoundException(path.toString());
            }
            return Files.newInputStream(path);
        }
    }

    private record Watched(byte[] bytes, List<String> log) implements BodySource {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            log.add("opened");
            return new java.io.ByteArrayInputStream(bytes) {
                @Override
                public void close() {
                    log.add("closed");
                }
            };
        }
    }
}
