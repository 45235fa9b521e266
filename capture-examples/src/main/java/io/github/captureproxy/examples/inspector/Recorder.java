package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.RecordedFrom;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.spi.ExchangeListener;
import java.util.Optional;
import java.util.function.Function;

/** Puts what went through the proxy into the history that lasts, and into the session that runs. */
public final class Recorder implements ExchangeListener {
    private final HistoryStore store;
    private final Sessions sessions;
    private final Function<ClientInfo, Optional<String>> processes;

    /**
     * Begins to record.
     *
     * @param store where to
     * @param sessions knows the session that runs
     * @param processes the process of a client, as far as it is known
     */
    public Recorder(HistoryStore store, Sessions sessions, Function<ClientInfo, Optional<String>> processes) {
        this.store = store;
        this.sessions = sessions;
        this.processes = processes;
    }

    @Override
    public void onExchange(Exchange exchange) {
        store.record(exchange, from(exchange.client()));
    }

    @Override
    public void onTunnelClosed(Tunnel tunnel) {
        store.record(tunnel, from(tunnel.client()));
    }

    private RecordedFrom from(ClientInfo client) {
        return new RecordedFrom(sessions.current(), processes.apply(client), Optional.empty());
    }
}
