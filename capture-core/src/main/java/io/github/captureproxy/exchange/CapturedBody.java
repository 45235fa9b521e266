package io.github.captureproxy.exchange;

import io.github.captureproxy.internal.coding.BodyText;
import io.github.captureproxy.internal.coding.CodingException;
import io.github.captureproxy.internal.coding.ContentCodings;
import io.github.captureproxy.internal.coding.MultipartBytes;
import io.github.captureproxy.internal.coding.UrlEncoded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was captured of a message's body: its bytes as they were on the wire, without chunk framing and with their
 * content coding, and views of them that undo the coding. Immutable and safe for any thread. A view is made anew at each
 * call, and never on a thread that carries traffic unless it is called there.
 */
public final class CapturedBody {
    /** The most bytes that {@link #decoded()} makes of a body: 64 MiB, far more than a page, far less than a heap. */
    public static final long MAX_DECODED_BYTES = 64L * 1024 * 1024;

    /** The most parts that {@link #multipart()} splits off, and the most fields of {@link #form()}. */
    public static final int MAX_PARTS = 1_000;

    /** By how much of a body its charset is judged. */
    private static final int CHARSET_BYTES = 1024 * 1024;

    private static final CapturedBody EMPTY =
            new CapturedBody(new InMemory(new byte[0]), 0, true, null, HeaderList.empty());

    private final BodySource source;
    private final long size;
    private final boolean complete;
    private final @Nullable String sha256;
    private final HeaderList headers;

    private CapturedBody(BodySource source, long size, boolean complete, @Nullable String sha256, HeaderList headers) {
        this.source = Objects.requireNonNull(source, "source");
        this.size = size;
        this.complete = complete;
        this.sha256 = sha256;
        this.headers = Objects.requireNonNull(headers, "headers");
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
     * A body of the given bytes, received whole, of which no header field says what they are.
     *
     * @param bytes the bytes; not copied, so they must not change any more
     * @return the body
     */
    public static CapturedBody of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : of(bytes, HeaderList.empty());
    }

    /**
     * A body of the given bytes, received whole.
     *
     * @param bytes the bytes; not copied, so they must not change any more
     * @param headers the message's header fields
     * @return the body
     */
    public static CapturedBody of(byte[] bytes, HeaderList headers) {
        return new CapturedBody(new InMemory(bytes), bytes.length, true, null, headers);
    }

    /**
     * A body whose captured bytes lie elsewhere, or are not all of it.
     *
     * @param source the captured bytes: the whole body, or its beginning
     * @param size how many bytes of the body passed
     * @param complete true if the message was received whole
     * @param sha256 the SHA-256 of all bytes that passed, in hex, if it was asked for
     * @param headers the message's header fields
     * @return the body
     */
    public static CapturedBody of(
            BodySource source, long size, boolean complete, @Nullable String sha256, HeaderList headers) {
        return new CapturedBody(source, size, complete, sha256, headers);
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
     * The same body with a digest.
     *
     * @param hex the SHA-256 of all bytes that passed, in hex
     * @return a copy that shares all else
     */
    public CapturedBody withSha256(String hex) {
        return new CapturedBody(source, size, complete, hex, headers);
    }

    /**
     * The same body with other header fields, which say what its bytes are and how they are coded.
     *
     * @param newHeaders the message's header fields
     * @return a copy that shares all else; the {@linkplain #empty() empty body} itself
     */
    public CapturedBody withHeaders(HeaderList newHeaders) {
        return this == EMPTY ? this : new CapturedBody(source, size, complete, sha256, newHeaders);
    }

    /**
     * The captured bytes as they were on the wire.
     *
     * @return a copy of the bytes, possibly fewer than {@link #size()}
     * @throws UncheckedIOException if the file that held them is gone or cannot be read
     */
    public byte[] bytes() {
        try (InputStream in = source.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Where the captured bytes lie.
     *
     * @return the source, in memory or in a file
     */
    public BodySource source() {
        return source;
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
     * The captured bytes with their content codings undone, up to {@link #MAX_DECODED_BYTES}: see
     * {@link #decoded(long)}.
     *
     * @return the decoded bytes
     * @throws ContentDecodingException if a coding is unknown, broken, or makes more bytes than that
     * @throws UncheckedIOException if the file that held them is gone or cannot be read
     */
    public byte[] decoded() {
        return decoded(MAX_DECODED_BYTES);
    }

    /**
     * The captured bytes with the codings of all {@code Content-Encoding} fields undone, the last one first (RFC 9110
     * section 8.4): gzip, deflate (with the zlib wrapper or, as some send it, without), br, zstd, identity. What follows
     * the last gzip member and does not start another is passed over. The fields are believed: there is no guessing.
     *
     * <p>A body that was cut or is incomplete is decoded as far as its captured beginning goes: all of it with gzip and
     * deflate, less with br and zstd: only what fills a window or ends a frame, which may be nothing. A body without a coding is returned as it is,
     * whatever its size.
     *
     * @param maxBytes the most bytes that any of the codings may make
     * @return the decoded bytes
     * @throws ContentDecodingException if a coding is unknown, broken, or makes more bytes than that; the raw bytes are
     *     still there
     * @throws UncheckedIOException if the file that held them is gone or cannot be read
     */
    public byte[] decoded(long maxBytes) {
        List<String> codings = ContentCodings.parse(headers.all("content-encoding"));
        if (codings.isEmpty() || source.length() == 0) {
            return bytes();
        }
        try (InputStream in = source.open()) {
            return ContentCodings.decode(in, codings, isPartial(), maxBytes);
        } catch (CodingException e) {
            throw new ContentDecodingException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Opens the captured bytes with their content codings undone as they are read: {@link #decoded(long)} without an
     * array of all of them.
     *
     * @param maxBytes the most bytes that any of the codings may make
     * @return a new stream; the caller closes it. Reading throws a {@link ContentDecodingException} where a coding is
     *     broken or makes more bytes than that
     * @throws ContentDecodingException if a coding is unknown, or has no decoder here
     * @throws IOException if the file that held the bytes is gone or cannot be read
     */
    public InputStream openDecoded(long maxBytes) throws IOException {
        List<String> codings = ContentCodings.parse(headers.all("content-encoding"));
        if (codings.isEmpty() || source.length() == 0) {
            return source.open();
        }
        try {
            return new DecodedStream(ContentCodings.open(source.open(), codings, isPartial(), maxBytes));
        } catch (CodingException e) {
            throw new ContentDecodingException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The decoded bytes as text. The charset is the first of these that is known: the {@code charset} parameter of
     * {@code Content-Type}; a byte order mark; UTF-8 for JSON (RFC 8259 section 8.1); the encoding declaration of XML;
     * a {@code <meta charset>} in the first 1,024 bytes of HTML; UTF-8 if the bytes are that; ISO-8859-1. A byte order
     * mark is left out, and malformed input becomes U+FFFD. Of a body that was cut or is incomplete it is the text of
     * the captured beginning: see {@link #isTruncated()} and {@link #isComplete()}.
     *
     * @return the text
     * @throws ContentDecodingException if {@link #decoded()} throws it
     * @throws UncheckedIOException if the file that held the bytes is gone or cannot be read
     */
    public String text() {
        Optional<MediaType> type = mediaType();
        return BodyText.decode(
                decoded(),
                type.map(MediaType::essence).orElse(""),
                type.flatMap(known -> known.parameter("charset")).orElse(""),
                isPartial());
    }

    /**
     * The charset by which {@link #text()} decodes the body, as far as its first MiB tells: for who reads a large one
     * piece by piece.
     *
     * @return the charset
     * @throws ContentDecodingException if a coding is broken, unknown, or has no decoder here
     * @throws UncheckedIOException if the file that held the bytes is gone or cannot be read
     */
    public Charset charset() {
        Optional<MediaType> type = mediaType();
        try (InputStream in = openDecoded(MAX_DECODED_BYTES)) {
            return BodyText.charset(
                    in.readNBytes(CHARSET_BYTES),
                    type.map(MediaType::essence).orElse(""),
                    type.flatMap(known -> known.parameter("charset")).orElse(""),
                    true);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * The message's {@code Content-Type} field. An {@linkplain #empty() empty} body has none: see the message's own fields.
     *
     * @return the field's value as it was sent, if there is one
     */
    public Optional<String> contentType() {
        return headers.first("content-type");
    }

    /**
     * The message's {@code Content-Type} field, taken apart.
     *
     * @return the media type, if there is one and it can be read
     */
    public Optional<MediaType> mediaType() {
        return contentType().flatMap(MediaType::parse);
    }

    /**
     * The fields of a form that was sent as {@code application/x-www-form-urlencoded}: percent signs and plus signs
     * undone, in the charset that {@code Content-Type} names, else in UTF-8. Of a body that was cut or is incomplete, those
     * of its captured beginning; the last one may be cut within its name or value.
     *
     * @return the fields in order, at most {@link #MAX_PARTS}; empty if the body is of another media type
     * @throws ContentDecodingException if {@link #decoded()} throws it
     * @throws UncheckedIOException if the file that held the bytes is gone or cannot be read
     */
    public List<FormField> form() {
        Optional<MediaType> type = mediaType();
        if (!type.map(MediaType::essence).orElse("").equals("application/x-www-form-urlencoded")) {
            return List.of();
        }
        String charset = type.flatMap(known -> known.parameter("charset")).orElse("");
        List<FormField> fields = new ArrayList<>();
        UrlEncoded.parse(decoded(), charset, MAX_PARTS, (name, value) -> fields.add(new FormField(name, value)));
        return List.copyOf(fields);
    }

    /**
     * The parts of a {@code multipart/*} body (RFC 2046 section 5.1). What stands before the first and after the last is
     * left out. Of a body that was cut or is incomplete, the parts of its captured beginning: the last one, without a
     * delimiter after it, is {@linkplain #isComplete() incomplete}.
     *
     * @return the parts in order, at most {@link #MAX_PARTS}; empty if the body is of another media type or its
     *     {@code Content-Type} names no boundary
     * @throws ContentDecodingException if {@link #decoded()} throws it
     * @throws UncheckedIOException if the file that held the bytes is gone or cannot be read
     */
    public List<BodyPart> multipart() {
        String boundary = mediaType()
                .filter(type -> type.type().equals("multipart"))
                .flatMap(type -> type.parameter("boundary"))
                .orElse("");
        if (boundary.isEmpty()) {
            return List.of();
        }
        byte[] all = decoded();
        List<BodyPart> parts = new ArrayList<>();
        for (MultipartBytes.Part part : MultipartBytes.split(all, boundary, MAX_PARTS)) {
            parts.add(BodyPart.of(all, part));
        }
        return List.copyOf(parts);
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
     * How much memory the captured bytes take up.
     *
     * @return the number of bytes; 0 if they lie in a file
     */
    public long memoryBytes() {
        return source.memoryBytes();
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
     * @return the digest in lower-case hex, if the proxy was asked to make it and any passed
     */
    public Optional<String> sha256() {
        return Optional.ofNullable(sha256);
    }

    private boolean isPartial() {
        return isTruncated() || !complete;
    }

    private static UncheckedIOException unreadable(IOException cause) {
        return new UncheckedIOException("the captured body cannot be read", cause);
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
    }
}
