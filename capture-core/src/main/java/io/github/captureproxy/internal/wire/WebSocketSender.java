package io.github.captureproxy.internal.wire;

/** The two ends of a WebSocket connection. */
public enum WebSocketSender {
    /** The end that asked for the upgrade, and masks its frames. */
    CLIENT,
    /** The end that answered 101. */
    SERVER
}
