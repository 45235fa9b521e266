package io.github.captureproxy.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was captured of a message's body: its bytes as they were on the wire, without chunk framing and with their
 * content coding. Immutable and safe for any thread.
 */
public final class CapturedBody {
    private static final CapturedBody EMPTY = new CapturedBody(new InMemory(new byte[0]), 0, true, null);

    private final BodySource source;
    private final long size;
    private final boolean complete;
    private final @Nullable String sha256;

    private CapturedBody(BodySource source, long size, boolean complete, @Nullable String sha256) {
        this.source = Objects.requireNonNull(source, "source");
        this.size = size;
        this.complete = complete;
        this.sha256 = sha256;
    }

    /**
     * A body without a byte, received whole.
     *
     * @return the empty body
     */
    public static CapturedBody empty() {
        return EMPTY;
    }

    /**
     * A body of the given bytes, received whole.
     *
     * @param bytes the bytes; not copied, so they must not change any more
     * @return the body
     */
    public static CapturedBody of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new CapturedBody(new InMemory(bytes), bytes.length, true, null);
    }

    /**
     * A body whose captured bytes lie elsewhere, or are not all of it.
     *
     * @param source the captured bytes: the whole body, or its beginning
     * @param size how many bytes of the body passed
     * @param complete true if the message was received whole
     * @param sha256 the SHA-256 of all bytes that passed, in hex, if it was asked for
     * @return the body
     */
    public static CapturedBody of(BodySource source, long size, boolean complete, @Nullable String sha256) {
        return new CapturedBody(source, size, complete, sha256);
    }

    /**
     * A source of bytes in memory.
     *
     * @param bytes the bytes; not copied, so they must not change any more
     * @return the source
     */
    public static BodySource inMemory(byte[] bytes) {
        return new InMemory(bytes);
    }

    /**
     * The captured bytes as they were on the wire.
     *
     * @return a copy of the bytes, possibly fewer than {@link #size()}
     * @throws UncheckedIOException if the file that held them is gone or cannot be read
     */
    public byte[] bytes() {
        try {
            return source.bytes().clone();
        } catch (IOException e) {
            throw new UncheckedIOException("the captured body cannot be read", e);
        }
    }

    /**
     * Opens the captured bytes as they were on the wire.
     *
     * @return a new stream; the caller closes it
     * @throws IOException if the file that held them is gone or cannot be read
     */
    public InputStream open() throws IOException {
        return source.open();
    }

    /**
     * How many bytes were captured.
     *
     * @return the number of captured bytes
     */
    public long capturedSize() {
        return source.length();
    }

    /**
     * How many bytes of the body passed through the proxy, captured or not.
     *
     * @return the true size in bytes
     */
    public long size() {
        return size;
    }

    /**
     * Tells if fewer bytes were captured than passed: over a limit or a budget, or because bodies of this kind are not
     * kept.
     *
     * @return true if captured bytes are missing at the end
     */
    public boolean isTruncated() {
        return source.length() < size;
    }

    /**
     * Tells if the body's end was received.
     *
     * @return false if the message was cut short
     */
    public boolean isComplete() {
        return complete;
    }

    /**
     * Tells if no byte passed.
     *
     * @return true if the size is 0
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * The SHA-256 of all bytes that passed, captured or not.
     *
     * @return the digest in lower-case hex, if the proxy was asked to make it
     */
    public Optional<String> sha256() {
        return Optional.ofNullable(sha256);
    }

    @Override
    public String toString() {
        return size + " bytes" + (isTruncated() ? ", " + capturedSize() + " captured" : "")
                + (complete ? "" : ", incomplete");
    }

    private record InMemory(byte[] array) implements BodySource {
        @Override
        public long length() {
            return array.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(array);
        }

        @Override
        public byte[] bytes() {
            return array;
        }
    }
}
