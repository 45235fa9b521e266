package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.desk.NotOpened;
import io.github.captureproxy.examples.desk.TunnelWords;
import io.github.captureproxy.examples.store.Row;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A tunnel with all that is known of it, as the page takes it. */
record TunnelView(
        String kind,
        long row,
        long proxyId,
        Instant startedAt,
        Duration duration,
        String host,
        int port,
        ExchangeView.ClientView client,
        Route route,
        TunnelWords why,
        Optional<String> serverName,
        List<String> alpn,
        Optional<String> fingerprint,
        long bytesSent,
        long bytesReceived,
        ExchangeView.OutcomeView outcome,
        List<TlsView.FailureView> failures) {

    static TunnelView of(long row, Tunnel tunnel, Optional<String> process, List<TlsFailure> failures) {
        return new TunnelView(
                "tunnel",
                row,
                tunnel.id(),
                tunnel.startedAt(),
                tunnel.duration(),
                tunnel.host(),
                tunnel.port(),
                ExchangeView.ClientView.of(tunnel.client(), process),
                tunnel.route(),
                words(tunnel),
                tunnel.serverName(),
                tunnel.alpn(),
                tunnel.fingerprint(),
                tunnel.bytesSent(),
                tunnel.bytesReceived(),
                ExchangeView.OutcomeView.of(tunnel.outcome()),
                failures.stream().map(TlsView.FailureView::of).toList());
    }

    private static TunnelWords words(Tunnel tunnel) {
        Outcome end = tunnel.outcome();
        return TunnelWords.of(
                tunnel.reason(), tunnel.reasonDetail(), new NotOpened(tunnel.host(), end.status(), end.detail()));
    }

    /** The words for a tunnel of the list. */
    static TunnelWords words(Row.TunnelFacts facts) {
        Row.Ending end = facts.ending();
        return TunnelWords.of(facts.reason(), facts.detail(), new NotOpened(facts.host(), end.outcome(), end.detail()));
    }
}
