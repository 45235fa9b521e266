package io.github.captureproxy.examples.store;

import java.util.Locale;
import java.util.Set;

/** What a response is, roughly, by its content type: for toggles and charts. */
public enum TypeFamily {
    /** No content type: no body, most often. */
    NONE,
    /** JSON in any of its forms. */
    JSON,
    /** XML, but for images and pages. */
    XML,
    /** Pages. */
    HTML,
    /** JavaScript and WebAssembly. */
    SCRIPT,
    /** Style sheets. */
    STYLE,
    /** Images. */
    IMAGE,
    /** Fonts. */
    FONT,
    /** Audio and video. */
    MEDIA,
    /** gRPC and Protocol Buffers. */
    GRPC,
    /** Forms. */
    FORM,
    /** Event streams. */
    EVENTS,
    /** Other text. */
    TEXT,
    /** Anything else. */
    OTHER;

    private static final Set<String> SCRIPTS = Set.of("javascript", "x-javascript", "ecmascript", "wasm");
    private static final Set<String> JSONS = Set.of("json", "x-ndjson", "jsonl", "ndjson");

    /**
     * The family of a content type.
     *
     * @param essence type and subtype without parameters; empty for none
     * @return the family
     */
    public static TypeFamily of(String essence) {
        String type = essence.toLowerCase(Locale.ROOT);
        int slash = type.indexOf('/');
        if (slash < 0) {
            return NONE;
        }
        return ofParts(type.substring(0, slash), type.substring(slash + 1));
    }

    private static TypeFamily ofParts(String type, String subtype) {
        return switch (type) {
            case "image" -> IMAGE;
            case "font" -> FONT;
            case "audio", "video" -> MEDIA;
            case "multipart" -> FORM;
            default -> ofSubtype(subtype, type.equals("text") ? TEXT : OTHER);
        };
    }

    private static TypeFamily ofSubtype(String subtype, TypeFamily otherwise) {
        if (JSONS.contains(subtype) || subtype.endsWith("+json")) {
            return JSON;
        }
        if (subtype.equals("html") || subtype.equals("xhtml+xml")) {
            return HTML;
        }
        if (subtype.equals("xml") || subtype.endsWith("+xml")) {
            return XML;
        }
        if (SCRIPTS.contains(subtype)) {
            return SCRIPT;
        }
        if (subtype.startsWith("grpc") || subtype.endsWith("protobuf") || subtype.endsWith("+proto")) {
            return GRPC;
        }
        return switch (subtype) {
            case "css" -> STYLE;
            case "event-stream" -> EVENTS;
            case "x-www-form-urlencoded" -> FORM;
            default -> subtype.contains("font") ? FONT : otherwise;
        };
    }

    /** The name as it is stored, and as {@link RowQuery#types} has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
