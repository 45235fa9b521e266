package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.internal.config.Limits;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** The client connections that are open, counted against their limits. Safe for any thread. */
final class Connections {
    private final Map<ClientConnection, InetAddress> open = new ConcurrentHashMap<>();
    private final Map<ClientConnection, LongFunction<List<InFlightExchange>>> handedOver = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> perClient = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Limits limits;
    private volatile int maximum;

    /** Counts against the limits. */
    Connections(Limits limits) {
        this.limits = limits;
        this.maximum = limits.connections();
    }

    /** Counts against what the operating system's descriptors allow, too. */
    void limitToDescriptors() {
        maximum = DescriptorLimit.connections(limits.connections());
    }

    /** Takes a place; false if there is none left. */
    boolean enter(InetAddress client) {
        if (count.incrementAndGet() > maximum) {
            count.decrementAndGet();
            return false;
        }
        if (perClient.merge(client, 1, Integer::sum) > limits.connectionsPerClient()) {
            leave(client);
            return false;
        }
        return true;
    }

    void opened(ClientConnection connection, InetAddress client) {
        open.put(connection, client);
    }

    void closed(ClientConnection connection) {
        handedOver.remove(connection);
        InetAddress client = open.remove(connection);
        if (client != null) {
            leave(client);
        }
    }

    private void leave(InetAddress client) {
        count.decrementAndGet();
        perClient.computeIfPresent(client, (address, n) -> n > 1 ? n - 1 : null);
    }

    /** Somebody else has a connection now, maybe within what had it before, such as a tunnel. */
    void handedOver(ClientConnection connection, LongFunction<List<InFlightExchange>> view) {
        handedOver.merge(connection, view, Connections::both);
    }

    private static LongFunction<List<InFlightExchange>> both(
            LongFunction<List<InFlightExchange>> outer, LongFunction<List<InFlightExchange>> inner) {
        return now -> Stream.concat(outer.apply(now).stream(), inner.apply(now).stream())
                .toList();
    }

    int size() {
        return count.get();
    }

    List<InFlightExchange> inFlight() {
        long now = System.nanoTime();
        return Stream.concat(
                        open.keySet().stream()
                                .map(connection -> connection.inFlight(now))
                                .flatMap(Optional::stream),
                        handedOver.values().stream().flatMap(view -> view.apply(now).stream()))
                .sorted(Comparator.comparingLong(InFlightExchange::id))
                .toList();
    }
}
