package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.ContentDecodingException;
import io.github.captureproxy.exchange.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a body is as a JSON string: its content codings undone; text, if the bytes can be had back from that, else base64.
 * A small body is read once into an array that the next one uses again; a large one is read twice and never stands in
 * memory. For one thread.
 */
final class BodyText {
    /** Most bodies are smaller, and an array of this size is no burden. */
    private static final int SMALL = 512 * 1024;

    private static final int FIRST = 32 * 1024;

    /** What a body can be. */
    enum Kind {
        /** Nothing was captured. */
        NONE,
        /** Well-formed UTF-8. */
        UTF8,
        /** Text in another charset. */
        RECODED,
        BINARY
    }

    private byte[] buffer = new byte[FIRST];
    private CapturedBody body = CapturedBody.empty();
    private Kind kind = Kind.NONE;
    private String recoded = "";
    private @Nullable String problem;
    private boolean small;
    private long size;

    /** Looks at a body, to tell about it and write it. */
    void load(CapturedBody next, @Nullable MediaType type) throws IOException {
        body = next;
        kind = Kind.NONE;
        problem = null;
        size = 0;
        small = true;
        if (next.capturedSize() == 0) {
            return;
        }
        Utf8Check check = new Utf8Check();
        try {
            read(check);
        } catch (ContentDecodingException e) {
            problem = e.getMessage();
            size = next.capturedSize();
            small = false;
            kind = Kind.BINARY;
            return;
        }
        if (size > 0) {
            kind = decide(check, type);
        }
    }

    private void read(Utf8Check check) throws IOException {
        InputStream opened;
        try {
            opened = body.openDecoded(CapturedBody.MAX_DECODED_BYTES);
        } catch (IOException e) {
            return; // Its file is gone: nothing was captured, as far as a reader can tell.
        }
        try (InputStream in = opened) {
            int length = 0;
            int count = in.read(buffer, 0, buffer.length);
            while (count >= 0) {
                check.feed(buffer, length, length + count);
                size += count;
                length = small ? length + count : 0;
                if (length == buffer.length && small) {
                    small = buffer.length < SMALL;
                    length = small ? length : 0;
                    buffer = small ? Arrays.copyOf(buffer, buffer.length * 2) : buffer;
                }
                count = in.read(buffer, length, buffer.length - length);
            }
        }
    }

    private Kind decide(Utf8Check check, @Nullable MediaType type) {
        if (type != null && isBinary(type)) {
            return Kind.BINARY;
        }
        Charset charset = type == null ? UTF_8 : charset(type);
        if (charset.equals(UTF_8)) {
            return check.isValid() ? Kind.UTF8 : Kind.BINARY;
        }
        if (!small || !charset.canEncode()) {
            return Kind.BINARY;
        }
        byte[] bytes = Arrays.copyOf(buffer, (int) size);
        recoded = new String(bytes, charset);
        return Arrays.equals(recoded.getBytes(charset), bytes) ? Kind.RECODED : Kind.BINARY;
    }

    /** What viewers show from base64 alone. */
    private static boolean isBinary(MediaType type) {
        return switch (type.type()) {
            case "audio", "video", "font" -> true;
            case "image" -> !type.subtype().equals("svg+xml");
            default -> false;
        };
    }

    /** The declared charset; UTF-8 if there is none, or none that is known. */
    static Charset charset(MediaType type) {
        String name = type.parameter("charset").orElse("");
        try {
            Charset known = name.isEmpty() ? UTF_8 : Charset.forName(name);
            return known.equals(US_ASCII) ? UTF_8 : known;
        } catch (IllegalArgumentException e) {
            return UTF_8; // No name of a charset, or not of one known here.
        }
    }

    Kind kind() {
        return kind;
    }

    /** Bytes without their content codings, as many as were captured. */
    long size() {
        return size;
    }

    /** True if there was a content coding, and it has been undone. */
    boolean isDecoded() {
        return problem == null && size != body.capturedSize();
    }

    /** Why a content coding could not be undone. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** The bytes without their content codings; null if they are many. */
    byte @Nullable [] small() {
        return small && kind != Kind.NONE ? Arrays.copyOf(buffer, (int) size) : null;
    }

    /** Writes the body as a string. */
    void write(JsonOut json) throws IOException {
        if (kind == Kind.RECODED) {
            json.string(recoded);
        } else if (small && kind == Kind.UTF8) {
            json.utf8(buffer, (int) size);
        } else if (small) {
            json.base64(new ByteArrayInputStream(buffer, 0, (int) size));
        } else {
            stream(json);
        }
    }

    private void stream(JsonOut json) throws IOException {
        try (InputStream in = problem == null ? body.openDecoded(CapturedBody.MAX_DECODED_BYTES) : body.open()) {
            if (kind == Kind.UTF8) {
                json.utf8(in);
            } else {
                json.base64(in);
            }
        }
    }
}
