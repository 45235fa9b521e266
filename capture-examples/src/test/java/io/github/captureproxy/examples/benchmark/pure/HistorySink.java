package io.github.captureproxy.examples.benchmark.pure;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.history.History;
import io.github.captureproxy.internal.record.CaptureSink;
import java.util.function.Supplier;

/** Takes exchanges to History, as a proxy without listeners does. */
record HistorySink(History history) implements CaptureSink {
    @Override
    public void exchange(Exchange exchange) {
        history.add(exchange);
    }

    @Override
    public void request(Supplier<InFlightExchange> request) {}

    @Override
    public void tunnel(Tunnel tunnel) {}

    @Override
    public void webSocketMessage(long exchangeId, WebSocketMessage message) {}

    @Override
    public void tlsFailure(TlsFailure failure) {
        // none is measured
    }

    @Override
    public void stirred(ClientInfo client) {
        history.stirred();
    }

    @Override
    public boolean isPaused() {
        return false;
    }
}
