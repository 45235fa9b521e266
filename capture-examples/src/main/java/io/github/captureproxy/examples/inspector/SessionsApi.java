package io.github.captureproxy.examples.inspector;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.RowQuery;
import java.util.function.LongConsumer;

/** Starting, pausing, resuming, stopping, naming, clearing and deleting sessions. */
final class SessionsApi {
    private static final int MAX_NAME = 200;

    private final Sessions sessions;
    private final HistoryStore store;

    SessionsApi(Sessions sessions, HistoryStore store) {
        this.sessions = sessions;
        this.store = store;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/api/sessions", call -> Reply.json(sessions.all()));
        routes.on("POST", "/api/sessions", this::start);
        act(routes, "pause", sessions::pause);
        act(routes, "resume", sessions::resume);
        act(routes, "stop", sessions::stop);
        act(routes, "delete", sessions::delete);
        act(routes, "clear", id -> store.clear(RowQuery.ALL.ofSession(id)));
        routes.on("POST", "/api/sessions/{id}/rename", call -> {
            sessions.rename(call.id("id"), name(call.json()));
            return Reply.done();
        });
        routes.on("GET", "/api/overview", RowsApi.readable(call -> Reply.json(store.overview(Queries.of(call)))));
    }

    private static void act(Routes routes, String action, LongConsumer does) {
        routes.on("POST", "/api/sessions/{id}/" + action, call -> {
            does.accept(call.id("id"));
            return Reply.done();
        });
    }

    private Reply start(Call call) throws java.io.IOException {
        JsonNode body = call.json();
        return Reply.json(
                sessions.start(name(body), body.path("target").asText().equals("collection")));
    }

    private static String name(JsonNode body) {
        String name = body.path("name").asText("").strip();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new RefusedException(400, "a session needs a name of at most " + MAX_NAME + " characters");
        }
        return name;
    }
}
