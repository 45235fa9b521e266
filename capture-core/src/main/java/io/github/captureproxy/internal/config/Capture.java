package io.github.captureproxy.internal.config;

import io.github.captureproxy.export.Redaction;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.spi.ExchangeListener;
import java.util.List;

/**
 * What is kept of exchanges, and who hears of them.
 *
 * @param bodies what is kept of bodies
 * @param history how much the history keeps
 * @param webSocketMessages messages kept for one WebSocket
 * @param listeners those who hear
 * @param listenerQueue deliveries that may wait for one listener
 * @param redaction what is redacted before anyone sees it
 * @param startPaused true to record nothing until resumed
 */
public record Capture(
        Bodies bodies,
        HistoryLimits history,
        int webSocketMessages,
        List<ExchangeListener> listeners,
        int listenerQueue,
        Redaction redaction,
        boolean startPaused) {
    /** Copies the list. */
    public Capture {
        listeners = List.copyOf(listeners);
    }
}
