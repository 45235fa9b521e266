package io.github.captureproxy.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JSON pointer (RFC 6901). Immutable and safe for any thread. */
public final class JsonPointer {
    private final String text;
    private final List<String> segments;

    private JsonPointer(String text, List<String> segments) {
        this.text = text;
        this.segments = List.copyOf(segments);
    }

    /**
     * Reads a pointer.
     *
     * @param text the pointer, such as {@code /order/items/0}; empty for the whole text
     * @return the pointer
     * @throws IllegalArgumentException if it is none; the message says what is wrong with it
     */
    public static JsonPointer parse(String text) {
        if (!text.isEmpty() && text.charAt(0) != '/') {
            throw new IllegalArgumentException("JSON pointer '" + text + "' does not start with /: write /" + text);
        }
        List<String> segments = new ArrayList<>();
        int start = 1;
        while (start <= text.length()) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            segments.add(unescape(text, start, end));
            start = end + 1;
        }
        return new JsonPointer(text, text.isEmpty() ? List.of() : segments);
    }

    /**
     * Finds the value that is pointed at. What stands after it in the text is not read.
     *
     * @param json a JSON text; of members with one name the first counts
     * @return the value as {@link JsonText} has it; empty if there is none, or if the text up to its end is no JSON
     */
    public Optional<Object> find(String json) {
        try (JsonParser parser = JsonText.open(json)) {
            JsonToken token = JsonText.required(parser);
            for (String segment : segments) {
                if (!enter(parser, token, segment)) {
                    return Optional.empty();
                }
                token = parser.currentToken();
            }
            return Optional.of(JsonText.read(parser, token, 0));
        } catch (IOException e) { // No JSON has no such value.
            return Optional.empty();
        }
    }

    /** Moves to the first token of a member's or an element's value, if there is one. */
    private static boolean enter(JsonParser parser, JsonToken token, String segment) throws IOException {
        return switch (token) {
            case START_OBJECT -> enterMember(parser, segment);
            case START_ARRAY -> isIndex(segment) && enterElement(parser, Integer.parseInt(segment));
            default -> false;
        };
    }

    private static boolean enterMember(JsonParser parser, String name) throws IOException {
        while (JsonText.required(parser) != JsonToken.END_OBJECT) {
            boolean found = parser.getText().equals(name);
            JsonText.required(parser);
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static boolean enterElement(JsonParser parser, int index) throws IOException {
        for (int i = 0; JsonText.required(parser) != JsonToken.END_ARRAY; i++) {
            if (i == index) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    /** Digits without a leading zero (section 4); nine of them are more than any text has elements. */
    private static boolean isIndex(String segment) {
        boolean digits =
                !segment.isEmpty() && segment.length() <= 9 && segment.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && (segment.length() == 1 || segment.charAt(0) != '0');
    }

    private static String unescape(String text, int from, int to) {
        String segment = text.substring(from, to);
        for (int i = segment.indexOf('~'); i >= 0; i = segment.indexOf('~', i + 1)) {
            char next = i + 1 < segment.length() ? segment.charAt(i + 1) : ' ';
            if (next != '0' && next != '1') {
                throw new IllegalArgumentException("JSON pointer '" + text
                        + "' has a ~ that is neither ~0 nor ~1: write ~0 for a ~, and ~1 for a /");
            }
        }
        return segment.replace("~1", "/").replace("~0", "~");
    }

    @Override
    public String toString() {
        return text;
    }
}
