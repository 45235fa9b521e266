package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.WebSocketMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Cuts what is kept of bodies. The cut ones say how long they were. */
final class BodyLimit {
    private final int most;

    BodyLimit(int most) {
        this.most = most;
    }

    Exchange apply(Exchange exchange) throws IOException {
        CapturedRequest request = exchange.request();
        CapturedResponse response = exchange.response().orElse(null);
        CapturedRequest sent = exchange.sentRequest().orElse(null);
        CapturedResponse origins = exchange.originResponse().orElse(null);
        boolean fits = request.body().capturedSize() <= most
                && (response == null || response.body().capturedSize() <= most)
                && (sent == null || sent.body().capturedSize() <= most)
                && (origins == null || origins.body().capturedSize() <= most)
                && payloads(exchange.webSocketMessages()) <= most;
        if (fits) {
            return exchange;
        }
        Exchange.Builder copy = exchange.toBuilder().request(cut(request));
        if (response != null) {
            copy.response(cut(response));
        }
        copy.sentRequest(sent == null ? null : cut(sent));
        copy.originResponse(origins == null ? null : cut(origins));
        exchange.upgradedTo().ifPresent(to -> copy.upgraded(to, newest(exchange.webSocketMessages())));
        return copy.build();
    }

    private CapturedRequest cut(CapturedRequest request) throws IOException {
        return request.withBody(cut(request.body(), request.headers()), request.trailers());
    }

    private CapturedResponse cut(CapturedResponse response) throws IOException {
        return response.withBody(cut(response.body(), response.headers()), response.trailers());
    }

    private CapturedBody cut(CapturedBody body, HeaderList headers) throws IOException {
        if (body.capturedSize() <= most) {
            return body;
        }
        try (InputStream in = body.open()) {
            return CapturedBody.of(
                    CapturedBody.inMemory(in.readNBytes(most)),
                    body.size(),
                    body.isComplete(),
                    body.sha256().orElse(null),
                    headers);
        }
    }

    private static long payloads(List<WebSocketMessage> messages) {
        long sum = 0;
        for (WebSocketMessage message : messages) {
            sum += message.payloadSize();
        }
        return sum;
    }

    /** The last messages that together are not too long. */
    private List<WebSocketMessage> newest(List<WebSocketMessage> messages) {
        List<WebSocketMessage> kept = new ArrayList<>();
        long bytes = 0;
        for (int i = messages.size() - 1; i >= 0; i--) {
            bytes += messages.get(i).payloadSize();
            if (bytes > most) {
                break;
            }
            kept.add(messages.get(i));
        }
        Collections.reverse(kept);
        return kept;
    }
}
