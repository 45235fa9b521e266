package io.github.captureproxy.internal.diagnosis;

import io.github.captureproxy.diagnosis.ClientVisits;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Who has connected, and to which of the listening addresses. Safe for any thread. */
public final class Visits {
    /** Addresses that are remembered: enough for the devices of a desk, or the hosts of a test environment. */
    static final int MOST_ADDRESSES = 64;

    private final Map<InetAddress, Visitor> visitors = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> listeners = new ConcurrentHashMap<>();

    private static final class Visitor {
        private final Instant first = Instant.now();
        private final LongAdder connections = new LongAdder();
        private volatile long lastMillis = first.toEpochMilli();
    }

    /** Starts with nobody. */
    public Visits() {}

    /**
     * A connection was accepted.
     *
     * @param client the client's address
     * @param listener the label of the address that it came in at
     */
    public void accepted(InetAddress client, String listener) {
        Visitor visitor = visitors.get(client);
        if (visitor == null) {
            visitor = visitors.computeIfAbsent(client, address -> new Visitor());
            forgetOldest();
        }
        visitor.connections.increment();
        visitor.lastMillis = System.currentTimeMillis();
        listeners.computeIfAbsent(listener, label -> new LongAdder()).increment();
    }

    private void forgetOldest() {
        if (visitors.size() > MOST_ADDRESSES) {
            visitors.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().lastMillis))
                    .ifPresent(entry -> visitors.remove(entry.getKey()));
        }
    }

    List<ClientVisits> clients() {
        return visitors.entrySet().stream()
                .map(entry -> new ClientVisits(
                        entry.getKey(),
                        entry.getValue().connections.sum(),
                        entry.getValue().first,
                        Instant.ofEpochMilli(entry.getValue().lastMillis)))
                .sorted(Comparator.comparing(ClientVisits::last).reversed())
                .toList();
    }

    boolean anyoneAt(String listener) {
        return listeners.containsKey(listener);
    }
}
