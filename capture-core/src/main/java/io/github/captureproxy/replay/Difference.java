package io.github.captureproxy.replay;

import java.util.Locale;
import java.util.Objects;

/**
 * One thing in which two answers differ.
 *
 * @param part of what
 * @param where the field's name, a JSON pointer, the line or the offset; empty where the part says all
 * @param before what was captured, cut to {@link #MAX_SHOWN} characters; {@code (none)} if there was nothing
 * @param after what the replay got, likewise
 */
public record Difference(Part part, String where, String before, String after) {
    /** The most characters of a value that are shown. */
    public static final int MAX_SHOWN = 200;

    /** What stands for nothing. */
    static final String NONE = "(none)";

    /** Checks that all parts are there, and cuts the values. */
    public Difference {
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(where, "where");
        before = cut(before);
        after = cut(after);
    }

    private static String cut(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }

    /** The parts of an answer. */
    public enum Part {
        /** How the exchange ended. */
        OUTCOME,
        /** The status code. */
        STATUS,
        /** A header field. */
        HEADER,
        /** A trailer field. */
        TRAILER,
        /** The body. */
        BODY
    }

    /**
     * The difference on one line. It holds what was sent, which may be a secret.
     *
     * @return the part, the place and both values
     */
    @Override
    public String toString() {
        String line = part.name().toLowerCase(Locale.ROOT) + (where.isEmpty() ? "" : " " + where) + ": " + before
                + " -> " + after;
        StringBuilder shown = new StringBuilder(line);
        for (int i = 0; i < shown.length(); i++) {
            if (Character.isISOControl(shown.charAt(i))) {
                shown.setCharAt(i, '?'); // what was sent must not steer a terminal
            }
        }
        return shown.toString();
    }
}
