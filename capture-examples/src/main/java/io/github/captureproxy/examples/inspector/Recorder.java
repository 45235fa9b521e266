package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.desk.ClientProcess;
import io.github.captureproxy.examples.desk.ClientProcesses;
import io.github.captureproxy.examples.desk.KeptOnly;
import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.RecordedFrom;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.spi.ExchangeListener;
import java.util.Optional;

/**
 * Puts what went through the proxy into the history that lasts, and into the session that runs. It is a listener of a class
 * of its own, as a proxy counts by class what it could not deliver.
 */
final class Recorder extends KeptOnly {
    Recorder(HistoryStore store, Sessions sessions, ClientProcesses processes) {
        super(new Rows(store, sessions, processes));
    }

    private record Rows(HistoryStore store, Sessions sessions, ClientProcesses processes) implements ExchangeListener {
        @Override
        public void onExchange(Exchange exchange) {
            store.record(exchange, from(exchange.client()));
        }

        @Override
        public void onTunnelClosed(Tunnel tunnel) {
            store.record(tunnel, from(tunnel.client()));
        }

        private RecordedFrom from(ClientInfo client) {
            return new RecordedFrom(
                    sessions.current(), processes.process(client).map(ClientProcess::toString), Optional.empty());
        }
    }
}
