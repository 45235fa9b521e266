package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.ServerSentEvent;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.export.Redaction;
import io.github.captureproxy.internal.record.CaptureSink;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Redacts what was recorded before anyone sees it. Works on the threads that do I/O, so bodies have a bound. */
final class RedactingSink implements CaptureSink {
    /** The most that is captured of a body that has to be looked into: some milliseconds of an I/O thread's time. */
    static final long MAX_BODY = 1024 * 1024;

    private final CaptureSink next;
    private final Redaction redaction;

    private RedactingSink(CaptureSink next, Redaction redaction) {
        this.next = next;
        this.redaction = redaction;
    }

    /** The sink itself if nothing is redacted. */
    static CaptureSink before(CaptureSink next, Redaction redaction) {
        return redaction.isNone() ? next : new RedactingSink(next, redaction);
    }

    static List<InFlightExchange> redacted(List<InFlightExchange> inFlight, Redaction redaction) {
        return redaction.isNone()
                ? inFlight
                : inFlight.stream().map(redaction::apply).toList();
    }

    @Override
    public void request(Supplier<InFlightExchange> request) {
        next.request(() -> redaction.apply(request.get()));
    }

    @Override
    public void exchange(Exchange exchange) {
        Exchange clean;
        try {
            clean = redaction.applyForGood(exchange);
        } catch (RuntimeException | StackOverflowError e) {
            // A defect. The exchange is lost rather than its secrets told, and its traffic goes on.
            log().error("exchange {} could not be redacted and is not recorded", exchange.id(), e);
            return;
        }
        next.exchange(clean);
    }

    @Override
    public void tunnel(Tunnel tunnel) {
        next.tunnel(tunnel);
    }

    @Override
    public void webSocketMessage(long exchangeId, WebSocketMessage message) {
        next.webSocketMessage(exchangeId, redaction.apply(message));
    }

    @Override
    public boolean wantsServerSentEvents() {
        return next.wantsServerSentEvents();
    }

    @Override
    public void serverSentEvent(long exchangeId, ServerSentEvent event) {
        ServerSentEvent clean;
        try {
            clean = redaction.apply(event);
        } catch (RuntimeException | StackOverflowError e) {
            // A defect, as with a whole exchange: the event is lost, and its traffic goes on.
            log().error("an event of exchange {} could not be redacted and is not told", exchangeId, e);
            return;
        }
        next.serverSentEvent(exchangeId, clean);
    }

    @Override
    public void tlsFailure(TlsFailure failure) {
        next.tlsFailure(failure);
    }

    @Override
    public void stirred(ClientInfo client) {
        next.stirred(client);
    }

    @Override
    public boolean isPaused() {
        return next.isPaused();
    }

    /** Looked up only when there is something to say, as SLF4J itself prints at its first use where it has no provider. */
    private static Logger log() {
        return LoggerFactory.getLogger(RedactingSink.class);
    }
}
