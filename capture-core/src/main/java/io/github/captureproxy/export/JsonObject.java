package io.github.captureproxy.export;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that was read: strings, {@link Long}, {@link Double} or {@link java.math.BigDecimal} numbers, booleans, lists and objects. What is null
 * counts as absent, as many writers make no difference. What is deeper than any format goes is left out.
 */
final class JsonObject {
    private static final int MAX_DEPTH = 32;

    /** More digits than any time has; one with a huge exponent would take as many to calculate with. */
    private static final int MAX_SCALE = 30;

    static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, Object> fields;

    private JsonObject(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** Reads the object that the parser stands at the beginning of. */
    static JsonObject read(JsonParser parser) throws IOException {
        return object(parser, 0);
    }

    private static JsonObject object(JsonParser parser, int depth) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = value(parser, depth + 1);
            if (value != null) {
                fields.put(name, value);
            }
        }
        return new JsonObject(fields);
    }

    private static @Nullable Object value(JsonParser parser, int depth) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isStructStart() && depth > MAX_DEPTH) {
            parser.skipChildren();
            return null;
        }
        return switch (token) {
            case START_OBJECT -> object(parser, depth);
            case START_ARRAY -> list(parser, depth);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getDoubleValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static List<Object> list(JsonParser parser, int depth) throws IOException {
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(parser, depth + 1);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** A string that has to be there. */
    String text(String name) throws IOException {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    /** A string, if there is one. */
    Optional<String> optionalText(String name) throws IOException {
        return get(name, String.class, "a string");
    }

    /** A number that has to be there. */
    long number(String name) throws IOException {
        return get(name, Long.class, "an integer").orElseThrow(() -> missing(name));
    }

    /** A number. */
    long number(String name, long otherwise) throws IOException {
        return get(name, Long.class, "an integer").orElse(otherwise);
    }

    /** A truth value; false if it is not there. */
    boolean flag(String name) throws IOException {
        return get(name, Boolean.class, "true or false").orElse(false);
    }

    /** An object that has to be there. */
    JsonObject object(String name) throws IOException {
        return optionalObject(name).orElseThrow(() -> missing(name));
    }

    /** An object, if there is one. */
    Optional<JsonObject> optionalObject(String name) throws IOException {
        return get(name, JsonObject.class, "an object");
    }

    /** The elements of an array; none if it is not there. */
    List<?> list(String name) throws IOException {
        Object value = fields.getOrDefault(name, List.of());
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IOException("\"" + name + "\" is not an array");
    }

    /** The objects of an array. */
    List<JsonObject> objects(String name) throws IOException {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : list(name)) {
            if (element instanceof JsonObject object) {
                objects.add(object);
            } else {
                throw new IOException("an element of \"" + name + "\" is no object");
            }
        }
        return objects;
    }

    /** A constant by its name, which has to be there. */
    <E extends Enum<E>> E constant(String name, Class<E> type) throws IOException {
        String text = text(name);
        try {
            return Enum.valueOf(type, text);
        } catch (IllegalArgumentException e) {
            throw new IOException("\"" + name + "\" has a value that is not known: " + text, e);
        }
    }

    /** What is there, as text, whatever it is; for formats that writers take their liberties with. */
    String anyText(String name, String otherwise) {
        Object value = fields.get(name);
        return value == null || value instanceof JsonObject || value instanceof List ? otherwise : value.toString();
    }

    /** What is there, as a number, also out of a string. */
    double anyNumber(String name, double otherwise) {
        Object value = fields.get(name);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        try {
            return value instanceof String text ? Double.parseDouble(text) : otherwise;
        } catch (NumberFormatException e) {
            return otherwise; // Something that says nothing.
        }
    }

    /** What is there, as an integer, which no double has all digits of. */
    long anyInteger(String name, long otherwise) {
        return fields.get(name) instanceof Long exact ? exact : (long) anyNumber(name, (double) otherwise);
    }

    /** What is there, as a fraction with all its digits. */
    Optional<BigDecimal> anyDecimal(String name) {
        Object value = fields.get(name);
        if (value instanceof BigDecimal decimal && Math.abs(decimal.scale()) <= MAX_SCALE) {
            return Optional.of(decimal);
        }
        double number = anyNumber(name, Double.NaN);
        return Double.isFinite(number) && Math.abs(number) < Long.MAX_VALUE
                ? Optional.of(BigDecimal.valueOf(number))
                : Optional.empty();
    }

    /** The object of that name; an empty one if there is none. */
    JsonObject anyObject(String name) {
        return fields.get(name) instanceof JsonObject object ? object : EMPTY;
    }

    /** The objects of an array; none if there is none. */
    List<JsonObject> anyObjects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        if (fields.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof JsonObject object) {
                    objects.add(object);
                }
            }
        }
        return objects;
    }

    /** The strings of an array; none if there is none. */
    List<String> anyTexts(String name) {
        List<String> texts = new ArrayList<>();
        if (fields.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof String text) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    private <T> Optional<T> get(String name, Class<T> type, String what) throws IOException {
        Object value = fields.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new IOException("\"" + name + "\" is not " + what);
        }
        return Optional.of(type.cast(value));
    }

    private static IOException missing(String name) {
        return new IOException("\"" + name + "\" is missing");
    }
}
