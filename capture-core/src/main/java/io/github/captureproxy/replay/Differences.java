package io.github.captureproxy.replay;

import java.util.ArrayList;
import java.util.List;

/** Collects differences, and counts those that there is no room for. For one thread. */
final class Differences {
    private final List<Difference> found = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long more;

    void add(Difference.Part part, String where, String before, String after) {
        if (found.size() < Comparison.MAX_DIFFERENCES) {
            found.add(new Difference(part, where, before, after));
        } else {
            more++;
        }
    }

    void note(String text) {
        notes.add(text);
    }

    Comparison comparison() {
        if (more > 0) {
            notes.add("and " + more + " more");
        }
        return new Comparison(found, notes);
    }
}
