package io.github.captureproxy.internal.wire;

import org.jspecify.annotations.Nullable;

/** What a WebSocket message is (RFC 6455 section 11.8). */
public enum WebSocketOpcode {
    /** Text in UTF-8, which nobody checked. */
    TEXT(1),
    /** Binary data. */
    BINARY(2),
    /** The end: nothing, or a two-byte status and a reason. */
    CLOSE(8),
    /** Asks for a pong. */
    PING(9),
    /** Answers a ping, or comes by itself. */
    PONG(10);

    private final int code;

    WebSocketOpcode(int code) {
        this.code = code;
    }

    /**
     * The number on the wire.
     *
     * @return 1, 2, 8, 9 or 10
     */
    public int code() {
        return code;
    }

    /** The opcode with this number, or null for a continuation and for reserved ones. */
    static @Nullable WebSocketOpcode of(int code) {
        return switch (code) {
            case 1 -> TEXT;
            case 2 -> BINARY;
            case 8 -> CLOSE;
            case 9 -> PING;
            case 10 -> PONG;
            default -> null;
        };
    }
}
