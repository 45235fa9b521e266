package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.WebSocketMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The WebSocket messages that are kept of one exchange: the newest, within a number, a size, and the budget of all that
 * is in flight. For one thread.
 */
final class MessageLog {
    private final int maxMessages;
    private final long maxBytes;
    private final BodyBudget budget;
    private final Deque<WebSocketMessage> messages = new ArrayDeque<>();
    private long bytes;

    MessageLog(int maxMessages, long maxBytes, BodyBudget budget) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.budget = budget;
    }

    /** Keeps a message, without its payload where the budget is used up; the oldest go where there is no more room. */
    void add(WebSocketMessage message) {
        if (budget.reserve(message.payloadSize())) {
            keep(message);
        } else {
            budget.countCut();
            keep(message.withoutPayload());
        }
        while (messages.size() > maxMessages || bytes > maxBytes) {
            int size = messages.removeFirst().payloadSize();
            bytes -= size;
            budget.release(size);
        }
    }

    private void keep(WebSocketMessage message) {
        messages.addLast(message);
        bytes += message.payloadSize();
    }

    /** All that was kept, oldest first; from now on History's to bound. */
    List<WebSocketMessage> finish() {
        budget.release(bytes);
        bytes = 0;
        return List.copyOf(messages);
    }
}
