package io.github.captureproxy.diagnosis;

import io.github.captureproxy.history.HistoryCounts;
import io.github.captureproxy.history.ProxyCounts;
import java.util.List;
import java.util.Objects;

/**
 * What a proxy can tell of calls that are not seen, at one moment: made by {@code CaptureProxy.diagnose()}, to be printed.
 * Immutable and safe for any thread.
 *
 * @param subject what was looked at, in words
 * @param findings what was found, suspects first
 * @param clients who has connected, those first that did last; the last 64 addresses
 * @param counts what the proxy has counted
 * @param history what its History has taken in and let go
 */
public record Diagnosis(
        String subject, List<Finding> findings, List<ClientVisits> clients, ProxyCounts counts, HistoryCounts history) {
    private static final String INDENT = "\n     ";

    /** Copies the lists. */
    public Diagnosis {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(history, "history");
        findings = List.copyOf(findings);
        clients = List.copyOf(clients);
    }

    /**
     * What can be the reason that a call is missing.
     *
     * @return an unmodifiable list, the likeliest first
     */
    public List<Finding> suspects() {
        return findings.stream().filter(Finding::suspect).toList();
    }

    /**
     * All findings as text, each with what to do about it.
     *
     * @return several lines, without secrets
     */
    @Override
    public String toString() {
        List<Finding> suspects = suspects();
        List<Finding> facts =
                findings.stream().filter(finding -> !finding.suspect()).toList();
        StringBuilder text = new StringBuilder(subject);
        append(
                text,
                suspects.isEmpty() ? "Nothing explains a missing call:" : "What can explain a missing call:",
                suspects);
        append(text, "What is known besides:", facts);
        return text.toString();
    }

    private static void append(StringBuilder text, String title, List<Finding> findings) {
        text.append('\n').append(title);
        for (Finding finding : findings) {
            text.append("\n   * ").append(finding.toString().replace("\n", INDENT));
        }
        if (findings.isEmpty()) {
            text.append("\n   (nothing)");
        }
    }
}
