package io.github.captureproxy.history;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.WebSocketMessage;

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
        long weight =
                OF_EACH + exchange.sizes().requestHead() + exchange.sizes().responseHead();
        weight += exchange.request().body().memoryBytes();
        CapturedResponse response = exchange.response().orElse(null);
        if (response != null) {
            weight += response.body().memoryBytes();
        }
        weight += exchange.sentRequest()
                .map(sent -> beside(sent.body(), exchange.request().body()))
                .orElse(0L);
        weight += exchange.originResponse()
                .map(got -> response == null ? got.body().memoryBytes() : beside(got.body(), response.body()))
                .orElse(0L);
        for (WebSocketMessage message : exchange.webSocketMessages()) {
            weight += OF_EACH_MESSAGE + message.payloadSize();
        }
        return weight;
    }

    /** What is not the same body again. */
    private static long beside(CapturedBody body, CapturedBody counted) {
        return body.source() == counted.source() ? 0 : body.memoryBytes();
    }
}
