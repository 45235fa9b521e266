package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.RecordedFrom;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.ServerSentEvent;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.spi.ExchangeListener;
import java.util.Optional;
import java.util.function.Function;

/** Puts what went through the proxy into the history that lasts, and into the session that runs. */
public final class Recorder implements ExchangeListener {
    private final HistoryStore store;
    private final Sessions sessions;
    private final LiveTraffic live;
    private final Function<ClientInfo, Optional<String>> processes;

    /**
     * Begins to record.
     *
     * @param store where to
     * @param sessions knows the session that runs
     * @param live keeps what is told of exchanges before they end
     * @param processes the process of a client, as far as it is known
     */
    public Recorder(
            HistoryStore store, Sessions sessions, LiveTraffic live, Function<ClientInfo, Optional<String>> processes) {
        this.store = store;
        this.sessions = sessions;
        this.live = live;
        this.processes = processes;
    }

    @Override
    public void onExchange(Exchange exchange) {
        store.record(exchange, from(exchange.client()));
        live.onExchange(exchange); // it is in the history now
    }

    @Override
    public void onWebSocketMessage(long exchangeId, WebSocketMessage message) {
        live.onWebSocketMessage(exchangeId, message);
    }

    @Override
    public void onServerSentEvent(long exchangeId, ServerSentEvent event) {
        live.onServerSentEvent(exchangeId, event);
    }

    @Override
    public void onTlsFailure(TlsFailure failure) {
        live.onTlsFailure(failure);
    }

    @Override
    public void onClose() {
        live.onClose();
    }

    @Override
    public void onTunnelClosed(Tunnel tunnel) {
        store.record(tunnel, from(tunnel.client()));
    }

    private RecordedFrom from(ClientInfo client) {
        return new RecordedFrom(sessions.current(), processes.apply(client), Optional.empty());
    }
}
