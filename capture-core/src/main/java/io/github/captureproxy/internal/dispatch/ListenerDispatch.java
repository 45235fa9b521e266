package io.github.captureproxy.internal.dispatch;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.ServerSentEvent;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.history.ListenerCounts;
import io.github.captureproxy.spi.ExchangeListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands what happens to the listeners, each on a thread of its own. The delivering methods are for any thread, the
 * reactor's among them: they never block, and drop and count what a listener's full queue has no room for.
 */
public final class ListenerDispatch {
    /**
     * How long a listener may take to come to its end once it was interrupted: enough to flush a file, too short to
     * look like a hang.
     */
    static final Duration GRACE = Duration.ofMillis(500);

    private final List<ListenerWorker> workers;
    private final ListenerWorker[] forRequests;
    private final ListenerWorker[] forExchanges;
    private final ListenerWorker[] forTunnels;
    private final ListenerWorker[] forMessages;
    private final ListenerWorker[] forEvents;
    private final ListenerWorker[] forTlsFailures;

    /**
     * Prepares the delivery; no thread runs yet.
     *
     * @param listeners who is told, in this order
     * @param queueCapacity how many deliveries may wait for each listener
     * @param threadNamePrefix what the threads' names start with; {@code -listener-1} and so on follows
     * @throws IllegalArgumentException if the capacity is less than 1
     */
    public ListenerDispatch(List<ExchangeListener> listeners, int queueCapacity, String threadNamePrefix) {
        List<ListenerWorker> all = new ArrayList<>();
        for (ExchangeListener listener : listeners) {
            String threadName = threadNamePrefix + "-listener-" + (all.size() + 1);
            all.add(new ListenerWorker(listener, queueCapacity, threadName));
        }
        this.workers = List.copyOf(all);
        this.forExchanges = workers.toArray(ListenerWorker[]::new);
        this.forRequests = overriding("onRequest", InFlightExchange.class);
        this.forTunnels = overriding("onTunnelClosed", Tunnel.class);
        this.forMessages = overriding("onWebSocketMessage", long.class, WebSocketMessage.class);
        this.forEvents = overriding("onServerSentEvent", long.class, ServerSentEvent.class);
        this.forTlsFailures = overriding("onTlsFailure", TlsFailure.class);
    }

    /** Starts the listeners' threads, which call {@code onStart} first; does not wait for that. Call it once. */
    public void start() {
        workers.forEach(ListenerWorker::start);
    }

    /**
     * Tells if any listener does something on a request's head; if not, none need be made for {@link #request}.
     *
     * @return true if a listener's class has an {@code onRequest} of its own
     */
    public boolean wantsRequests() {
        return forRequests.length > 0;
    }

    /**
     * Tells if any listener does something on a WebSocket's messages.
     *
     * @return true if a listener's class has an {@code onWebSocketMessage} of its own
     */
    public boolean wantsWebSocketMessages() {
        return forMessages.length > 0;
    }

    /**
     * Tells if any listener does something on an event stream's events.
     *
     * @return true if a listener's class has an {@code onServerSentEvent} of its own
     */
    public boolean wantsServerSentEvents() {
        return forEvents.length > 0;
    }

    /**
     * Delivers a request's head to those who want it.
     *
     * @param request the exchange as it is now
     */
    public void request(InFlightExchange request) {
        offer(forRequests, request);
    }

    /**
     * Delivers an exchange that has ended.
     *
     * @param exchange the exchange
     */
    public void exchange(Exchange exchange) {
        offer(forExchanges, exchange);
    }

    /**
     * Delivers a tunnel that has ended to those who want it.
     *
     * @param tunnel the tunnel
     */
    public void tunnel(Tunnel tunnel) {
        offer(forTunnels, tunnel);
    }

    /**
     * Delivers the failure of a TLS handshake to those who want it.
     *
     * @param failure what failed
     */
    public void tlsFailure(TlsFailure failure) {
        offer(forTlsFailures, failure);
    }

    /**
     * Delivers a WebSocket's message to those who want it.
     *
     * @param exchangeId the id of the exchange that was upgraded
     * @param message the message
     */
    public void webSocketMessage(long exchangeId, WebSocketMessage message) {
        if (forMessages.length > 0) {
            offer(forMessages, new ListenerWorker.MessageOf(exchangeId, message));
        }
    }

    /**
     * Delivers an event stream's event to those who want it.
     *
     * @param exchangeId the id of the exchange whose response it is in
     * @param event the event
     */
    public void serverSentEvent(long exchangeId, ServerSentEvent event) {
        offer(forEvents, new ListenerWorker.EventOf(exchangeId, event));
    }

    /**
     * What became of the deliveries so far.
     *
     * @return a count for each listener, in their order
     */
    public List<ListenerCounts> counts() {
        return workers.stream().map(ListenerWorker::counts).toList();
    }

    /**
     * Ends the delivery: what waits is still delivered until the deadline, then each listener's {@code onClose} is
     * called and its thread ends. At the deadline what still waits is dropped, and a listener in the middle of a call
     * is interrupted and has half a second more. Call it when nothing is delivered any more; what is, is dropped. Called
     * again, it waits again.
     *
     * @param deadline how long the listeners have for what waits
     * @return false if a listener is still in a call: its thread ends, after {@code onClose}, when that call does
     */
    public boolean close(Duration deadline) {
        Deadline end = Deadline.in(deadline);
        workers.forEach(ListenerWorker::finish);
        boolean interrupted = false;
        for (ListenerWorker worker : workers) {
            interrupted |= !worker.join(end);
        }
        workers.forEach(ListenerWorker::giveUp);
        Deadline graceEnd = Deadline.in(GRACE);
        for (ListenerWorker worker : workers) {
            interrupted |= !worker.join(graceEnd);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return workers.stream().noneMatch(ListenerWorker::isStuck);
    }

    private ListenerWorker[] overriding(String method, Class<?>... parameters) {
        return workers.stream()
                .filter(worker -> worker.overrides(method, parameters))
                .toArray(ListenerWorker[]::new);
    }

    private static void offer(ListenerWorker[] to, Object delivery) {
        if (to.length > 0) {
            int weight = ListenerWorker.weight(delivery);
            for (ListenerWorker worker : to) {
                worker.offer(delivery, weight);
            }
        }
    }
}
