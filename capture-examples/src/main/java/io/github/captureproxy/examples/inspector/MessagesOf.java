package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.EventStreamParser;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.GrpcCall;
import io.github.captureproxy.exchange.GrpcMessage;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.MediaType;
import io.github.captureproxy.exchange.ServerSentEvent;
import io.github.captureproxy.exchange.WebSocketMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages of an exchange that has ended: of a WebSocket, an event stream or a gRPC call. */
final class MessagesOf {
    private static final int PREVIEW_BYTES = 512;

    private final Exchange exchange;

    MessagesOf(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Some of the messages.
     *
     * @param kind {@code websocket}, {@code events}, {@code grpc}, or {@code none}
     * @param total how many there are
     * @param items some of them
     */
    record Page(String kind, long total, List<MessageItem> items) {}

    Page page(long from, int limit) throws IOException {
        if (exchange.upgradedTo().isPresent()) {
            return webSocket(from, limit);
        }
        Optional<GrpcCall> grpc = exchange.grpc();
        if (grpc.isPresent()) {
            return grpc(grpc.get(), from, limit);
        }
        return isEventStream() ? events(from, limit) : new Page("none", 0, List.of());
    }

    /** The content of one message. */
    CapturedBody content(long index) throws IOException {
        if (exchange.upgradedTo().isPresent()) {
            List<WebSocketMessage> messages = exchange.webSocketMessages();
            if (index < messages.size()) {
                return content(messages.get((int) index));
            }
            throw missing();
        }
        Optional<GrpcCall> grpc = exchange.grpc();
        if (grpc.isPresent()) {
            List<GrpcMessage> all = all(grpc.get());
            if (index < all.size()) {
                return grpc(all.get((int) index));
            }
            throw missing();
        }
        List<CapturedBody> found = new ArrayList<>();
        long[] count = {0};
        parse(event -> {
            if (count[0]++ == index) {
                found.add(content(event));
            }
        });
        if (found.isEmpty()) {
            throw missing();
        }
        return found.get(0);
    }

    private CapturedBody grpc(GrpcMessage message) {
        String format = exchange.request().headers().first("content-type").orElse("");
        String type = format.contains("+json") ? "application/json" : "application/x-protobuf";
        return CapturedBody.of(message.decoded(), HeaderList.of("content-type", type));
    }

    static CapturedBody content(WebSocketMessage message) {
        byte[] payload = message.payload();
        return CapturedBody.of(
                CapturedBody.inMemory(payload),
                Math.max(message.length(), payload.length),
                true,
                null,
                HeaderList.empty());
    }

    static CapturedBody content(ServerSentEvent event) {
        return CapturedBody.of(
                event.data().getBytes(StandardCharsets.UTF_8),
                HeaderList.of("content-type", "text/plain; charset=utf-8"));
    }

    static RefusedException missing() {
        return new RefusedException(404, "there is no such message");
    }

    private Page webSocket(long from, int limit) {
        List<WebSocketMessage> messages = exchange.webSocketMessages();
        List<MessageItem> items = new ArrayList<>();
        for (long i = from; i < Math.min(from + limit, messages.size()); i++) {
            items.add(MessageItem.of(i, messages.get((int) i)));
        }
        return new Page("websocket", messages.size(), items);
    }

    private static List<GrpcMessage> all(GrpcCall call) {
        List<GrpcMessage> all = new ArrayList<>(call.requestMessages());
        all.addAll(call.responseMessages());
        return all;
    }

    private static Page grpc(GrpcCall call, long from, int limit) throws IOException {
        int sent = call.requestMessages().size();
        List<GrpcMessage> all = all(call);
        List<MessageItem> items = new ArrayList<>();
        for (int i = (int) from; i < Math.min(from + limit, all.size()); i++) {
            try (InputStream in = all.get(i).open()) {
                String side = i < sent ? MessageItem.CLIENT : MessageItem.SERVER;
                items.add(MessageItem.of(i, side, all.get(i), in.readNBytes(PREVIEW_BYTES)));
            }
        }
        return new Page("grpc", all.size(), items);
    }

    private boolean isEventStream() {
        return exchange.response()
                .flatMap(response -> response.headers().first("content-type"))
                .flatMap(MediaType::parse)
                .filter(type -> type.essence().equals("text/event-stream"))
                .isPresent();
    }

    private Page events(long from, int limit) throws IOException {
        List<MessageItem> items = new ArrayList<>();
        long[] count = {0};
        parse(event -> {
            long index = count[0]++;
            if (index >= from && items.size() < limit) {
                items.add(MessageItem.of(index, event, Optional.empty()));
            }
        });
        return new Page("events", count[0], items);
    }

    private void parse(java.util.function.Consumer<ServerSentEvent> events) throws IOException {
        CapturedBody body = exchange.response().map(CapturedResponse::body).orElse(CapturedBody.empty());
        EventStreamParser parser = new EventStreamParser(events);
        byte[] bytes = new byte[16 * 1024];
        try (InputStream in = ReadableBody.open(body)) {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                parser.feed(bytes, 0, count);
            }
        }
    }
}
