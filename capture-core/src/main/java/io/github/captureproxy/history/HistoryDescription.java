package io.github.captureproxy.history;

import io.github.captureproxy.exchange.Exchange;
import java.util.List;
import java.util.function.Function;

/** What a failed look-up tells its caller: what was looked for, and what there was instead. Without secrets. */
final class HistoryDescription {
    /** Enough to find the call that went wrong, few enough to read in a test's output. */
    static final int MOST_SHOWN = 20;

    private final StringBuilder text = new StringBuilder();

    private HistoryDescription() {}

    static String of(History history, ExchangeFilter filter, String finding) {
        HistoryDescription description = new HistoryDescription();
        description.text.append(finding).append(": ").append(FilterExpression.describe(filter));
        description.list("captured", history.snapshot(), Exchange::toString);
        return description.rest(history);
    }

    static String ofTunnels(History history, String finding) {
        HistoryDescription description = new HistoryDescription();
        description.text.append(finding);
        return description.rest(history);
    }

    private String rest(History history) {
        list("in flight", history.inFlight(), in -> "#" + in.id() + " " + in.summary());
        list("tunnels", history.tunnels(), tunnel -> "#" + tunnel.id() + " " + tunnel.summary());
        drops(history.counts());
        return text.toString();
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
}
