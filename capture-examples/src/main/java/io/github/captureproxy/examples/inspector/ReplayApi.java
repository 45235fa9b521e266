package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.browser.BrowserIdentity;
import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.RecordedFrom;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.replay.Difference;
import io.github.captureproxy.replay.Replay;
import io.github.captureproxy.replay.ReplayResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends captured requests again, as they were or edited. */
final class ReplayApi {
    /** A difference is shown by its beginning; the whole of it is in the two exchanges. */
    private static final int MAX_SHOWN = 500;

    private static final int MAX_DIFFERENCES = 200;

    private final HistoryStore store;
    private final Sessions sessions;
    private final BrowserIdentity browser;
    private final Supplier<Replay> way;

    /** What came of it; the status is 0 where there was no answer. */
    record Answer(int status, double millis, String problem, List<String> warnings, List<Shown> differences) {}

    /** A difference, as much of it as is shown. */
    record Shown(String part, String where, String before, String after) {
        static Shown of(Difference difference) {
            return new Shown(
                    difference.part().toString(),
                    difference.where(),
                    cut(difference.before()),
                    cut(difference.after()));
        }

        private static String cut(String text) {
            return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
        }
    }

    ReplayApi(HistoryStore store, Sessions sessions, BrowserIdentity browser, Supplier<Replay> way) {
        this.store = store;
        this.sessions = sessions;
        this.browser = browser;
        this.way = way;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/api/exchanges/{id}/draft", call -> {
            Exchange exchange = exchange(call);
            exchange.upgradedTo().ifPresent(protocol -> {
                throw new RefusedException(
                        409,
                        "this connection went on as " + protocol + " after its first request: that can't be replayed");
            });
            HeaderList now = browser.applyTo(exchange).request().headers();
            return Reply.json(Drafts.of(exchange, !now.equals(exchange.request().headers())));
        });
        routes.on("POST", "/api/exchanges/{id}/replay", this::replay);
    }

    private Exchange exchange(Call call) {
        return store.exchange(call.id("id"))
                .orElseThrow(() -> new RefusedException(404, "this exchange is no longer kept"));
    }

    private ReplayResult run(Exchange exchange) throws IOException, InterruptedException {
        try {
            return way.get().run(exchange);
        } catch (IllegalArgumentException e) { // what keeps it from being sent as it was captured
            throw new RefusedException(409, String.valueOf(e.getMessage()));
        }
    }

    private Reply replay(Call call) throws IOException, InterruptedException {
        Exchange exchange = exchange(call);
        var draft = call.json();
        CapturedRequest request = draft.has("method") ? Drafts.edited(exchange.request(), draft) : exchange.request();
        Exchange sent = exchange.toBuilder().request(request).build();
        ReplayResult result = run(draft.path("browser").asBoolean() ? browser.applyTo(sent) : sent);
        result.replayed()
                .ifPresent(replayed -> store.record(
                        replayed, new RecordedFrom(sessions.current(), Optional.empty(), Optional.of("replay"))));
        return Reply.json(new Answer(
                result.replayed()
                        .flatMap(Exchange::response)
                        .map(response -> response.status())
                        .orElse(0),
                result.replayed()
                        .map(replayed -> replayed.duration().toNanos() / 1e6)
                        .orElse(0.0),
                result.problem().isEmpty()
                        ? result.replayed().flatMap(Exchange::error).orElse("")
                        : result.problem(),
                result.warnings(),
                result.comparison().differences().stream()
                        .limit(MAX_DIFFERENCES)
                        .map(Shown::of)
                        .toList()));
    }
}
