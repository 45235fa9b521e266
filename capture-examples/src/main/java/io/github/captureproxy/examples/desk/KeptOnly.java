package io.github.captureproxy.examples.desk;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.ServerSentEvent;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.spi.ExchangeListener;

/** Tells a listener of those exchanges alone that a filter lets in, which can change. Tunnels always are told of. */
public final class KeptOnly implements ExchangeListener {
    private final ExchangeListener listener;
    private volatile ExchangeFilter filter = ExchangeFilter.any();

    /**
     * Lets all in at first.
     *
     * @param listener who is told
     */
    public KeptOnly(ExchangeListener listener) {
        this.listener = listener;
    }

    /**
     * Lets in what another filter does, from now on.
     *
     * @param text as {@link ExchangeFilter#parse} reads it; blank for all
     * @throws IllegalArgumentException if it can't be read
     */
    public void filter(String text) {
        filter = ExchangeFilter.parse(text);
    }

    @Override
    public void onExchange(Exchange exchange) {
        if (filter.matches(exchange)) {
            listener.onExchange(exchange);
        }
    }

    @Override
    public void onRequest(InFlightExchange request) {
        listener.onRequest(request);
    }

    @Override
    public void onTunnelClosed(Tunnel tunnel) {
        listener.onTunnelClosed(tunnel);
    }

    @Override
    public void onWebSocketMessage(long exchangeId, WebSocketMessage message) {
        listener.onWebSocketMessage(exchangeId, message);
    }

    @Override
    public void onServerSentEvent(long exchangeId, ServerSentEvent event) {
        listener.onServerSentEvent(exchangeId, event);
    }

    @Override
    public void onTlsFailure(TlsFailure failure) {
        listener.onTlsFailure(failure);
    }

    @Override
    public void onStart() {
        listener.onStart();
    }

    @Override
    public void onClose() {
        listener.onClose();
    }
}
