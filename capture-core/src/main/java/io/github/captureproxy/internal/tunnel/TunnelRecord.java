package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.InFlightExchange.WaitingFor;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.internal.record.CaptureSink;
import io.github.captureproxy.internal.wire.FirstBytes;
import io.github.captureproxy.spi.ClientHello;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts one tunnel together from what happens to it, and hands it over once. */
final class TunnelRecord implements RelayObserver {
    private final CaptureSink sink;
    private final boolean on;
    private final long id;
    private final ClientInfo client;
    private final CapturedRequest request;
    private final String host;
    private final int port;
    private final Route route;
    private final Instant startedAt = Instant.now();
    private final long start = System.nanoTime();
    private volatile Tunnel.Reason reason = Tunnel.Reason.NOT_OPENED;
    private volatile String reasonDetail = "";
    private @Nullable ClientHello hello;
    private volatile WaitingFor waitingFor = WaitingFor.CONNECT;
    private long bytesSent;
    private long bytesReceived;
    private boolean ended;
    private volatile boolean gone;

    TunnelRecord(CaptureSink sink, long id, ClientInfo client, CapturedRequest request, Route route) {
        this.sink = sink;
        this.on = !sink.isPaused();
        if (!on) {
            sink.passesUnseen();
        }
        this.id = id;
        this.client = client;
        this.request = request;
        this.host = request.host();
        this.port = request.origin().map(origin -> origin.port()).orElse(0);
        this.route = route;
        sink.stirred(client);
    }

    long id() {
        return id;
    }

    /** The client was told that it is open, but its target has yet to be connected to. */
    void opensLate() {
        reason = Tunnel.Reason.NOT_OPENED;
        waiting(WaitingFor.CONNECT);
    }

    void opened() {
        reason = Tunnel.Reason.NOTHING_SENT;
        waiting(WaitingFor.CLOSE);
    }

    void waiting(WaitingFor what) {
        waitingFor = what;
        sink.stirred(client);
    }

    void reason(Tunnel.Reason why, String detail) {
        reasonDetail = detail;
        reason = why;
    }

    ClientInfo client() {
        return client;
    }

    void hello(ClientHello clientHello) {
        hello = clientHello;
    }

    @Override
    public void sent(ByteBuffer buffer, int from, int length) {
        if (reason == Tunnel.Reason.NOTHING_SENT) { // the target had ended its stream in silence
            boolean tls = FirstBytes.of(buffer.duplicate().limit(from + length).position(from)) == FirstBytes.Kind.TLS;
            reason = tls ? Tunnel.Reason.NOT_CONFIGURED : Tunnel.Reason.NOT_TLS;
        }
        bytesSent += length;
    }

    @Override
    public void received(ByteBuffer buffer, int from, int length) {
        if (reason == Tunnel.Reason.NOTHING_SENT) { // the client had ended its stream in silence
            reason = Tunnel.Reason.SERVER_SPEAKS_FIRST;
        }
        bytesReceived += length;
    }

    /** Tells of the failure of a TLS handshake. */
    void tlsFailed(TlsFailure failure) {
        if (on) {
            sink.tlsFailure(failure);
        }
    }

    /** Sets what passed where it was not relayed byte for byte. */
    void passed(long sent, long received) {
        bytesSent = sent;
        bytesReceived = received;
    }

    @Override
    public void ended(Outcome.Status status, Outcome.Side side, String detail) {
        if (ended) {
            return;
        }
        ended = true;
        if (on) {
            ClientHello seen = hello;
            sink.tunnel(new Tunnel(
                    id,
                    client,
                    host,
                    port,
                    reason == Tunnel.Reason.NOT_OPENED ? Route.NONE : route,
                    reason,
                    reasonDetail,
                    seen == null ? Optional.empty() : seen.serverName(),
                    seen == null ? List.of() : seen.applicationProtocols(),
                    seen == null ? Optional.empty() : Optional.of(seen.ja4()),
                    startedAt,
                    Duration.ofNanos(System.nanoTime() - start),
                    bytesSent,
                    bytesReceived,
                    new Outcome(status, side, bytesReceived, detail)));
        }
        gone = true;
        sink.stirred(client);
    }

    /** The tunnel as it is now; empty once it has ended. */
    Optional<InFlightExchange> inFlight(long now) {
        if (gone) {
            return Optional.empty();
        }
        Duration elapsed = Duration.ofNanos(Math.max(0, now - start));
        Tunnel.Reason known = reason;
        boolean open = known != Tunnel.Reason.NOT_OPENED && known != Tunnel.Reason.NOTHING_SENT;
        Optional<Tunnel.Reason> why = open ? Optional.of(known) : Optional.empty();
        String detail = open ? reasonDetail : "";
        return Optional.of(new InFlightExchange(
                id, client, request, Optional.empty(), startedAt, elapsed, waitingFor, why, detail));
    }
}
