package io.github.captureproxy.examples.store;

import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.history.FilterSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a query is answered.
 *
 * @param condition what the database is asked
 * @param tests what it asks back
 * @param filter what decides where the condition can't
 * @param searching the index is asked, too: newer rows than it has are not found
 * @param knownClients how many clients were known when it was made
 */
record Plan(
        Condition condition,
        List<Predicate<String>> tests,
        ExchangeFilter filter,
        boolean searching,
        int knownClients) {
    /** Tunnels of which nothing was seen, or need be: all but those that failed to open. */
    private static final String RELAYED = "kind = 1 AND reason <> 'NOT_OPENED'";

    /** What ended badly; an answer that the proxy was asked for has not. */
    static final String ERROR =
            "(ok = 0 AND outcome <> 'ANSWERED_BY_PROXY' OR status >= 400 OR marks & " + Marks.GRPC_FAILED + " <> 0)";

    /** Tells if it would be another one now, as a client has come that its filter may mean. */
    boolean isOutdated(RowQuery query, KnownClients clients) {
        return knownClients != clients.size()
                && query.filter().toLowerCase(Locale.ROOT).contains("client:");
    }

    static Plan of(RowQuery query, KnownClients clients) {
        int known = clients.size();
        FilterSyntax syntax = FilterSyntax.parse(query.filter());
        FilterSql filters = new FilterSql(clients);
        Optional<String> words = SearchWords.query(query.search());
        List<Condition> parts = new ArrayList<>();
        parts.add(filters.of(syntax));
        parts.add(Condition.exactly(Sql.all(toggles(query))));
        words.ifPresent(search ->
                parts.add(Condition.exactly(Sql.of("id IN (SELECT rowid FROM search WHERE search MATCH ?)", search))));
        return new Plan(Condition.all(parts), filters.tests(), syntax.filter(), words.isPresent(), known);
    }

    private static List<Sql> toggles(RowQuery query) {
        List<Sql> parts = new ArrayList<>();
        parts.add(Sql.of("listed = 1"));
        if (!query.methods().isEmpty()) {
            parts.add(Sql.in("method", query.methods()));
        }
        if (!query.types().isEmpty()) {
            parts.add(Sql.any(query.types().stream().map(Plan::type).toList()));
        }
        if (!query.statusClasses().isEmpty()) {
            parts.add(Sql.in("status / 100", query.statusClasses()));
        }
        if (query.errorsOnly()) {
            parts.add(Sql.of(ERROR));
        }
        if (query.hidePassThrough()) {
            parts.add(Sql.of("NOT (" + RELAYED + ")"));
        }
        if (query.pinnedOnly()) {
            parts.add(Sql.of("pinned = 1"));
        }
        query.host()
                .map(host -> Sql.of("host = ?", host.toLowerCase(Locale.ROOT)))
                .ifPresent(parts::add);
        query.sessionId().stream().mapToObj(id -> Sql.of("session = ?", id)).forEach(parts::add);
        return parts;
    }

    private static Sql type(String type) {
        return type.indexOf('/') < 0 ? Sql.of("family = ?", type.toLowerCase(Locale.ROOT)) : TermSql.type("type", type);
    }
}
