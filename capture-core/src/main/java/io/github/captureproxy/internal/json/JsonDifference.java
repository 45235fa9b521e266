package io.github.captureproxy.internal.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Where two JSON values differ, in words. The order of an object's members does not matter, that of an array's elements does. */
public final class JsonDifference {
    /** Enough to see what kind of difference it is. */
    private static final int MOST_SHOWN = 10;

    /** Of one value. */
    private static final int MOST_CHARACTERS = 200;

    /** Digits before or after the point of a number that is written without an exponent. */
    private static final int LONGEST_PLAIN = 20;

    private final List<String> found = new ArrayList<>();

    private JsonDifference() {}

    /**
     * Compares two values that {@link JsonText#parse} has read.
     *
     * @param expected the one that was wanted
     * @param actual the one that was there
     * @return the differences, each with its place as a JSON pointer (RFC 6901) and both values, the first ten of them;
     *     empty if the values are equal
     */
    public static List<String> between(Object expected, Object actual) {
        JsonDifference difference = new JsonDifference();
        difference.compare("", expected, actual);
        return difference.found;
    }

    private void compare(String at, Object expected, Object actual) {
        if (found.size() >= MOST_SHOWN || expected.equals(actual)) {
            return;
        }
        if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> there) {
            members(at, wanted, there);
        } else if (expected instanceof List<?> wanted && actual instanceof List<?> there) {
            elements(at, wanted, there);
        } else {
            add(at, "expected " + text(expected) + ", but was " + text(actual));
        }
    }

    private void members(String at, Map<?, ?> expected, Map<?, ?> actual) {
        expected.forEach((name, wanted) -> {
            String place = at + "/" + escaped(name);
            Object there = actual.get(name);
            if (there == null) {
                add(place, "expected " + text(wanted) + ", but it is missing");
            } else {
                compare(place, wanted, there);
            }
        });
        actual.forEach((name, there) -> {
            if (!expected.containsKey(name)) {
                add(at + "/" + escaped(name), "not expected, but was " + text(there));
            }
        });
    }

    private void elements(String at, List<?> expected, List<?> actual) {
        Iterator<?> wanted = expected.iterator();
        Iterator<?> there = actual.iterator();
        for (int i = 0; wanted.hasNext() || there.hasNext(); i++) {
            String place = at + "/" + i;
            if (!there.hasNext()) {
                add(place, "expected " + text(wanted.next()) + ", but it is missing");
            } else if (!wanted.hasNext()) {
                add(place, "not expected, but was " + text(there.next()));
            } else {
                compare(place, wanted.next(), there.next());
            }
        }
    }

    private void add(String at, String what) {
        if (found.size() < MOST_SHOWN) {
            found.add("at " + (at.isEmpty() ? "the top" : at) + ": " + what);
        }
    }

    private static String escaped(Object name) {
        return name.toString().replace("~", "~0").replace("/", "~1");
    }

    /**
     * A value as JSON has it, for messages.
     *
     * @param value what {@link JsonText} has read
     * @return one line of at most 200 characters and dots
     */
    public static String text(Object value) {
        String whole = json(value);
        return whole.length() <= MOST_CHARACTERS ? whole : whole.substring(0, MOST_CHARACTERS) + "...";
    }

    private static String json(Object value) {
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof List<?> elements) {
            StringJoiner all = new StringJoiner(",", "[", "]");
            elements.forEach(element -> all.add(json(element)));
            return all.toString();
        }
        if (value instanceof Map<?, ?> members) {
            StringJoiner all = new StringJoiner(",", "{", "}");
            members.forEach((name, member) -> all.add(quoted(name.toString()) + ":" + json(member)));
            return all.toString();
        }
        return value instanceof BigDecimal number && Math.abs(number.scale()) <= LONGEST_PLAIN
                ? number.toPlainString()
                : value.toString();
    }

    /** What JSON wants to be escaped (RFC 8259 section 7), which is also what would steer a terminal. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
