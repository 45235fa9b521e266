package io.github.captureproxy.history;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import java.util.List;

/** What stands behind a {@link History} that fetches what it holds when it is read. Called under no lock. */
public interface HistoryFeed {
    /**
     * Has all that had ended by now added to the history, and waits for that up to a limit of its own. Called before each
     * read, on the thread that reads.
     *
     * @return false if some of it is not there yet after all; {@link #notes()} tells why
     */
    boolean fetch();

    /** Has what has ended added soon, without a wait: who waits in {@link History#await} is woken by that. */
    void hasten();

    /**
     * What has not ended yet.
     *
     * @return what {@link History#inFlight()} tells
     */
    List<InFlightExchange> inFlight();

    /**
     * A limit or {@link History#clear()} made the history forget an exchange. Must not block or throw.
     *
     * @param exchange what it no longer holds
     */
    void forgotten(Exchange exchange);

    /**
     * What else there is to say where a look-up failed, such as what was left out or is missing. Waits for nothing.
     *
     * @return a line each
     */
    List<String> notes();
}
