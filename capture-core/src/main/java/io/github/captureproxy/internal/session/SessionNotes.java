package io.github.captureproxy.internal.session;

import io.github.captureproxy.history.SessionCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What there is to say of a session where a look-up in its history failed. */
final class SessionNotes {
    private SessionNotes() {}

    /** A line each; none where the filter has left out, dropped and kept waiting nothing. */
    static List<String> of(SessionGlance session) {
        List<String> notes = new ArrayList<>();
        SessionCounts counts = session.counts();
        if (counts.waiting() > 0) {
            notes.add(waiting(session));
        }
        if (counts.leftOutInAll() + counts.dropped() > 0) {
            notes.add(leftOut(session.name(), counts));
        }
        return notes;
    }

    private static String leftOut(String name, SessionCounts counts) {
        String parts = counts.leftOut().entrySet().stream()
                .map(entry -> entry.getValue() + " as not: " + entry.getKey())
                .collect(Collectors.joining("; "));
        return "left out by the filter of session " + name + ": " + counts.leftOutInAll()
                + (parts.isEmpty() ? "" : " (" + parts + ")") + "; dropped by it: " + counts.dropped();
    }

    private static String waiting(SessionGlance session) {
        Duration inFilter = session.inFilter();
        return "not there yet, as they wait for the filter of session " + session.name()
                + (inFilter.isZero() ? "" : ", which has been in one call for " + inFilter.toMillis() + " ms")
                + ": " + session.counts().waiting() + " that have ended";
    }
}
