package io.github.captureproxy.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON texts (RFC 8259) as values that are equal where the texts mean the same: {@link Map}, {@link List},
 * {@link String}, {@link Boolean}, {@link JsonNull}, and numbers that are equal if their value is.
 */
public final class JsonText {
    /** Deeper ones are no JSON here: each level is a level of the stack. No known API nests a tenth as deep. */
    static final int MAX_DEPTH = 500;

    /** Longer numbers are compared as they are written: what they are worth takes too long to tell. */
    private static final int MAX_NUMBER_LENGTH = 1000;

    // Nothing is kept in threads or in the JVM's table of strings by it, as the threads are the callers' own.
    /** How the parser names another place in its messages. */
    private static final String SOURCE = "(?s)\\[Source: .*?; line: (\\d+), column: (\\d+)]";

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING)
            .build();

    private JsonText() {}

    /**
     * Reads one JSON text.
     *
     * @param text the text; of members with one name the last counts
     * @return the value
     * @throws IOException if it is no JSON, or nests deeper than 500 levels; its message says where
     */
    public static Object parse(String text) throws IOException {
        try (JsonParser parser = open(text)) {
            Object value = read(parser, required(parser), 0);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "something follows the JSON text");
            }
            return value;
        }
    }

    /**
     * Opens a JSON text for reading token by token.
     *
     * @param text the text
     * @return a parser; the caller closes it
     * @throws IOException if it cannot be read
     */
    public static JsonParser open(String text) throws IOException {
        return FACTORY.createParser(text);
    }

    /**
     * Brings a value of Java's to the form in which those read from a text are compared.
     *
     * @param value a string, number, boolean, or null
     * @return the value
     * @throws IllegalArgumentException if it is something else, or a number that JSON does not have
     */
    public static Object scalar(@Nullable Object value) {
        if (value == null) {
            return JsonNull.NULL;
        }
        if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            try {
                return new BigDecimal(number.toString()).stripTrailingZeros();
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("the JSON value " + number + " is no number of JSON", e);
            }
        }
        throw new IllegalArgumentException(
                "the JSON value is of " + value.getClass().getName() + ": give a string, a number, a boolean or null");
    }

    /** What went wrong with a text, without the parser's picture of its input. */
    public static String problem(IOException failure) {
        if (failure instanceof JsonProcessingException json && json.getLocation() != null) {
            return words(json) + " at line " + json.getLocation().getLineNr() + ", column "
                    + json.getLocation().getColumnNr();
        }
        return String.valueOf(failure.getMessage());
    }

    /** The parser's own words for what went wrong, without those about its settings and where the text is from. */
    public static String words(JsonProcessingException failure) {
        return failure.getOriginalMessage().replaceAll(SOURCE, "line $1, column $2");
    }

    /** The value that starts with a token. */
    static Object read(JsonParser parser, JsonToken first, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new JsonParseException(parser, "nested more than " + MAX_DEPTH + " levels deep");
        }
        return switch (first) {
            case START_OBJECT -> members(parser, depth);
            case START_ARRAY -> elements(parser, depth);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new JsonParseException(parser, "a value is missing");
        };
    }

    static JsonToken required(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new JsonParseException(parser, "it ends where a value is missing");
        }
        return token;
    }

    private static Map<String, Object> members(JsonParser parser, int depth) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (required(parser) != JsonToken.END_OBJECT) {
            String name = parser.getText();
            members.put(name, read(parser, required(parser), depth + 1));
        }
        return members;
    }

    private static List<Object> elements(JsonParser parser, int depth) throws IOException {
        List<Object> elements = new ArrayList<>();
        JsonToken token = required(parser);
        while (token != JsonToken.END_ARRAY) {
            elements.add(read(parser, token, depth + 1));
            token = required(parser);
        }
        return elements;
    }

    private static Object number(String text) {
        if (text.length() > MAX_NUMBER_LENGTH) {
            return new Digits(text);
        }
        try {
            return new BigDecimal(text).stripTrailingZeros();
        } catch (NumberFormatException e) { // An exponent past what Java can hold.
            return new Digits(text);
        }
    }

    /** A number whose value is not told. */
    private record Digits(String text) {
        @Override
        public String toString() {
            return text;
        }
    }
}
