package io.github.captureproxy.internal.diagnosis;

import static io.github.captureproxy.internal.diagnosis.Findings.many;

import io.github.captureproxy.diagnosis.Finding.Topic;
import io.github.captureproxy.history.SessionCounts;
import io.github.captureproxy.internal.session.SessionGlance;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** What running sessions leave out of what is recorded. */
final class SessionFindings {
    private static final int MOST_SHOWN = 5;

    /** A filter looks through the largest body in less. */
    private static final Duration HANGING = Duration.ofSeconds(1);

    private final Findings findings;

    SessionFindings(Findings findings) {
        this.findings = findings;
    }

    void find(SessionGlance session) {
        String name = "The session " + session.name();
        if (session.paused()) {
            suspect(name + " is paused: what begins now is not in it.", "Call its resume().");
        }
        leftOut(name, session.counts());
        if (session.inFilter().compareTo(HANGING) > 0) {
            suspect(
                    name + " takes nothing in: its filter has been in one call for "
                            + session.inFilter().toSeconds() + " s.",
                    "Look in a thread dump what the filter does; nothing that blocks belongs into one.");
        }
        if (session.counts().dropped() > 0) {
            suspect(
                    name + " has missed " + session.counts().dropped() + ", as its filter is slower than the traffic.",
                    "Give it a faster filter: what reads no body first, joined with and(...).");
        }
        session.problem()
                .ifPresent(problem -> suspect(
                        name + " has not written " + many(session.counts().unwritten(), "exchange", "exchanges")
                                + ", as writing failed: " + problem,
                        "Start another one with another file; its history has them."));
    }

    private void leftOut(String name, SessionCounts counts) {
        long all = counts.leftOutInAll();
        if (all > 0) {
            String parts = counts.leftOut().entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                    .limit(MOST_SHOWN)
                    .map(part -> part.getValue() + " as not: " + part.getKey())
                    .collect(Collectors.joining("; "));
            suspect(
                    name + " has left out " + all + " of " + many(all + counts.exchanges(), "exchange", "exchanges")
                            + " by its filter: " + parts + (counts.leftOut().size() > MOST_SHOWN ? "; and more" : "")
                            + ".",
                    "Widen its filter, or look into the proxy's own history(), which knows no filter.");
        }
    }

    private void suspect(String text, String advice) {
        findings.suspect(Topic.SESSIONS, text, advice);
    }
}
