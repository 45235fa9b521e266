package io.github.captureproxy.examples;

import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what has passed. Safe for any thread. */
final class Totals {
    private final Map<Integer, Long> byStatusClass = new TreeMap<>();
    private final Map<Outcome.Status, Long> failures = new EnumMap<>(Outcome.Status.class);
    private final Map<Outcome.Status, Long> failedTunnels = new EnumMap<>(Outcome.Status.class);
    private long exchanges;
    private long withoutResponse;
    private long tunnels;
    private long lookedInto;
    private long handshakes;
    private long sent;
    private long received;

    /** Counts an exchange. */
    synchronized void add(Exchange exchange) {
        exchanges++;
        exchange.response()
                .map(CapturedResponse::status)
                .ifPresentOrElse(status -> byStatusClass.merge(status / 100, 1L, Long::sum), () -> withoutResponse++);
        if (Results.isFailure(exchange.outcome())) {
            failures.merge(exchange.outcome().status(), 1L, Long::sum);
        }
        sent += exchange.sizes().requestHead() + exchange.sizes().requestBody();
        received += exchange.sizes().responseHead() + exchange.sizes().responseBody();
    }

    /** Counts a tunnel. */
    synchronized void add(Tunnel tunnel) {
        tunnels++;
        if (Results.isFailure(tunnel.outcome()) && !Results.isToldOtherwise(tunnel)) {
            failedTunnels.merge(tunnel.outcome().status(), 1L, Long::sum);
        }
        if (tunnel.reason() == Tunnel.Reason.INTERCEPTED) {
            lookedInto++;
        }
        if (!Results.isCaptured(tunnel)) { // else its exchanges count for themselves
            sent += tunnel.bytesSent();
            received += tunnel.bytesReceived();
        }
    }

    /** Counts a handshake that failed; what came of it is counted with its tunnel. */
    synchronized void add(TlsFailure failure) {
        handshakes++;
    }

    /** The counts, a line each. */
    synchronized List<String> lines(Duration ran, long dropped) {
        List<String> lines = new ArrayList<>();
        lines.add(line("exchanges", exchanges + of(statusClasses())));
        lines.add(line("failures", count(failures) + of(words(failures))));
        lines.add(line("tunnels", tunnels + of(tunnelKinds())));
        if (handshakes > 0) {
            lines.add(line("TLS", PlainText.count(handshakes, "failed handshake", "failed handshakes")));
        }
        lines.add(line("bytes", PlainText.size(sent) + " sent, " + PlainText.size(received) + " received"));
        if (dropped > 0) {
            lines.add(line(
                    "dropped", dropped + ": they came faster than they could be listed, and are not counted here"));
        }
        lines.add(line("duration", PlainText.duration(ran)));
        return lines;
    }

    private List<String> statusClasses() {
        List<String> parts = byStatusClass.entrySet().stream()
                .map(entry -> entry.getValue() + " x " + entry.getKey() + "xx")
                .collect(Collectors.toCollection(ArrayList::new));
        if (withoutResponse > 0) {
            parts.add(withoutResponse + " without a response");
        }
        return parts;
    }

    private List<String> tunnelKinds() {
        List<String> parts = new ArrayList<>();
        if (lookedInto > 0) {
            parts.add(lookedInto + " looked into");
        }
        parts.addAll(words(failedTunnels));
        return parts;
    }

    private static List<String> words(Map<Outcome.Status, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + PlainText.words(entry.getKey()))
                .toList();
    }

    private static long count(Map<Outcome.Status, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String of(List<String> parts) {
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private static String line(String name, String value) {
        return String.format("%-10s %s", name, value);
    }
}
