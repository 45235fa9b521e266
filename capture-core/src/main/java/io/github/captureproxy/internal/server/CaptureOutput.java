package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.ServerSentEvent;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.history.History;
import io.github.captureproxy.internal.diagnosis.TunnelTally;
import io.github.captureproxy.internal.dispatch.ListenerDispatch;
import io.github.captureproxy.internal.jfr.FlightEvents;
import io.github.captureproxy.internal.record.CaptureSink;
import io.github.captureproxy.internal.session.Sessions;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Hands what was recorded to History, at once, and to the queues of sessions and listeners. */
final class CaptureOutput implements CaptureSink {
    private final History history;
    private final Sessions sessions;
    private final ListenerDispatch listeners;
    private final LongAdder exchanges = new LongAdder();
    private final LongAdder tunnels = new LongAdder();
    private final LongAdder unseen = new LongAdder();
    private final LongAdder[] outcomes = Stream.generate(LongAdder::new)
            .limit(Outcome.Status.values().length)
            .toArray(LongAdder[]::new);
    private final AtomicLong toldForgotten = new AtomicLong();
    private final TunnelTally tally = new TunnelTally();
    private volatile boolean paused;

    CaptureOutput(History history, Sessions sessions, ListenerDispatch listeners, boolean paused) {
        this.history = history;
        this.sessions = sessions;
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
        outcomes[exchange.outcome().status().ordinal()].increment();
        sessions.exchange(exchange); // first, as History may let go of the files that hold its bodies at once
        history.add(exchange);
        listeners.exchange(exchange);
        FlightEvents.exchange(exchange);
        if (FlightEvents.wantsDrops()) {
            tellForgotten();
        }
    }

    /** Tells how many History has forgotten since it was told last; two threads at once may tell of some as one. */
    private void tellForgotten() {
        long now = history.counts().evicted();
        long before = toldForgotten.getAndSet(now);
        if (now > before) {
            FlightEvents.dropped("History", now - before);
        }
    }

    @Override
    public void tunnel(Tunnel tunnel) {
        tunnels.increment();
        tally.add(tunnel);
        sessions.tunnel(tunnel);
        history.addTunnel(tunnel);
        listeners.tunnel(tunnel);
        FlightEvents.tunnel(tunnel);
    }

    @Override
    public void webSocketMessage(long exchangeId, WebSocketMessage message) {
        if (listeners.wantsWebSocketMessages()) {
            listeners.webSocketMessage(exchangeId, message);
        }
    }

    @Override
    public boolean wantsServerSentEvents() {
        return listeners.wantsServerSentEvents();
    }

    @Override
    public void serverSentEvent(long exchangeId, ServerSentEvent event) {
        listeners.serverSentEvent(exchangeId, event);
    }

    @Override
    public void tlsFailure(TlsFailure failure) {
        if (!paused) {
            listeners.tlsFailure(failure);
        }
    }

    @Override
    public void stirred(ClientInfo client) {
        history.stirred();
        sessions.stirred(client);
    }

    @Override
    public boolean isPaused() {
        return paused;
    }

    @Override
    public void passesUnseen() {
        unseen.increment();
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

    long unseen() {
        return unseen.sum();
    }

    Map<Outcome.Status, Long> outcomes() {
        Map<Outcome.Status, Long> counts = new EnumMap<>(Outcome.Status.class);
        for (Outcome.Status status : Outcome.Status.values()) {
            long count = outcomes[status.ordinal()].sum();
            if (count > 0) {
                counts.put(status, count);
            }
        }
        return counts;
    }

    TunnelTally tally() {
        return tally;
    }
}
