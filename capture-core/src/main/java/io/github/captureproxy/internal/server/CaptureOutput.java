package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.history.History;
import io.github.captureproxy.internal.dispatch.ListenerDispatch;
import io.github.captureproxy.internal.record.CaptureSink;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Hands what was recorded to History, at once, and to the listeners' queues. */
final class CaptureOutput implements CaptureSink {
    private final History history;
    private final ListenerDispatch listeners;
    private final LongAdder exchanges = new LongAdder();
    private final LongAdder tunnels = new LongAdder();
    private volatile boolean paused;

    CaptureOutput(History history, ListenerDispatch listeners, boolean paused) {
        this.history = history;
        this.listeners = listeners;
        this.paused = paused;
    }

    @Override
    public void request(Supplier<InFlightExchange> request) {
        if (listeners.wantsRequests()) {
            listeners.request(request.get());
        }
    }

    @Override
    public void exchange(Exchange exchange) {
        exchanges.increment();
        history.add(exchange);
        listeners.exchange(exchange);
    }

    @Override
    public void tunnel(Tunnel tunnel) {
        tunnels.increment();
        history.addTunnel(tunnel);
        listeners.tunnel(tunnel);
    }

    @Override
    public void webSocketMessage(long exchangeId, WebSocketMessage message) {
        history.stirred();
        if (listeners.wantsWebSocketMessages()) {
            listeners.webSocketMessage(exchangeId, message);
        }
    }

    @Override
    public void tlsFailure(TlsFailure failure) {
        if (!paused) {
            listeners.tlsFailure(failure);
        }
    }

    @Override
    public void stirred() {
        history.stirred();
    }

    @Override
    public boolean isPaused() {
        return paused;
    }

    void paused(boolean value) {
        paused = value;
    }

    long exchanges() {
        return exchanges.sum();
    }

    long tunnels() {
        return tunnels.sum();
    }
}
