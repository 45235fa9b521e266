package io.github.captureproxy.export;

import io.github.captureproxy.exchange.BodySource;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.ContentDecodingException;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** Redacts JSON, forms and multipart forms. For one thread. */
final class BodyScrubber {
    /** Redacted bodies up to this size are kept in memory; larger ones are redacted again each time they are read. */
    private static final int MAX_IN_MEMORY = 4 * 1024 * 1024;

    /** Up to this size a body is redacted while it is looked at; a larger one is read again if it has a secret. */
    private static final int MAX_AT_ONCE = 256 * 1024;

    /** As much of a multipart body is looked into; what follows is left out. */
    private static final int MAX_MULTIPART = 8 * 1024 * 1024;

    /** Multipart bodies within each other, which are copied once for each; what is deeper is left out. */
    private static final int MAX_NESTING = 4;

    private static final int CHUNK = 32 * 1024;

    private final NameSet names;
    private final Placeholders placeholders;
    private final Supplier<Placeholders> fresh;
    private final boolean lazily;
    private final long maxDecoded;
    private int nesting;

    /**
     * What bodies are redacted by.
     *
     * @param names the fields whose values go
     * @param placeholders makes what stands there instead
     * @param fresh makes others, for bodies that are read later by any thread
     * @param lazily true if large bodies may stay as they are and be redacted when they are read
     */
    BodyScrubber(NameSet names, Placeholders placeholders, Supplier<Placeholders> fresh, boolean lazily) {
        this.names = names;
        this.placeholders = placeholders;
        this.fresh = fresh;
        this.lazily = lazily;
        this.maxDecoded = lazily ? CapturedBody.MAX_DECODED_BYTES : MAX_IN_MEMORY;
    }

    /** What a body may hold. */
    enum Kind {
        JSON,
        /** JSON in lines, of which some may be other text. */
        JSON_LINES,
        FORM,
        MULTIPART,
        /** JSON if it begins like that. */
        UNKNOWN,
        /** Nothing that is looked for. */
        OTHER
    }

    /** What a body of a content type may hold. */
    static Kind kind(Optional<String> contentType) {
        String essence =
                contentType.flatMap(MediaType::parse).map(MediaType::essence).orElse("");
        return switch (essence) {
            case "", "text/plain", "application/octet-stream" -> Kind.UNKNOWN;
            case "application/x-www-form-urlencoded" -> Kind.FORM;
            case "multipart/form-data", "multipart/mixed", "multipart/related" -> Kind.MULTIPART;
            case "text/event-stream", "application/stream+json", "application/json-seq" -> Kind.JSON_LINES;
            default -> json(essence);
        };
    }

    /** Lines of JSON have no registered name, and go by several. */
    private static Kind json(String essence) {
        boolean lines = essence.endsWith("ndjson") || essence.contains("jsonl") || essence.contains("json-lines");
        return lines ? Kind.JSON_LINES : essence.contains("json") ? Kind.JSON : Kind.OTHER;
    }

    /** The body without secrets; the same one if there are none; one without a byte if it cannot be told. */
    CapturedBody scrub(CapturedBody body) {
        Kind kind = kind(body.contentType());
        if (kind == Kind.OTHER || body.capturedSize() == 0) {
            return body;
        }
        try {
            return scrub(body, kind);
        } catch (ContentDecodingException e) {
            // What is in it cannot be told; the copy says that bytes are missing.
            return leftOut(body);
        } catch (IOException e) {
            return leftOut(body); // Its file is gone, as with History's oldest: there is nothing to show any more.
        }
    }

    private CapturedBody scrub(CapturedBody body, Kind declared) throws IOException {
        byte[] start = start(body);
        if (isWide(start)) {
            return declared == Kind.UNKNOWN && !mayBeWideJson(start) ? body : leftOut(body);
        }
        if (declared == Kind.MULTIPART) {
            return nested(body);
        }
        // Many send JSON and say that it is something else.
        Kind kind = declared != Kind.JSON_LINES && startsLikeJson(start) ? Kind.JSON : declared;
        if (kind == Kind.UNKNOWN) {
            return body;
        }
        Scrubber look = scrubber(kind, placeholders);
        KeptBytes kept = new KeptBytes(body.capturedSize(), MAX_AT_ONCE);
        long length = copy(body, look, kept);
        if (!look.isChanged()) {
            return body;
        }
        if (kept.isWhole()) {
            return copyOf(body, CapturedBody.inMemory(kept.toByteArray()));
        }
        if (length > MAX_IN_MEMORY) {
            return lazily ? copyOf(body, new Redacted(body, kind, length)) : leftOut(body);
        }
        ByteArrayOutputStream clean = new ByteArrayOutputStream((int) length);
        copy(body, scrubber(kind, placeholders), clean);
        return copyOf(body, CapturedBody.inMemory(clean.toByteArray()));
    }

    /** Text without the secrets of the JSON in it; the same array if there are none. */
    byte[] json(byte[] text) {
        Scrubber look = new JsonScrubber(names, placeholders);
        ByteArrayOutputStream clean = new ByteArrayOutputStream(text.length + 64);
        try {
            look.feed(text, 0, text.length, clean);
            look.finish(clean);
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes all bytes", e);
        }
        return look.isChanged() ? clean.toByteArray() : text;
    }

    private Scrubber scrubber(Kind kind, Placeholders by) {
        return kind == Kind.FORM ? new FormScrubber(names, by) : new JsonScrubber(names, by, kind == Kind.JSON_LINES);
    }

    private byte[] start(CapturedBody body) throws IOException {
        try (InputStream in = body.openDecoded(maxDecoded)) {
            return in.readNBytes(64);
        }
    }

    /** UTF-16 and UTF-32, which senders of JSON may not use (RFC 8259 section 8.1), and some do. */
    private static boolean isWide(byte[] start) {
        boolean marked = start.length > 1 && (start[0] == -1 && start[1] == -2 || start[0] == -2 && start[1] == -1);
        return marked || start.length > 1 && (start[0] == 0 || start[1] == 0);
    }

    private static boolean mayBeWideJson(byte[] start) {
        for (int i = 0; i < Math.min(start.length, 8); i++) {
            if (start[i] == '{' || start[i] == '[') {
                return true;
            }
        }
        return false;
    }

    private static boolean startsLikeJson(byte[] start) {
        int at = start.length > 2 && start[0] == (byte) 0xef ? 3 : 0;
        while (at < start.length && start[at] <= ' ' && start[at] > 0) {
            at++;
        }
        return at < start.length && (start[at] == '{' || start[at] == '[');
    }

    private long copy(CapturedBody body, Scrubber scrubber, OutputStream out) throws IOException {
        CountingOutput counted = new CountingOutput(out);
        byte[] chunk = new byte[(int) Math.max(512, Math.min(CHUNK, body.capturedSize()))];
        try (InputStream in = body.openDecoded(maxDecoded)) {
            int count = in.read(chunk);
            while (count >= 0) {
                scrubber.feed(chunk, 0, count, counted);
                count = in.read(chunk);
            }
        }
        scrubber.finish(counted);
        return counted.count();
    }

    /** A part of a multipart body may be one as well. */
    private CapturedBody nested(CapturedBody body) throws IOException {
        if (nesting == MAX_NESTING) {
            return leftOut(body);
        }
        nesting++;
        try {
            return multipart(body);
        } finally {
            nesting--;
        }
    }

    private CapturedBody multipart(CapturedBody body) throws IOException {
        byte[] all;
        boolean whole;
        try (InputStream in = body.openDecoded(maxDecoded)) {
            all = in.readNBytes(MAX_MULTIPART);
            whole = in.read() < 0;
        }
        String boundary =
                body.mediaType().flatMap(type -> type.parameter("boundary")).orElse("");
        byte[] clean = new MultipartScrubber(this, names, placeholders).scrub(all, boundary, whole);
        if (Arrays.equals(clean, all) && whole) {
            return body;
        }
        return whole ? copyOf(body, CapturedBody.inMemory(clean)) : cut(body, clean);
    }

    /** The same body with other bytes: decoded, as many missing as were, and without the digest of the secret ones. */
    private static CapturedBody copyOf(CapturedBody body, BodySource clean) {
        long missing = Math.max(0, body.size() - body.capturedSize());
        return CapturedBody.of(clean, clean.length() + missing, body.isComplete(), null, plainHeaders(body));
    }

    private static CapturedBody cut(CapturedBody body, byte[] clean) {
        long size = Math.max(body.size(), clean.length + 1L);
        return CapturedBody.of(CapturedBody.inMemory(clean), size, body.isComplete(), null, plainHeaders(body));
    }

    private static CapturedBody leftOut(CapturedBody body) {
        return CapturedBody.of(
                CapturedBody.inMemory(new byte[0]),
                body.size(),
                body.isComplete(),
                null,
                body.contentType()
                        .map(type -> HeaderList.of("Content-Type", type))
                        .orElse(HeaderList.empty()));
    }

    private static HeaderList plainHeaders(CapturedBody body) {
        return body.contentType()
                .map(type -> HeaderList.of("Content-Type", type))
                .orElse(HeaderList.empty());
    }

    /** A large body that is redacted each time it is read. */
    private final class Redacted implements BodySource {
        private final CapturedBody body;
        private final Kind kind;
        private final long length;

        Redacted(CapturedBody body, Kind kind, long length) {
            this.body = body;
            this.kind = kind;
            this.length = length;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public InputStream open() throws IOException {
            return new ScrubbedStream(body.openDecoded(maxDecoded), scrubber(kind, fresh.get()), CHUNK);
        }

        @Override
        public long memoryBytes() {
            return body.memoryBytes();
        }
    }
}
