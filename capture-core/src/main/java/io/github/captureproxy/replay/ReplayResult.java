package io.github.captureproxy.replay;

import io.github.captureproxy.exchange.Exchange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of a request that was sent again.
 *
 * @param original what was captured
 * @param replayed the new exchange, ended in whatever way; its id is without meaning. Empty if the request was not sent
 * @param comparison how the answers differ; empty of differences if the request was not sent
 * @param warnings what went out otherwise than it was captured
 * @param problem why the request could not be sent, in words; empty if it was
 */
public record ReplayResult(
        Exchange original, Optional<Exchange> replayed, Comparison comparison, List<String> warnings, String problem) {
    /** Copies the list. */
    public ReplayResult {
        Objects.requireNonNull(original, "original");
        Objects.requireNonNull(comparison, "comparison");
        Objects.requireNonNull(problem, "problem");
        warnings = List.copyOf(warnings);
    }

    static ReplayResult notSent(Exchange original, String problem) {
        return new ReplayResult(original, Optional.empty(), new Comparison(List.of(), List.of()), List.of(), problem);
    }

    /**
     * Tells if the request was sent, and its answer is the same as far as it was compared.
     *
     * @return false if it could not be sent
     */
    public boolean isSame() {
        return replayed.isPresent() && comparison.isSame();
    }

    /**
     * Both exchanges and what differs, on several lines. The differences hold what was sent, which may be a secret.
     *
     * @return the text
     */
    @Override
    public String toString() {
        String now = replayed.map(exchange -> exchange.toString().replaceFirst("^#\\d+ ", ""))
                .orElse(problem);
        return original + "\n  now: " + now
                + (warnings.isEmpty() ? "" : "\n  note: " + String.join("\n  note: ", warnings))
                + (replayed.isPresent() ? "\n  " + comparison.toString().replace("\n", "\n  ") : "");
    }
}
