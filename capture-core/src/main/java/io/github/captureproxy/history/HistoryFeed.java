package io.github.captureproxy.history;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import java.util.List;

/** What stands behind a {@link History} that fetches what it holds when it is read. Called under no lock. */
public interface HistoryFeed {
    /**
     * Adds to the history what is there to be added. Called before each read, on the thread that reads; who waits in
     * {@link History#await} is woken by what others add.
     */
    void fetch();

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
     * What else there is to say where a look-up failed, such as what was left out.
     *
     * @return a line; empty for nothing
     */
    String note();
}
