package io.github.captureproxy.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The values of a JSON text by their pointers (RFC 6901); of empty objects and arrays, these themselves. */
final class JsonValues {
    /** Values past this are not looked at one by one: the bodies are compared as text then. */
    static final int MAX_VALUES = 50_000;

    /** Deeper than any real document, and far from what a stack takes. */
    static final int MAX_DEPTH = 200;

    /** Characters of all pointers together: long names above many values would take much more than the text does. */
    static final int MAX_POINTERS = 16 * 1024 * 1024;

    /** Names of captured values are not to stay in the JVM for good. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private final Map<String, String> values = new LinkedHashMap<>();
    private long pointers;

    private JsonValues(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads a text; empty if it is not one JSON value, or a limit is passed. */
    static Optional<Map<String, String>> of(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            JsonValues read = new JsonValues(parser);
            JsonToken first = parser.nextToken();
            if (first == null || !read.value("", first, 0) || parser.nextToken() != null) {
                return Optional.empty();
            }
            return Optional.of(read.values);
        } catch (IOException e) { // it is no JSON, whatever its media type says
            return Optional.empty();
        }
    }

    private boolean value(String pointer, JsonToken token, int depth) throws IOException {
        if (depth > MAX_DEPTH || values.size() >= MAX_VALUES) {
            return false;
        }
        return switch (token) {
            case START_OBJECT -> object(pointer, depth);
            case START_ARRAY -> array(pointer, depth);
            case VALUE_STRING -> put(pointer, '"' + parser.getText() + '"');
            default -> put(pointer, parser.getText());
        };
    }

    private boolean put(String pointer, String text) {
        pointers += pointer.length();
        values.put(pointer, text);
        return pointers <= MAX_POINTERS;
    }

    private boolean object(String pointer, int depth) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_OBJECT) {
            return put(pointer, "{}");
        }
        while (token == JsonToken.FIELD_NAME) {
            String name = parser.getText().replace("~", "~0").replace("/", "~1");
            if (!value(pointer + "/" + name, parser.nextToken(), depth + 1)) {
                return false;
            }
            token = parser.nextToken();
        }
        return true;
    }

    private boolean array(String pointer, int depth) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_ARRAY) {
            return put(pointer, "[]");
        }
        for (int index = 0; token != JsonToken.END_ARRAY; index++) {
            if (!value(pointer + "/" + index, token, depth + 1)) {
                return false;
            }
            token = parser.nextToken();
        }
        return true;
    }
}
