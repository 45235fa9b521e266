package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.captureproxy.internal.coding.UrlEncoded;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Fields of a form or a query of which nothing is lost when they are decoded. */
final class DistinctFields {
    /** Nobody looks through more in a table. */
    private static final int MAX = 1_000;

    private DistinctFields() {}

    /** The fields in order, decoded; empty if that cannot be undone, for broken escapes, repeated names or no name. */
    static Optional<Map<String, String>> of(String encoded) {
        String[] pieces = encoded.split("&", MAX + 1);
        for (String piece : pieces) {
            if (piece.indexOf('=') < 1 || !isEncoded(piece)) {
                return Optional.empty();
            }
        }
        Map<String, String> fields = new LinkedHashMap<>();
        UrlEncoded.parse(encoded.getBytes(US_ASCII), MAX, fields::put);
        boolean utf8 = fields.entrySet().stream()
                .noneMatch(field -> (field.getKey() + field.getValue()).indexOf('\uFFFD') >= 0);
        return utf8 && fields.size() == pieces.length
                ? Optional.of(Collections.unmodifiableMap(fields))
                : Optional.empty();
    }

    /** Tells if percent signs stand only where they are an escape, and there is nothing that would need one. */
    private static boolean isEncoded(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '%' && !isEscape(piece, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEscape(String piece, int at) {
        return at + 2 < piece.length()
                && Character.digit(piece.charAt(at + 1), 16) >= 0
                && Character.digit(piece.charAt(at + 2), 16) >= 0;
    }
}
