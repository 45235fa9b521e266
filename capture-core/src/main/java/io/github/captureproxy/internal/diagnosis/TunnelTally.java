package io.github.captureproxy.internal.diagnosis;

import io.github.captureproxy.exchange.Tunnel;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How tunnels were handled, and for which hosts. Guarded by its own lock, which is held for a step or two. */
public final class TunnelTally {
    /** Hosts that are named as examples. */
    static final int MOST_EXAMPLES = 5;

    private final Map<Tunnel.Reason, Entry> entries = new EnumMap<>(Tunnel.Reason.class);

    private static final class Entry {
        private long count;
        private final Map<String, String> examples = new LinkedHashMap<>();
    }

    /**
     * The last hosts of tunnels that were handled in one way.
     *
     * @param count how many tunnels
     * @param examples {@code host:port} and the detail of the reason, oldest first
     */
    record Handled(long count, Map<String, String> examples) {}

    /** Starts with none. */
    public TunnelTally() {}

    /**
     * A tunnel has ended.
     *
     * @param tunnel the tunnel
     */
    public synchronized void add(Tunnel tunnel) {
        Entry entry = entries.computeIfAbsent(tunnel.reason(), reason -> new Entry());
        entry.count++;
        String host = tunnel.host().indexOf(':') < 0 ? tunnel.host() : "[" + tunnel.host() + "]";
        String target = host + ":" + tunnel.port();
        entry.examples.remove(target);
        entry.examples.put(target, tunnel.reasonDetail());
        if (entry.examples.size() > MOST_EXAMPLES) {
            entry.examples.remove(entry.examples.keySet().iterator().next());
        }
    }

    /**
     * How many there were.
     *
     * @return the number for each reason that occurred
     */
    public synchronized Map<Tunnel.Reason, Long> counts() {
        Map<Tunnel.Reason, Long> counts = new EnumMap<>(Tunnel.Reason.class);
        entries.forEach((reason, entry) -> counts.put(reason, entry.count));
        return counts;
    }

    synchronized Map<Tunnel.Reason, Handled> handled() {
        Map<Tunnel.Reason, Handled> all = new EnumMap<>(Tunnel.Reason.class);
        entries.forEach(
                (reason, entry) -> all.put(reason, new Handled(entry.count, new LinkedHashMap<>(entry.examples))));
        return all;
    }
}
