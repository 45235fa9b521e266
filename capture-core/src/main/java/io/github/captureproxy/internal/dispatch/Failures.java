package io.github.captureproxy.internal.dispatch;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Tunnel;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a listener throws and logs the first of it and then some. Used by the listener's thread only. */
final class Failures {
    /** Every so many failures are logged after the first: a listener that fails at full rate writes 50 lines a second. */
    static final int LOG_EVERY = 1000;

    private final String listener;
    private final AtomicLong count = new AtomicLong();

    Failures(String listener) {
        this.listener = listener;
    }

    /** Counts a failure. Its message is not logged, as it may quote a payload; at debug level all is. */
    void add(Object delivery, Throwable failure) {
        long number = count.incrementAndGet();
        if ((number - 1) % LOG_EVERY != 0) {
            return;
        }
        StackTraceElement[] trace = failure.getStackTrace();
        log().warn(
                        "listener {} threw {} at {} on {}; {} failures so far",
                        listener,
                        failure.getClass().getName(),
                        trace.length > 0 ? trace[0] : "an unknown place",
                        name(delivery),
                        number);
        log().debug("listener {} threw on {}", listener, name(delivery), failure);
    }

    long count() {
        return count.get();
    }

    String listener() {
        return listener;
    }

    private static String name(Object delivery) {
        if (delivery instanceof Exchange exchange) {
            return "exchange " + exchange.id();
        }
        if (delivery instanceof InFlightExchange request) {
            return "the request of exchange " + request.id();
        }
        if (delivery instanceof Tunnel tunnel) {
            return "tunnel " + tunnel.id();
        }
        if (delivery instanceof ListenerWorker.MessageOf of) {
            return "a message of exchange " + of.exchangeId();
        }
        if (delivery instanceof ListenerWorker.EventOf of) {
            return "an event of exchange " + of.exchangeId();
        }
        return "its start or close";
    }

    /** Looked up only when there is something to say, as SLF4J itself prints at its first use where it has no provider. */
    private static Logger log() {
        return LoggerFactory.getLogger(ListenerDispatch.class);
    }
}
