package io.github.captureproxy.history;

/**
 * What became of the deliveries to one listener. A delivery is one call: an exchange, a request, a tunnel or a WebSocket
 * message.
 *
 * @param listener the listener's class name
 * @param delivered calls that returned normally
 * @param dropped deliveries that were not made, because the listener's queue was full or its proxy was closed
 * @param failed calls that threw, {@code onStart} and {@code onClose} included
 */
public record ListenerCounts(String listener, long delivered, long dropped, long failed) {}
