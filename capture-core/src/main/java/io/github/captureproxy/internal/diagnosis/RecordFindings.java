package io.github.captureproxy.internal.diagnosis;

import static io.github.captureproxy.internal.diagnosis.Findings.many;

import io.github.captureproxy.diagnosis.Finding.Topic;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.history.HistoryCounts;
import io.github.captureproxy.history.ListenerCounts;
import io.github.captureproxy.history.ProxyCounts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was recorded, and what became of it. */
final class RecordFindings {
    private static final int MOST_SHOWN = 5;

    private final Facts facts;
    private final Findings findings;

    RecordFindings(Facts facts, Findings findings) {
        this.facts = facts;
        this.findings = findings;
    }

    void find() {
        pause();
        inFlight();
        history();
        facts.sessions().forEach(new SessionFindings(findings)::find);
        facts.counts().listeners().forEach(this::listener);
        recorded();
    }

    private void pause() {
        long unseen = facts.counts().unseen();
        String passed = many(unseen, "exchange or tunnel has", "exchanges and tunnels have") + " passed unseen";
        if (facts.paused()) {
            findings.suspect(
                    Topic.RECORDING,
                    "Recording is paused: what begins now is not recorded. " + passed + " so far.",
                    "Call resume(), and leave out startPaused().");
        } else if (unseen > 0) {
            findings.suspect(
                    Topic.RECORDING,
                    passed + " while recording was paused.",
                    "Call resume() before the calls that are to be seen begin.");
        }
    }

    private void inFlight() {
        // Open tunnels of which it is known how they are handled are found with the tunnels.
        List<InFlightExchange> open = facts.history().inFlight().stream()
                .filter(exchange -> exchange.tunnelReason().isEmpty())
                .toList();
        if (!open.isEmpty()) {
            String shown = open.stream()
                    .limit(MOST_SHOWN)
                    .map(exchange -> "#" + exchange.id() + " " + exchange.summary())
                    .collect(Collectors.joining("; "));
            findings.suspect(
                    Topic.IN_FLIGHT,
                    many(open.size(), "exchange or tunnel has", "exchanges and tunnels have")
                            + " not ended yet, and so are not in History: " + shown
                            + (open.size() > MOST_SHOWN ? "; and more" : "") + ".",
                    "Wait for an exchange with history().await(...); read inFlight() for those that stay open.");
        }
    }

    private void history() {
        HistoryCounts counts = facts.history().counts();
        if (counts.evicted() > 0) {
            findings.suspect(
                    Topic.HISTORY,
                    "History has forgotten " + counts.evicted() + " of " + many(counts.added(), "exchange", "exchanges")
                            + " for its limits: " + counts.evictedByCount() + " by number, " + counts.evictedByBytes()
                            + " by bytes, " + counts.evictedByAge() + " by age.",
                    "Raise the limits with history(HistoryLimits...), or take exchanges with a listener as they come.");
        }
        if (counts.tunnelsEvicted() > 0) {
            findings.suspect(
                    Topic.HISTORY,
                    "History has forgotten " + counts.tunnelsEvicted() + " of "
                            + many(counts.tunnelsAdded(), "tunnel", "tunnels") + " for its limit.",
                    "Raise it with history(HistoryLimits...).");
        }
        long cleared = counts.added() - counts.evicted() - facts.history().size();
        if (cleared > 0) {
            findings.fact(
                    Topic.HISTORY,
                    many(cleared, "exchange was", "exchanges were") + " taken out of History by clear().",
                    "");
        }
    }

    private void listener(ListenerCounts counts) {
        if (counts.dropped() > 0) {
            findings.suspect(
                    Topic.LISTENERS,
                    "The listener " + counts.listener() + " has missed "
                            + many(counts.dropped(), "delivery", "deliveries") + ": its queue was full.",
                    "Make it faster, hand its work to another thread, or raise listenerQueueCapacity. History has them.");
        }
        if (counts.failed() > 0) {
            findings.suspect(
                    Topic.LISTENERS,
                    "The listener " + counts.listener() + " has thrown in " + many(counts.failed(), "call", "calls")
                            + ".",
                    "Look at the log: each is written there.");
        }
    }

    private void recorded() {
        ProxyCounts counts = facts.counts();
        Map<Outcome.Status, Long> failed = new TreeMap<>(counts.outcomes());
        failed.keySet().removeAll(List.of(Outcome.Status.COMPLETED, Outcome.Status.UPGRADED));
        findings.fact(
                Topic.RECORDING,
                many(counts.exchanges(), "exchange", "exchanges") + " and "
                        + many(counts.tunnels(), "tunnel", "tunnels")
                        + " were recorded; History holds " + facts.history().size() + " and "
                        + facts.history().tunnels().size() + "."
                        + (failed.isEmpty() ? "" : " Not all went well: " + shown(failed) + "."),
                "");
        if (counts.bodiesCut() > 0) {
            findings.fact(
                    Topic.RECORDING,
                    many(counts.bodiesCut(), "body was", "bodies were")
                            + " not captured whole, so filters on their text" + " may miss.",
                    "Raise maxBodyBytes and captureBudget, or use spillTo.");
        }
    }

    private static String shown(Map<Outcome.Status, Long> outcomes) {
        return outcomes.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
