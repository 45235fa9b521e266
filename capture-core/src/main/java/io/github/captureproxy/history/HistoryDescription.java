package io.github.captureproxy.history;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * What a failed look-up tells its caller: what was looked for, and what there was instead. Without secrets, and without a
 * wait for what a session's filter holds up, of which it tells.
 */
final class HistoryDescription {
    /** Enough to find the call that went wrong, few enough to read in a test's output. */
    static final int MOST_SHOWN = 20;

    /** The one that was meant is among the first; what is left is in the list of all. */
    private static final int MOST_NEAR = 3;

    /** Filters that read bodies take their time. */
    private static final int MOST_COMPARED = 1_000;

    private final StringBuilder text = new StringBuilder();

    private HistoryDescription() {}

    static String of(History history, ExchangeFilter filter, String finding) {
        HistoryDescription description = new HistoryDescription();
        List<Exchange> held = history.held();
        description.text.append(finding).append(": ").append(FilterExpression.describe(filter));
        description.nearest(held, filter);
        return description.all(held, history);
    }

    static String of(History history, String finding) {
        HistoryDescription description = new HistoryDescription();
        description.text.append(finding);
        return description.all(history.held(), history);
    }

    static String ofTunnels(History history, String finding) {
        HistoryDescription description = new HistoryDescription();
        description.text.append(finding);
        return description.rest(history);
    }

    private String all(List<Exchange> held, History history) {
        list("captured", held, Exchange::toString);
        return rest(history);
    }

    private String rest(History history) {
        list("in flight", history.inFlight(), in -> "#" + in.id() + " " + in.summary());
        list("tunnels", history.heldTunnels(), tunnel -> "#" + tunnel.id() + " " + tunnel.summary() + detail(tunnel));
        drops(history.countsOfHeld());
        history.notes().forEach(note -> text.append("\n  ").append(note));
        return text.toString();
    }

    private static String detail(Tunnel tunnel) {
        return tunnel.reasonDetail().isEmpty() ? "" : ": " + tunnel.reasonDetail();
    }

    /** Those of which some parts of the filter hold, and not all: most parts first, then newest. */
    private void nearest(List<Exchange> held, ExchangeFilter filter) {
        List<ExchangeFilter> parts = filter.parts();
        List<Near> near = new ArrayList<>();
        for (int i = held.size() - 1; i >= Math.max(0, held.size() - MOST_COMPARED); i--) {
            Near found = Near.of(held.get(i), parts);
            if (!found.misses.isEmpty() && found.misses.size() < parts.size()) {
                near.add(found);
            }
        }
        if (near.isEmpty()) {
            return;
        }
        near.sort(Comparator.comparingInt(found -> found.misses.size()));
        text.append("\n  nearest:");
        for (Near found : near.subList(0, Math.min(MOST_NEAR, near.size()))) {
            text.append("\n    ").append(found.exchange).append("\n      where not: ");
            text.append(String.join("; ", found.misses));
        }
    }

    private <T> void list(String title, List<T> items, Function<T, String> line) {
        text.append("\n  ").append(title).append(": ");
        if (items.isEmpty()) {
            text.append("nothing");
            return;
        }
        text.append(items.size()).append(items.size() > 1 ? ", newest first" : "");
        int last = Math.max(0, items.size() - MOST_SHOWN);
        for (int i = items.size() - 1; i >= last; i--) {
            text.append("\n    ").append(line.apply(items.get(i)));
        }
        if (last > 0) {
            text.append("\n    and ").append(last).append(" more");
        }
    }

    private void drops(HistoryCounts counts) {
        text.append("\n  let go by limits: ")
                .append(counts.evicted())
                .append(" of ")
                .append(counts.added());
        text.append(" exchanges (").append(counts.evictedByCount()).append(" by count, ");
        text.append(counts.evictedByBytes()).append(" by bytes, ");
        text.append(counts.evictedByAge()).append(" by age), ");
        text.append(counts.tunnelsEvicted())
                .append(" of ")
                .append(counts.tunnelsAdded())
                .append(" tunnels");
    }

    /** An exchange, and the words of the parts that it fails. */
    private record Near(Exchange exchange, List<String> misses) {
        static Near of(Exchange exchange, List<ExchangeFilter> parts) {
            List<String> misses = parts.stream()
                    .filter(part -> !holds(part, exchange))
                    .map(FilterExpression::describe)
                    .toList();
            return new Near(exchange, misses);
        }

        private static boolean holds(ExchangeFilter part, Exchange exchange) {
            try {
                return part.matches(exchange);
            } catch (RuntimeException e) { // It counts on the parts before it, of which one does not hold.
                return false;
            }
        }
    }
}
