package io.github.captureproxy.history;

import io.github.captureproxy.exchange.BodySource;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.WebSocketMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many bytes of heap an exchange takes up, near enough for a bound. */
public final class Weight {
    /** The objects that an exchange consists of, heads and bodies aside; counted generously. */
    public static final long OF_EACH = 1024;

    /** A WebSocket message without its payload: the record, its time, an array's header. */
    static final long OF_EACH_MESSAGE = 96;

    private Weight() {}

    /**
     * Weighs an exchange.
     *
     * @param exchange the exchange
     * @return the number of bytes
     */
    public static long of(Exchange exchange) {
        return weigh(exchange, true);
    }

    /** What an exchange weighs without the bodies that others may share. */
    static long ofItsOwn(Exchange exchange) {
        return weigh(exchange, false);
    }

    private static long weigh(Exchange exchange, boolean withShared) {
        long weight =
                OF_EACH + exchange.sizes().requestHead() + exchange.sizes().responseHead();
        BodySource request = exchange.request().body().source();
        BodySource response = response(exchange);
        weight += weigh(request, withShared) + weigh(response, withShared);
        // What a rule left as it was is the same body again.
        BodySource sent = sentRequest(exchange);
        BodySource got = originResponse(exchange);
        weight += (sent == request ? 0 : weigh(sent, withShared)) + (got == response ? 0 : weigh(got, withShared));
        for (WebSocketMessage message : exchange.webSocketMessages()) {
            weight += OF_EACH_MESSAGE + message.payloadSize();
        }
        return weight;
    }

    private static long weigh(@Nullable BodySource body, boolean withShared) {
        return body == null || (body.isShared() && !withShared) ? 0 : body.memoryBytes();
    }

    /** The bodies of an exchange that others may share; one perhaps several times. */
    static List<SharedBodies.Weighed> shared(Exchange exchange) {
        List<SharedBodies.Weighed> shared = List.of();
        shared = with(shared, exchange.request().body().source());
        shared = with(shared, response(exchange));
        shared = with(shared, sentRequest(exchange));
        return with(shared, originResponse(exchange));
    }

    private static List<SharedBodies.Weighed> with(List<SharedBodies.Weighed> shared, @Nullable BodySource body) {
        if (body == null || !body.isShared()) {
            return shared;
        }
        SharedBodies.Weighed weighed = new SharedBodies.Weighed(body, body.memoryBytes());
        if (shared.isEmpty()) {
            return List.of(weighed);
        }
        List<SharedBodies.Weighed> longer = new ArrayList<>(shared);
        longer.add(weighed);
        return longer;
    }

    private static @Nullable BodySource response(Exchange exchange) {
        return exchange.response().map(message -> message.body().source()).orElse(null);
    }

    private static @Nullable BodySource sentRequest(Exchange exchange) {
        return exchange.sentRequest().map(message -> message.body().source()).orElse(null);
    }

    private static @Nullable BodySource originResponse(Exchange exchange) {
        return exchange.originResponse().map(message -> message.body().source()).orElse(null);
    }
}
