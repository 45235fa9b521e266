package io.github.captureproxy.examples.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a body is, so that it can be shown: by its media type, and where that tells nothing, by how it begins. */
public enum ContentKind {
    /** Nothing was captured. */
    EMPTY,
    /** JSON. */
    JSON,
    /** Several JSON texts, one after the other. */
    JSON_LINES,
    /** XML. */
    XML,
    /** HTML. */
    HTML,
    /** A script. */
    SCRIPT,
    /** A style sheet. */
    CSS,
    /** An image. */
    IMAGE,
    /** The fields of a form. */
    FORM,
    /** Parts with heads of their own. */
    MULTIPART,
    /** Messages of a gRPC call. */
    GRPC,
    /** Server-sent events. */
    EVENTS,
    /** A protobuf message. */
    PROTOBUF,
    /** Other text. */
    TEXT,
    /** Other bytes. */
    BINARY;

    /** By how many bytes a body is judged. */
    public static final int SNIFFED = 512;

    /**
     * Tells.
     *
     * @param essence type and subtype in lower case; empty if unknown
     * @param start how the body begins, its content codings undone
     * @return the kind
     */
    public static ContentKind of(String essence, byte[] start) {
        if (start.length == 0) {
            return EMPTY;
        }
        ContentKind kind = named(essence).orElseGet(() -> sniffed(start));
        return kind == BINARY && essence.startsWith("text/") ? TEXT : kind;
    }

    private static Optional<ContentKind> named(String essence) {
        String subtype = essence.substring(essence.indexOf('/') + 1);
        ContentKind kind = switch (essence) {
            case "text/html", "application/xhtml+xml" -> HTML;
            case "text/css" -> CSS;
            case "text/event-stream" -> EVENTS;
            case "application/x-www-form-urlencoded" -> FORM;
            case "application/x-ndjson", "application/jsonl", "application/json-seq", "application/jsonlines" ->
                JSON_LINES;
            default -> bySubtype(essence, subtype);
        };
        return kind == BINARY ? Optional.empty() : Optional.of(kind);
    }

    /** {@link #BINARY} for what is not known. */
    private static ContentKind bySubtype(String essence, String subtype) {
        if (essence.startsWith("image/")) {
            return IMAGE;
        }
        if (essence.startsWith("multipart/")) {
            return MULTIPART;
        }
        if (subtype.equals("json") || subtype.endsWith("+json")) {
            return JSON;
        }
        if (subtype.equals("xml") || subtype.endsWith("+xml")) {
            return XML;
        }
        if (subtype.endsWith("javascript") || subtype.equals("ecmascript")) {
            return SCRIPT;
        }
        if (subtype.equals("grpc") || subtype.startsWith("grpc+")) {
            return GRPC;
        }
        return subtype.contains("protobuf") ? PROTOBUF : BINARY;
    }

    private static ContentKind sniffed(byte[] start) {
        if (imageType(start).isPresent()) {
            return IMAGE;
        }
        String text = new String(start, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
        if (!isText(start)) {
            return BINARY;
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return JSON;
        }
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return HTML;
        }
        return text.startsWith("<?xml") ? XML : TEXT;
    }

    /** No NUL, and few control characters. */
    private static boolean isText(byte[] start) {
        int control = 0;
        for (byte b : start) {
            if (b == 0) {
                return false;
            }
            control += b > 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1b ? 1 : 0;
        }
        return control * 50 <= start.length;
    }

    /**
     * The type of an image that browsers decode safely, by its first bytes.
     *
     * @param start how it begins
     * @return its media type; {@code image/svg+xml} is only safe where scripts in it don't run, as in an {@code img}
     */
    public static Optional<String> imageType(byte[] start) {
        String head = new String(start, 0, Math.min(start.length, 256), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of("image/png");
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return Optional.of("image/gif");
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return Optional.of("image/webp");
        }
        if (head.startsWith("ftypavif", 4) || head.startsWith("ftypavis", 4)) {
            return Optional.of("image/avif");
        }
        if (head.startsWith("BM") && start.length > 26 && Arrays.equals(start, 6, 10, new byte[4], 0, 4)) {
            return Optional.of("image/bmp");
        }
        if (head.startsWith("\0\0\u0001\0")) {
            return Optional.of("image/x-icon");
        }
        String text = head.strip().toLowerCase(Locale.ROOT);
        boolean svg =
                text.startsWith("<svg") || (text.startsWith("<?xml") || text.startsWith("<!")) && text.contains("<svg");
        return svg ? Optional.of("image/svg+xml") : Optional.empty();
    }
}
