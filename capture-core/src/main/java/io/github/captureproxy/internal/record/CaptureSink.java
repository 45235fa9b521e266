package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.ServerSentEvent;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import java.util.function.Supplier;

/** Where what was recorded goes: History first, then the listeners' queues. Called by many threads; never blocks. */
public interface CaptureSink {
    /**
     * A request's head has come in.
     *
     * @param request makes the view of it, if anyone wants it
     */
    void request(Supplier<InFlightExchange> request);

    /**
     * An exchange has ended.
     *
     * @param exchange the exchange
     */
    void exchange(Exchange exchange);

    /**
     * A tunnel has ended.
     *
     * @param tunnel the tunnel
     */
    void tunnel(Tunnel tunnel);

    /**
     * A WebSocket message has passed.
     *
     * @param exchangeId the exchange that was upgraded
     * @param message the message
     */
    void webSocketMessage(long exchangeId, WebSocketMessage message);

    /**
     * Tells if anyone wants the events of event streams as they pass; if not, none are taken apart.
     *
     * @return true if {@link #serverSentEvent} does something
     */
    default boolean wantsServerSentEvents() {
        return false;
    }

    /**
     * An event of an event stream has passed.
     *
     * @param exchangeId the exchange whose response it is in
     * @param event the event
     */
    default void serverSentEvent(long exchangeId, ServerSentEvent event) {}

    /**
     * A TLS handshake has failed.
     *
     * @param failure what failed
     */
    void tlsFailure(TlsFailure failure);

    /**
     * Something in flight has begun, gone on or ended, recorded or not: who waits for a quiet time hears of it. Costs next
     * to nothing while nobody waits.
     *
     * @param client whose it is
     */
    void stirred(ClientInfo client);

    /**
     * Tells if recording is paused.
     *
     * @return true if nothing that starts now is to be recorded
     */
    boolean isPaused();

    /** An exchange or a tunnel begins that is not recorded, as recording is paused. */
    default void passesUnseen() {}
}
