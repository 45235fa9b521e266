package io.github.captureproxy.history;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;
import java.util.List;
import java.util.Map;

/**
 * What a proxy has done since its start, and what is open now. Read one after the other while traffic flows: the numbers
 * may be a moment apart.
 *
 * @param connectionsAccepted client connections that were accepted
 * @param connectionsOpen client connections that are open now
 * @param connectionsRefused client connections past a limit: answered with 503 and closed, and not recorded
 * @param connectionsSilent client connections that ended without a byte
 * @param connectionsWithTls client connections that began with TLS, where plain HTTP is spoken: its client was told the
 *     proxy's address as {@code https://}
 * @param connectionsNotHttp client connections that began with something else that is not HTTP
 * @param exchanges exchanges that ended; without those that passed unseen during a pause
 * @param exchangesOpen exchanges that are under way now
 * @param tunnels CONNECT tunnels that ended; likewise
 * @param tunnelsOpen tunnels and upgraded connections that are open now
 * @param unseen exchanges and tunnels that began during a pause, or before recording was started
 * @param outcomes how the exchanges ended, as far as they are recorded; without outcomes that none had
 * @param tunnelReasons why the tunnels were handled as they were, likewise
 * @param bodiesCut bodies that were not captured whole, for their own limit or that of all bodies in flight
 * @param captureErrors failures of a {@code BodySelector}, whose bodies were kept, and of files for bodies, which are cut
 * @param clientsLost exchanges that were handed to the socket whole, and whose client had gone before it took them
 * @param ruleErrors functions of rules that failed or took too long
 * @param listeners what became of the deliveries to each listener, in the order in which they were given
 */
public record ProxyCounts(
        long connectionsAccepted,
        long connectionsOpen,
        long connectionsRefused,
        long connectionsSilent,
        long connectionsWithTls,
        long connectionsNotHttp,
        long exchanges,
        long exchangesOpen,
        long tunnels,
        long tunnelsOpen,
        long unseen,
        Map<Outcome.Status, Long> outcomes,
        Map<Tunnel.Reason, Long> tunnelReasons,
        long bodiesCut,
        long captureErrors,
        long clientsLost,
        long ruleErrors,
        List<ListenerCounts> listeners) {
    /** Copies the list and the maps. */
    public ProxyCounts {
        outcomes = Map.copyOf(outcomes);
        tunnelReasons = Map.copyOf(tunnelReasons);
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
