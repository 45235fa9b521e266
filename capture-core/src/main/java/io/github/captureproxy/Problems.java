package io.github.captureproxy;

import io.github.captureproxy.InvalidConfigurationException.Problem;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a configuration, in the order in which it was found. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    /** Notes an option that is wrong: its call as the program wrote it, and what to do instead. */
    void add(String option, Object value, String fix) {
        found.add(new Problem(option, printable(String.valueOf(value)), fix));
    }

    /** How many were noted so far. */
    int size() {
        return found.size();
    }

    /** A text as a Java program writes it. */
    static String quoted(String text) {
        return "\"" + text + "\"";
    }

    /** Ends in an exception if anything was found. */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidConfigurationException(found);
        }
    }

    private static String printable(String text) {
        return text.codePoints()
                .mapToObj(c -> Character.isISOControl(c) ? String.format("\\u%04x", c) : Character.toString(c))
                .reduce("", String::concat);
    }
}
