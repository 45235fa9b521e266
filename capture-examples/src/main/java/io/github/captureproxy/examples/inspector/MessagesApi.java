package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.desk.TunnelWords;
import io.github.captureproxy.exchange.InFlightExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers for messages of WebSockets, event streams and gRPC calls, and for exchanges that have not ended. */
final class MessagesApi {
    private static final int DEFAULT_LIMIT = 200;
    private static final int MAX_LIMIT = 1_000;

    private final CallSource calls;
    private final LiveTraffic live;
    private final Supplier<List<InFlightExchange>> inFlight;

    /**
     * Answers by what is known.
     *
     * @param calls what has ended
     * @param live messages of what has not
     * @param inFlight what has not ended, as it is now
     */
    MessagesApi(CallSource calls, LiveTraffic live, Supplier<List<InFlightExchange>> inFlight) {
        this.calls = calls;
        this.live = live;
        this.inFlight = inFlight;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/api/exchanges/{id}/messages", this::ended)
                .on("GET", "/api/live/{id}", call -> Reply.json(view(call.id("id"))))
                .on("GET", "/api/live/{id}/messages", this::open);
    }

    private Reply ended(Call call) throws IOException {
        MessagesOf messages = new MessagesOf(DetailApi.exchange(calls, call.id("id")));
        return Reply.json(messages.page(call.number("after", 0, 0, Integer.MAX_VALUE), limit(call)));
    }

    private static int limit(Call call) {
        return call.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    }

    private Reply open(Call call) {
        LiveTraffic.Live kept = live.of(call.id("id"));
        long after = call.number("after", 0, 0, Integer.MAX_VALUE);
        List<MessageItem> items = kept.kept().stream()
                .filter(message -> message.index() >= after)
                .limit(limit(call))
                .map(LiveTraffic.LiveMessage::item)
                .toList();
        return Reply.json(new MessagesOf.Page("live", kept.total(), items));
    }

    /** An exchange that has not ended. */
    private record LiveView(
            String kind,
            long proxyId,
            Instant startedAt,
            Duration elapsed,
            InFlightExchange.WaitingFor waitingFor,
            ExchangeView.TargetView target,
            ExchangeView.ClientView client,
            MessageView request,
            Optional<MessageView> response,
            String messages,
            Optional<TunnelWords> tunnel) {}

    private LiveView view(long id) {
        InFlightExchange open = inFlight.get().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() -> new RefusedException(404, "it has ended"));
        return new LiveView(
                "live",
                open.id(),
                open.startedAt(),
                open.elapsed(),
                open.waitingFor(),
                ExchangeView.TargetView.of(open.request()),
                ExchangeView.ClientView.of(open.client(), Optional.empty()),
                MessageView.of(open.request()),
                open.response().map(MessageView::of),
                messages(open),
                open.tunnelReason().map(reason -> TunnelWords.of(reason, open.tunnelDetail())));
    }

    private static String messages(InFlightExchange open) {
        if (open.waitingFor() == InFlightExchange.WaitingFor.CLOSE) {
            return open.tunnelReason().isPresent() ? "none" : "websocket";
        }
        return open.response()
                .flatMap(response -> response.headers().first("content-type"))
                .filter(type -> type.startsWith("text/event-stream"))
                .map(type -> "events")
                .orElse("none");
    }
}
