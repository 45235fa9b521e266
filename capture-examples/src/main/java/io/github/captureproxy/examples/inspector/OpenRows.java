package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.RowQuery;
import io.github.captureproxy.examples.store.TypeFamily;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.history.ExchangeFilter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which of the exchanges and tunnels that are open a list shows. What a query asks is asked of what is known by now: one
 * for a status leaves out what has no response yet. Bodies are not there yet, so words are looked for in the URL alone.
 */
final class OpenRows {
    /** More at once than anyone reads; the newest are shown. */
    static final int MAX_ROWS = 200;

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private OpenRows() {}

    /** What a list shows of these, the oldest first. */
    static List<OpenRow> of(List<InFlightExchange> open, RowQuery query) {
        if (query.pinnedOnly()) {
            return List.of();
        }
        ExchangeFilter filter = ExchangeFilter.parse(query.filter());
        List<OpenRow> rows = open.stream()
                .filter(one -> !isToldByItsExchanges(one))
                .filter(one -> hasWords(one, query.search()))
                .filter(one -> filter.matches(exchange(one)))
                .map(OpenRow::of)
                .filter(toggles(query))
                .toList();
        return rows.subList(Math.max(0, rows.size() - MAX_ROWS), rows.size());
    }

    /** A tunnel that is looked into: what goes through it is listed. */
    private static boolean isToldByItsExchanges(InFlightExchange open) {
        return open.tunnelReason()
                .filter(reason -> reason == Tunnel.Reason.INTERCEPTED || reason == Tunnel.Reason.PLAIN_HTTP)
                .isPresent();
    }

    private static Predicate<OpenRow> toggles(RowQuery query) {
        return row -> {
            boolean passes = row.tunnel().isPresent();
            return in(query.methods(), row.target().method())
                    && in(query.statusClasses(), row.status() / 100)
                    && isOfType(query.types(), row.type())
                    && query.host()
                            .filter(host -> !host.equals(row.target().host()))
                            .isEmpty()
                    && (!query.errorsOnly() || row.status() >= 400)
                    && !(query.hidePassThrough() && passes);
        };
    }

    private static <T> boolean in(Set<T> wanted, T value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    private static boolean isOfType(Set<String> wanted, String type) {
        return wanted.isEmpty()
                || wanted.contains(type)
                || !type.isEmpty() && wanted.contains(TypeFamily.of(type).toString());
    }

    private static boolean hasWords(InFlightExchange open, String search) {
        String url = open.request().url().toLowerCase(Locale.ROOT);
        return BLANKS.splitAsStream(search.replace('"', ' ').strip().toLowerCase(Locale.ROOT))
                .allMatch(url::contains);
    }

    private static Exchange exchange(InFlightExchange open) {
        Exchange.Builder builder = Exchange.builder(open.id(), open.client(), open.request());
        open.response().ifPresent(builder::response);
        return builder.build();
    }
}
