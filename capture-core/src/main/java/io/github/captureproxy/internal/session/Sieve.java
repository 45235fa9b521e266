package io.github.captureproxy.internal.session;

import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.history.SessionCounts;
import io.github.captureproxy.history.Tally;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a filter about exchanges, and counts them by what they are or by what left them out. For one thread; what tells of
 * it may be called on any, also while the filter is.
 */
final class Sieve {
    /** Hosts and methods are the client's choice, and a crawler meets any number. */
    private static final int MAX_KEYS = 1000;

    private final String session;
    private final List<ExchangeFilter> parts;
    private final Counter methods = new Counter();
    private final Counter statuses = new Counter();
    private final Counter hosts = new Counter();
    private final Counter leftOut = new Counter();
    private long kept;
    private long tunnels;
    private boolean threw;

    /** {@link System#nanoTime()}; 0 while the filter is in no call. */
    private volatile long callBegan;

    Sieve(String session, ExchangeFilter filter) {
        this.session = session;
        this.parts = filter.parts();
    }

    /** Asks the filter about an exchange; counts nothing yet. Returns the first part that does not hold, if there is one. */
    Optional<ExchangeFilter> missed(Exchange exchange) {
        callBegan = System.nanoTime() | 1; // anything but 0
        try {
            return parts.stream().filter(part -> !holds(part, exchange)).findFirst();
        } finally {
            callBegan = 0;
        }
    }

    synchronized void leftOut(ExchangeFilter part) {
        leftOut.add(part.toString());
    }

    synchronized void kept(Exchange exchange) {
        kept++;
        methods.add(exchange.request().method());
        statuses.add(exchange.response()
                .map(CapturedResponse::status)
                .map(String::valueOf)
                .orElse("none"));
        hosts.add(exchange.request().host());
    }

    synchronized void tunnel() {
        tunnels++;
    }

    /** How long the filter has been in the call that it is in; zero if it is in none. */
    Duration inCall() {
        long began = callBegan;
        return began == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, System.nanoTime() - began));
    }

    /** The counts of this moment, with what others have counted. */
    synchronized SessionCounts counts(long dropped, long waiting, long unfinished, long written, long unwritten) {
        return new SessionCounts(
                kept,
                tunnels,
                methods.tally(),
                statuses.tally(),
                hosts.tally(),
                leftOut.tally().counts(),
                dropped,
                waiting,
                unfinished,
                written,
                unwritten);
    }

    /** A part that throws does not hold; the first time is logged. */
    private boolean holds(ExchangeFilter part, Exchange exchange) {
        try {
            return part.matches(exchange);
        } catch (Throwable e) { // whatever it is, the session's thread goes on: those who read wait for it
            return threw(exchange, e);
        }
    }

    /** Its message is not logged, as it may quote a payload. */
    private boolean threw(Exchange exchange, Throwable failure) {
        if (!threw) {
            threw = true;
            log().warn(
                            "session {}: its filter threw {} on exchange {}, which is left out, as all it throws on are",
                            session,
                            failure.getClass().getName(),
                            exchange.id());
        }
        return false;
    }

    /** Looked up only when there is something to say, as SLF4J itself prints at its first use where it has no provider. */
    private static Logger log() {
        return LoggerFactory.getLogger(Sieve.class);
    }

    /** Counts up to so many different things, and all the rest together. */
    private static final class Counter {
        private final Map<String, Long> counts = new LinkedHashMap<>();
        private long others;

        void add(String name) {
            if (counts.size() < MAX_KEYS || counts.containsKey(name)) {
                counts.merge(name, 1L, Long::sum);
            } else {
                others++;
            }
        }

        Tally tally() {
            return new Tally(counts, others);
        }
    }
}
