package io.github.captureproxy.internal.config;

import io.github.captureproxy.spi.ExchangeListener;
import java.util.List;

/**
 * What is kept of exchanges, and who hears of them.
 *
 * @param listeners those who hear
 * @param listenerQueue deliveries that may wait for one listener
 * @param webSocketMessages messages kept for one WebSocket
 * @param startPaused true to record nothing until resumed
 */
public record Capture(
        List<ExchangeListener> listeners, int listenerQueue, int webSocketMessages, boolean startPaused) {}
