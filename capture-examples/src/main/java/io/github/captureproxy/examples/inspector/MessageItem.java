package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.exchange.GrpcMessage;
import io.github.captureproxy.exchange.ServerSentEvent;
import io.github.captureproxy.exchange.WebSocketMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A message of an exchange that has many, as a list shows it.
 *
 * @param index its ordinal among them
 * @param from who sent it: {@code client} or {@code server}
 * @param type its kind, such as {@code TEXT}, or an event's type
 * @param at when it passed, if that is known
 * @param size how many bytes it had; -1 if unknown
 * @param cut whether some of them were not kept
 * @param preview how it begins
 * @param note more of it in words
 */
record MessageItem(
        long index,
        String from,
        String type,
        Optional<Instant> at,
        long size,
        boolean cut,
        Preview preview,
        String note) {
    static final String CLIENT = "client";
    static final String SERVER = "server";

    private static final int CLOSE_CODE = 2;

    static MessageItem of(long index, WebSocketMessage message) {
        byte[] payload = message.payload();
        boolean close = message.type() == WebSocketMessage.Type.CLOSE && payload.length >= CLOSE_CODE;
        return new MessageItem(
                index,
                message.direction() == WebSocketMessage.Direction.SENT ? CLIENT : SERVER,
                message.type().name(),
                Optional.of(message.at()),
                message.length(),
                message.truncated(),
                close ? Preview.of("") : Preview.of(payload),
                close ? closing(payload) : "");
    }

    /** The status code and the reason (RFC 6455 section 5.5.1). */
    private static String closing(byte[] payload) {
        int code = (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        String reason = new String(payload, CLOSE_CODE, payload.length - CLOSE_CODE, StandardCharsets.UTF_8);
        return reason.isEmpty() ? "code " + code : "code " + code + ": " + reason;
    }

    static MessageItem of(long index, ServerSentEvent event, Optional<Instant> at) {
        String id = event.lastEventId().isEmpty() ? "" : "id " + event.lastEventId();
        String retry =
                event.retryMillis().isPresent() ? "retry " + event.retryMillis().getAsLong() + " ms" : "";
        return new MessageItem(
                index,
                SERVER,
                event.type(),
                at,
                event.data().getBytes(StandardCharsets.UTF_8).length,
                event.truncated(),
                Preview.of(event.data()),
                id.isEmpty() || retry.isEmpty() ? id + retry : id + ", " + retry);
    }

    static MessageItem of(long index, String from, GrpcMessage message, byte[] start) {
        return new MessageItem(
                index,
                from,
                message.isCompressed() ? "compressed" : "message",
                Optional.empty(),
                message.length(),
                !message.isWhole(),
                Preview.of(start),
                message.isCompressed() ? message.encoding().orElse("") : "");
    }
}
