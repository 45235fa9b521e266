package io.github.captureproxy.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * A message, or a control frame, of a WebSocket connection (RFC 6455), put together from its fragments and inflated
 * where permessage-deflate was agreed. The relayed bytes are untouched by that. Immutable.
 *
 * @param direction who sent it
 * @param type its kind
 * @param at when its last frame passed
 * @param payload the payload, at most 1 MiB of it and no more than {@code maxBodyBytes}; copied in and out
 * @param truncated true if the payload was cut
 * @param length the payload's true length in bytes before inflating stopped; -1 if unknown
 */
public record WebSocketMessage(
        Direction direction, Type type, Instant at, byte[] payload, boolean truncated, long length) {
    private static final byte[] NOTHING = {};

    /** Copies the payload. */
    public WebSocketMessage {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(at, "at");
        payload = payload.clone();
    }

    /**
     * The payload, as far as it was kept.
     *
     * @return a copy
     */
    @Override
    public byte[] payload() {
        return payload.clone();
    }

    /**
     * How much of the payload was kept.
     *
     * @return the number of bytes that {@link #payload()} has
     */
    public int payloadSize() {
        return payload.length;
    }

    /**
     * The payload as text (UTF-8; malformed input becomes U+FFFD).
     *
     * @return the text, as far as the payload was kept
     */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /**
     * The same message without its payload.
     *
     * @return a copy that says that it was cut, unless there was nothing to cut
     */
    public WebSocketMessage withoutPayload() {
        return new WebSocketMessage(direction, type, at, NOTHING, truncated || payload.length > 0, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebSocketMessage message
                && direction == message.direction
                && type == message.type
                && at.equals(message.at)
                && truncated == message.truncated
                && length == message.length
                && Arrays.equals(payload, message.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(direction, type, at, truncated, length, Arrays.hashCode(payload));
    }

    /**
     * What it is, without its payload.
     *
     * @return one line, such as {@code SENT TEXT 5 bytes}
     */
    @Override
    public String toString() {
        return direction + " " + type + " " + length + " bytes" + (truncated ? ", cut to " + payload.length : "");
    }

    /** The kinds of messages. */
    public enum Type {
        /** UTF-8 text. */
        TEXT,
        /** Binary data. */
        BINARY,
        /** A close frame; the payload starts with its status code, if it has one. */
        CLOSE,
        /** A ping. */
        PING,
        /** A pong. */
        PONG
    }

    /** The two directions. */
    public enum Direction {
        /** From the client to the origin. */
        SENT,
        /** From the origin to the client. */
        RECEIVED
    }
}
