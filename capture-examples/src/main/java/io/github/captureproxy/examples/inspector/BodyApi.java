package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.Exchange;
import java.io.IOException;

/** Answers with bodies: of exchanges that have ended, and of the messages of those that have not. */
final class BodyApi {
    private final CallSource calls;
    private final LiveTraffic live;

    BodyApi(CallSource calls, LiveTraffic live) {
        this.calls = calls;
        this.live = live;
    }

    void addTo(Routes routes) {
        new BodyViews(this::ended).addTo(routes, "/api/exchanges/{id}/body/{side}");
        new BodyViews(this::open).addTo(routes, "/api/live/{id}/body/message");
    }

    private BodyViews.Found ended(Call call) throws IOException {
        Exchange exchange = DetailApi.exchange(calls, call.id("id"));
        CapturedBody body = BodyPlace.find(exchange, call);
        return new BodyViews.Found(body, BodyName.of(exchange, body, call.path("side")));
    }

    private BodyViews.Found open(Call call) {
        long index = call.number("message").orElse(0);
        CapturedBody body = live.of(call.id("id")).kept().stream()
                .filter(message -> message.index() == index)
                .findFirst()
                .map(LiveTraffic.LiveMessage::content)
                .orElseThrow(() -> new RefusedException(404, "this message is no longer kept"));
        return new BodyViews.Found(body, "message-" + index + ".bin");
    }
}
