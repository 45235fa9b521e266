package io.github.captureproxy.examples.inspector;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.HostSum;
import io.github.captureproxy.examples.store.Row;
import io.github.captureproxy.examples.store.RowPage;
import io.github.captureproxy.examples.store.RowQuery;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.history.FilterSyntaxException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the list of rows asks: windows of it, what is open, what hosts it has; and what is done with its rows. */
public final class RowsApi {
    /** Longer windows than any screen has; a selection of rows is fetched as one window, too. */
    static final int MAX_LIMIT = 500;

    private static final int USUAL_LIMIT = 100;
    /** What may come in between the two questions that find the end of a list. */
    private static final int SLACK = 100;

    private final HistoryStore store;
    private final Supplier<List<InFlightExchange>> inFlight;

    /**
     * Answers from a history.
     *
     * @param store the history
     * @param inFlight what the proxy that runs now has in flight; asked for each call
     */
    public RowsApi(HistoryStore store, Supplier<List<InFlightExchange>> inFlight) {
        this.store = store;
        this.inFlight = inFlight;
    }

    /**
     * A window of a list.
     *
     * @param total rows in all
     * @param matched rows that the query means
     * @param latest the highest id
     * @param complete false if more may be found: a change will be told
     * @param offset how many rows come before the window
     * @param rows the rows of the window
     */
    record Window(long total, int matched, long latest, boolean complete, int offset, List<Row> rows) {}

    /** Sums by host. */
    record Hosts(List<HostSum> hosts) {}

    /** What is open. */
    record Open(List<OpenRow> open) {}

    /** Where a row stands; -1 for nowhere. */
    record Place(int index) {}

    /** How many went. */
    record Deleted(int deleted) {}

    /** Takes the calls for rows. */
    public void addTo(Routes routes) {
        routes.on("GET", "/api/rows", readable(this::window))
                .on("GET", "/api/rows/index", readable(this::place))
                .on("GET", "/api/hosts-in-list", readable(call -> Reply.json(new Hosts(store.hosts(Queries.of(call))))))
                .on("GET", "/api/in-flight", readable(this::open))
                .on("POST", "/api/rows/{id}/pin", this::pin)
                .on("POST", "/api/rows/{id}/note", this::note)
                .on("DELETE", "/api/rows", readable(this::delete));
    }

    /** A filter that can't be read is refused with the place where reading stopped. */
    static Routes.Endpoint readable(Routes.Endpoint endpoint) {
        return call -> {
            try {
                return endpoint.answer(call);
            } catch (FilterSyntaxException e) {
                byte[] bytes = Json.bytes(Map.of("message", e.problem(), "position", e.position()));
                return new Reply(400, "application/json", Optional.empty(), out -> out.write(bytes));
            } catch (IllegalArgumentException e) {
                throw new RefusedException(400, String.valueOf(e.getMessage()));
            }
        };
    }

    private Reply window(Call call) {
        RowQuery query = Queries.of(call);
        int limit = call.number("limit", USUAL_LIMIT, 0, MAX_LIMIT);
        if (!call.flag("fromEnd")) {
            return window(query, call.number("offset", 0, 0, Integer.MAX_VALUE), limit);
        }
        int matched = store.rows(query, 0, 0).matched();
        return window(query, Math.max(0, matched - limit), limit + SLACK);
    }

    private Reply window(RowQuery query, int offset, int limit) {
        RowPage page = store.rows(query, offset, limit);
        return Reply.json(
                new Window(page.total(), page.matched(), page.latestId(), page.complete(), offset, page.rows()));
    }

    private Reply place(Call call) {
        long id = call.number("id").orElseThrow(() -> new RefusedException(400, "id is missing"));
        return Reply.json(new Place(store.indexOf(Queries.of(call), id)));
    }

    private Reply open(Call call) {
        return Reply.json(new Open(OpenRows.of(inFlight.get(), Queries.of(call))));
    }

    private Reply pin(Call call) throws IOException {
        return found(store.pin(call.id("id"), call.json().path("pinned").asBoolean()));
    }

    private Reply note(Call call) throws IOException {
        return found(store.note(call.id("id"), call.json().path("note").asText()));
    }

    private static Reply found(boolean found) {
        if (!found) {
            throw new RefusedException(404, "the row has gone");
        }
        return Reply.done();
    }

    /** The rows that a body names, pinned or not; without one, all that the query means, but for pinned ones. */
    private Reply delete(Call call) throws IOException {
        JsonNode ids = call.json().path("ids");
        if (!ids.isArray()) {
            return Reply.json(new Deleted(store.clear(Queries.of(call))));
        }
        List<Long> rows = new ArrayList<>();
        ids.forEach(id -> rows.add(id.asLong()));
        return Reply.json(new Deleted(store.delete(rows)));
    }
}
