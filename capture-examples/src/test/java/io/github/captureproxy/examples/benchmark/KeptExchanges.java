package io.github.captureproxy.examples.benchmark;

import io.github.captureproxy.history.HistoryLimits;
import java.util.ArrayDeque;

/** The last exchanges that went through LittleProxy, under the limits that History has by default. */
final class KeptExchanges {
    /** What History counts for an exchange besides its bodies. */
    private static final int EXCHANGE_BYTES = 1024;

    private final HistoryLimits limits = HistoryLimits.defaults();
    private final ArrayDeque<KeepingFilters> exchanges = new ArrayDeque<>();
    private long weight;

    synchronized void add(KeepingFilters exchange) {
        exchanges.add(exchange);
        weight += weightOf(exchange);
        while (exchanges.size() > limits.maxExchanges() || (weight > limits.maxBytes() && exchanges.size() > 1)) {
            weight -= weightOf(exchanges.remove());
        }
    }

    synchronized void clear() {
        exchanges.clear();
        weight = 0;
    }

    private static long weightOf(KeepingFilters exchange) {
        return EXCHANGE_BYTES + exchange.bodyBytes();
    }
}
