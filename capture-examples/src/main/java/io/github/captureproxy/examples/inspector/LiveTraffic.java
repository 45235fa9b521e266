package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.ServerSentEvent;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.spi.ExchangeListener;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is told of exchanges and tunnels before they end, and kept until then: the latest messages of open WebSockets and
 * event streams, and what failed in TLS handshakes. Bounded: the oldest go first. Safe for any thread.
 */
public final class LiveTraffic implements ExchangeListener {
    /** The messages kept of all that is open together, and the bytes in them. */
    static final int MAX_MESSAGES = 5_000;

    static final long MAX_BYTES = 16L * 1024 * 1024;

    /** Tunnels of which failures are kept. */
    private static final int MAX_TUNNELS = 1_000;
    /** A client that tries over and over is told of a few times. */
    private static final int MAX_FAILURES = 5;

    private final Deque<LiveMessage> messages = new ArrayDeque<>();
    private final Map<Long, Long> counts = new HashMap<>();
    private final Map<Long, List<TlsFailure>> failures = new LinkedHashMap<>();
    private long bytes;

    /**
     * A message of an exchange under way.
     *
     * @param exchangeId the exchange's id in its proxy
     * @param index the message's ordinal in it
     * @param at when it was told of
     * @param webSocket the message, or
     * @param event the event
     */
    record LiveMessage(
            long exchangeId,
            long index,
            Instant at,
            Optional<WebSocketMessage> webSocket,
            Optional<ServerSentEvent> event) {
        private long size() {
            return webSocket.map(WebSocketMessage::payloadSize).orElse(0)
                    + event.map(one -> 2L * one.data().length()).orElse(0L);
        }

        CapturedBody content() {
            return webSocket.map(MessagesOf::content).orElseGet(() -> MessagesOf.content(event.orElseThrow()));
        }

        MessageItem item() {
            return webSocket
                    .map(message -> MessageItem.of(index, message))
                    .orElseGet(() -> MessageItem.of(index, event.orElseThrow(), Optional.of(at)));
        }
    }

    /**
     * What is kept of an exchange under way.
     *
     * @param total how many messages passed
     * @param kept the latest of them
     */
    record Live(long total, List<LiveMessage> kept) {}

    @Override
    public synchronized void onExchange(Exchange exchange) {
        if (counts.remove(exchange.id()) != null) {
            messages.removeIf(message -> message.exchangeId() == exchange.id() && released(message));
        }
    }

    @Override
    public synchronized void onWebSocketMessage(long exchangeId, WebSocketMessage message) {
        add(new LiveMessage(exchangeId, next(exchangeId), message.at(), Optional.of(message), Optional.empty()));
    }

    @Override
    public synchronized void onServerSentEvent(long exchangeId, ServerSentEvent event) {
        add(new LiveMessage(exchangeId, next(exchangeId), Instant.now(), Optional.empty(), Optional.of(event)));
    }

    @Override
    public synchronized void onTlsFailure(TlsFailure failure) {
        List<TlsFailure> ofTunnel = failures.computeIfAbsent(failure.tunnelId(), id -> new ArrayList<>());
        if (ofTunnel.size() < MAX_FAILURES) {
            ofTunnel.add(failure);
        }
        if (failures.size() > MAX_TUNNELS) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    /** The proxy that all this is about has ended, and with it all that was open. */
    @Override
    public synchronized void onClose() {
        messages.clear();
        counts.clear();
        bytes = 0;
    }

    synchronized Live of(long exchangeId) {
        return new Live(
                counts.getOrDefault(exchangeId, 0L),
                messages.stream()
                        .filter(message -> message.exchangeId() == exchangeId)
                        .toList());
    }

    /** What failed in a tunnel: ids begin anew with each proxy, so it has to be of its time, too. */
    synchronized List<TlsFailure> failures(Tunnel tunnel) {
        Instant end = tunnel.startedAt().plus(tunnel.duration()).plusSeconds(1);
        return failures.getOrDefault(tunnel.id(), List.of()).stream()
                .filter(failure -> !failure.time().isBefore(tunnel.startedAt().minusSeconds(1))
                        && failure.time().isBefore(end))
                .toList();
    }

    private long next(long exchangeId) {
        return counts.merge(exchangeId, 1L, Long::sum) - 1;
    }

    private void add(LiveMessage message) {
        messages.addLast(message);
        bytes += message.size();
        while (messages.size() > MAX_MESSAGES || bytes > MAX_BYTES) {
            bytes -= messages.removeFirst().size();
        }
    }

    private boolean released(LiveMessage message) {
        bytes -= message.size();
        return true;
    }
}
