package io.github.captureproxy.export;

import io.github.captureproxy.exchange.BodyPart;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.internal.coding.MultipartBytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Redacts the named parts of a multipart form (RFC 7578), and the JSON in the others. For one thread. */
final class MultipartScrubber {
    private final BodyScrubber bodies;
    private final NameSet names;
    private final Placeholders placeholders;

    MultipartScrubber(BodyScrubber bodies, NameSet names, Placeholders placeholders) {
        this.bodies = bodies;
        this.names = names;
        this.placeholders = placeholders;
    }

    /** The body without secrets, as far as its parts can be told: what comes after too many of them is left out. */
    byte[] scrub(byte[] all, String boundary, boolean whole) {
        List<MultipartBytes.Part> parts =
                boundary.isEmpty() ? List.of() : MultipartBytes.split(all, boundary, CapturedBody.MAX_PARTS);
        ByteArrayOutputStream clean = new ByteArrayOutputStream(all.length);
        int done = 0;
        for (MultipartBytes.Part part : parts) {
            clean.write(all, done, part.bodyStart() - done);
            clean.writeBytes(content(all, part));
            done = part.bodyEnd();
        }
        boolean known = !parts.isEmpty() && parts.size() < CapturedBody.MAX_PARTS;
        if (known && whole) {
            clean.write(all, done, all.length - done);
        }
        return clean.toByteArray();
    }

    private byte[] content(byte[] all, MultipartBytes.Part part) {
        byte[] lines = Arrays.copyOfRange(all, part.headersStart(), part.headersEnd());
        HeaderList headers = HeaderList.ofFieldLines(lines, 0, lines.length);
        byte[] bytes = Arrays.copyOfRange(all, part.bodyStart(), part.bodyEnd());
        BodyPart field = new BodyPart(headers, CapturedBody.of(bytes, headers));
        if (field.name().filter(names::containsField).isPresent() && bytes.length > 0) {
            // One character a byte, so that equal bytes are equal secrets; text in UTF-8 is what is meant elsewhere.
            String secret = new String(bytes, StandardCharsets.UTF_8);
            return placeholders.of(secret).getBytes(StandardCharsets.UTF_8);
        }
        // One of no type may be JSON: browsers and curl give none to what is no file.
        return headers.has("content-encoding")
                ? bytes
                : bodies.scrub(field.body()).bytes();
    }
}
