package io.github.captureproxy.internal.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the value of a Sec-WebSocket-Extensions field (RFC 6455 section 9.1). */
final class ExtensionList {

    /** One extension: its name and what it says about itself. */
    record Extension(String name, List<Parameter> parameters) {}

    /** One parameter, its name in lower case, its value without quotes. */
    record Parameter(String name, Optional<String> value) {}

    private ExtensionList() {}

    /** The extensions in their order; what is malformed comes out as a name that no extension has. */
    static List<Extension> parse(String value) {
        List<Extension> extensions = new ArrayList<>();
        for (String element : split(value, ',')) {
            if (!element.isBlank()) {
                extensions.add(extension(element));
            }
        }
        return extensions;
    }

    private static Extension extension(String element) {
        List<String> parts = split(element, ';');
        List<Parameter> parameters = new ArrayList<>();
        for (String part : parts.subList(1, parts.size())) {
            parameters.add(parameter(part));
        }
        return new Extension(lower(parts.get(0)), parameters);
    }

    private static Parameter parameter(String part) {
        int equals = part.indexOf('=');
        return equals < 0
                ? new Parameter(lower(part), Optional.empty())
                : new Parameter(
                        lower(part.substring(0, equals)),
                        Optional.of(unquote(part.substring(equals + 1).strip())));
    }

    /** A quoted value must be a token when unquoted, so a backslash in it needs no care: it fits no known value. */
    private static String unquote(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** Splits at a separator that stands outside quotes; one part at least. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
