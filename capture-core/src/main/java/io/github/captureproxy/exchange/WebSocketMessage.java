package io.github.captureproxy.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A message, or a control frame, of a WebSocket connection (RFC 6455), put together from its fragments and inflated
 * where permessage-deflate was agreed. The relayed bytes are untouched by that.
 *
 * @param direction who sent it
 * @param type its kind
 * @param at when its last frame passed
 * @param payload the payload, cut to the capture's limit; a private copy: treat it as read-only
 * @param truncated true if the payload was cut
 * @param length the payload's true length in bytes before inflating stopped; -1 if unknown
 */
public record WebSocketMessage(
        Direction direction, Type type, Instant at, byte[] payload, boolean truncated, long length) {
    /**
     * The payload as text (UTF-8; malformed input becomes U+FFFD).
     *
     * @return the text
     */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
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
