package io.github.captureproxy.internal.diagnosis;

import io.github.captureproxy.diagnosis.Finding;
import io.github.captureproxy.diagnosis.Finding.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects findings, suspects first, each in the order in which they are found. For one thread. */
final class Findings {
    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

    private final List<Finding> suspects = new ArrayList<>();
    private final List<Finding> others = new ArrayList<>();

    /** Something that can be the reason that a call is missing. */
    void suspect(Topic topic, String text, String advice) {
        add(topic, true, text, advice);
    }

    void fact(Topic topic, String text, String advice) {
        add(topic, false, text, advice);
    }

    /** A suspect, or no more than a fact. */
    void add(Topic topic, boolean suspect, String text, String advice) {
        // What clients and origins sent must not steer the terminal that this is printed on.
        String printable = CONTROL_CHARACTERS.matcher(text).replaceAll("?");
        (suspect ? suspects : others).add(new Finding(topic, suspect, printable, advice));
    }

    List<Finding> all() {
        List<Finding> all = new ArrayList<>(suspects);
        all.addAll(others);
        return all;
    }

    static String many(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }
}
