package io.github.captureproxy.exchange;

import io.github.captureproxy.internal.coding.GrpcFrames;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message of a gRPC call: what stands behind a prefix of five bytes in a request's or a response's body. Its bytes
 * are not copied: they are read from the captured body, in memory or in a file, each time that they are asked for.
 * Immutable and safe for any thread.
 */
public final class GrpcMessage {
    private final boolean compressed;
    private final @Nullable String encoding;
    private final CapturedBody content;

    private GrpcMessage(boolean compressed, @Nullable String encoding, CapturedBody content) {
        this.compressed = compressed;
        this.encoding = encoding;
        this.content = content;
    }

    /** The messages of a body, at most {@code max}. */
    static List<GrpcMessage> split(CapturedBody body, @Nullable String encoding, int max) {
        HeaderList coding = encoding == null ? HeaderList.empty() : HeaderList.of("content-encoding", encoding);
        List<GrpcMessage> messages = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(body.open())) {
            for (GrpcFrames.Frame frame : GrpcFrames.split(in, body.capturedSize(), max)) {
                BodySource bytes = new BodySlice(body.source(), frame.start(), frame.captured());
                HeaderList fields = frame.compressed() ? coding : HeaderList.empty();
                CapturedBody content = CapturedBody.of(bytes, frame.length(), true, null, fields);
                messages.add(new GrpcMessage(frame.compressed(), encoding, content));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the captured body cannot be read", e);
        }
        return List.copyOf(messages);
    }

    /**
     * Tells if the sender compressed the message.
     *
     * @return what the flag of its prefix says
     */
    public boolean isCompressed() {
        return compressed;
    }

    /**
     * What compressed messages of this direction are compressed with.
     *
     * @return the {@code grpc-encoding} field's value, such as {@code gzip}, if there is one; also where this message is
     *     not compressed
     */
    public Optional<String> encoding() {
        return Optional.ofNullable(encoding);
    }

    /**
     * How long the message is.
     *
     * @return the number of bytes that its prefix says, 0 to 4,294,967,295; the prefix is not counted
     */
    public long length() {
        return content.size();
    }

    /**
     * How many of its bytes were captured.
     *
     * @return the number of bytes, at most {@link #length()}
     */
    public long capturedSize() {
        return content.capturedSize();
    }

    /**
     * Tells if all of its bytes were captured.
     *
     * @return false if the capture's limit cut it, if it was cut short on its way, or if what looks like its prefix is
     *     none
     */
    public boolean isWhole() {
        return !content.isTruncated();
    }

    /**
     * The captured bytes as they were on the wire, without the prefix: compressed if it {@linkplain #isCompressed() is}.
     *
     * @return a copy of the bytes, possibly fewer than {@link #length()}
     * @throws UncheckedIOException if the file that held them is gone or cannot be read
     */
    public byte[] bytes() {
        return content.bytes();
    }

    /**
     * Opens the captured bytes as they were on the wire, for a message that is too large for an array.
     *
     * @return a new stream; the caller closes it
     * @throws IOException if the file that held them is gone or cannot be read
     */
    public InputStream open() throws IOException {
        return content.open();
    }

    /**
     * The message without compression, up to {@link CapturedBody#MAX_DECODED_BYTES}: see {@link #decoded(long)}.
     *
     * @return what the schema's parser takes
     * @throws ContentDecodingException if the encoding is unknown, broken, or makes more bytes than that
     * @throws UncheckedIOException if the file that held the bytes is gone or cannot be read
     */
    public byte[] decoded() {
        return decoded(CapturedBody.MAX_DECODED_BYTES);
    }

    /**
     * The message without compression: gzip, deflate and identity, and what else {@link CapturedBody#decoded(long)}
     * undoes. One that is not {@linkplain #isWhole() whole} is decoded as far as its captured beginning goes. One that
     * is not compressed is returned as it is, whatever its size.
     *
     * @param maxBytes the most bytes that the encoding may make
     * @return what the schema's parser takes
     * @throws ContentDecodingException if the encoding is unknown, broken, or makes more bytes than that, or if the
     *     message is compressed and no {@code grpc-encoding} says how; the raw bytes are still there
     * @throws UncheckedIOException if the file that held the bytes is gone or cannot be read
     */
    public byte[] decoded(long maxBytes) {
        if (compressed && encoding == null) {
            throw new ContentDecodingException(
                    "the message is compressed, but no grpc-encoding says how; bytes() has the coded bytes", null);
        }
        return content.decoded(maxBytes);
    }

    /** Its size in words; none of its bytes. */
    @Override
    public String toString() {
        return length() + " bytes" + (isWhole() ? "" : ", " + capturedSize() + " captured")
                + (compressed ? ", compressed" : "");
    }
}
