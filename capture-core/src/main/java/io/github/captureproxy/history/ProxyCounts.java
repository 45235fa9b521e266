package io.github.captureproxy.history;

import java.util.List;

/**
 * What a proxy has done since its start, and what is open now. Read one after the other while traffic flows: the numbers
 * may be a moment apart.
 *
 * @param connectionsAccepted client connections that were accepted
 * @param connectionsOpen client connections that are open now
 * @param connectionsRefused client connections past a limit: answered with 503 and closed, and not recorded
 * @param exchanges exchanges that ended; without those that passed unseen during a pause
 * @param exchangesOpen exchanges that are under way now
 * @param tunnels CONNECT tunnels that ended; likewise
 * @param tunnelsOpen tunnels and upgraded connections that are open now
 * @param bodiesCut bodies that were not captured whole, for their own limit or that of all bodies in flight
 * @param captureErrors failures of a {@code BodySelector}, whose bodies were kept, and of files for bodies, which are cut
 * @param clientsLost exchanges that were handed to the socket whole, and whose client had gone before it took them
 * @param listeners what became of the deliveries to each listener, in the order in which they were given
 */
public record ProxyCounts(
        long connectionsAccepted,
        long connectionsOpen,
        long connectionsRefused,
        long exchanges,
        long exchangesOpen,
        long tunnels,
        long tunnelsOpen,
        long bodiesCut,
        long captureErrors,
        long clientsLost,
        List<ListenerCounts> listeners) {
    /** Copies the list. */
    public ProxyCounts {
        listeners = List.copyOf(listeners);
    }

    /**
     * How many deliveries listeners have missed.
     *
     * @return the sum over all listeners
     */
    public long deliveriesDropped() {
        return listeners.stream().mapToLong(ListenerCounts::dropped).sum();
    }
}
