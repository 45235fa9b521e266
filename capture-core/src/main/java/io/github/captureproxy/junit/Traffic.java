package io.github.captureproxy.junit;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.history.History;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What passed through a proxy, and what is passing, at one moment.
 *
 * @param exchanges those that have ended
 * @param tunnels those that have ended
 * @param inFlight what has not
 */
record Traffic(List<Exchange> exchanges, List<Tunnel> tunnels, List<InFlightExchange> inFlight) {
    static Traffic of(History history) {
        // In this order, so that what ends meanwhile is not missed.
        List<InFlightExchange> inFlight = history.inFlight();
        return new Traffic(history.snapshot(), history.tunnels(), inFlight);
    }

    /** The highest id of all; 0 if there is nothing. */
    long lastId() {
        LongStream ended = LongStream.concat(
                exchanges.stream().mapToLong(Exchange::id), tunnels.stream().mapToLong(Tunnel::id));
        LongStream all = LongStream.concat(ended, inFlight.stream().mapToLong(InFlightExchange::id));
        return all.max().orElse(0);
    }

    /** What began later than an id was given; tunnels that are open hide calls however long they have been. */
    Traffic after(long id) {
        return new Traffic(
                exchanges.stream().filter(exchange -> exchange.id() > id).toList(),
                tunnels.stream().filter(tunnel -> tunnel.id() > id).toList(),
                inFlight.stream()
                        .filter(in -> in.id() > id || in.tunnelReason().isPresent())
                        .toList());
    }
}
