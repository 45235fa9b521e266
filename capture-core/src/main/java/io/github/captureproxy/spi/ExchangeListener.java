package io.github.captureproxy.spi;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.ServerSentEvent;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;

/**
 * Hears of what goes through a proxy. Each listener is called on a thread of its own, one call at a time, in the order
 * in which things happened; it never holds traffic up, and under load hears of things up to 16 ms later. Past a bounded
 * queue ({@code listenerQueueCapacity} of the builder) deliveries are dropped and counted. What it throws is logged and
 * counted, and the next delivery follows.
 */
@FunctionalInterface
public interface ExchangeListener {
    /**
     * An exchange has ended, in whatever way: called exactly once for each that is recorded.
     *
     * @param exchange the exchange
     */
    void onExchange(Exchange exchange);

    /**
     * A request's head has come in.
     *
     * @param request the exchange as it is now; its id is that of the later {@link #onExchange}
     */
    default void onRequest(InFlightExchange request) {}

    /**
     * A tunnel has ended.
     *
     * @param tunnel the tunnel
     */
    default void onTunnelClosed(Tunnel tunnel) {}

    /**
     * A message of an open WebSocket has passed.
     *
     * @param exchangeId the id of the exchange that was upgraded
     * @param message the message
     */
    default void onWebSocketMessage(long exchangeId, WebSocketMessage message) {}

    /**
     * An event of a response that streams events ({@code text/event-stream}, without a content coding) has passed.
     *
     * @param exchangeId the id of the exchange that is under way
     * @param event the event
     */
    default void onServerSentEvent(long exchangeId, ServerSentEvent event) {}

    /**
     * A TLS handshake of an inspected tunnel has failed, on either side. The tunnel itself may go on, passed through.
     *
     * @param failure what failed
     */
    default void onTlsFailure(TlsFailure failure) {}

    /** The proxy has started; comes before all other calls. */
    default void onStart() {}

    /** The proxy is closed; no call comes after this one. */
    default void onClose() {}
}
