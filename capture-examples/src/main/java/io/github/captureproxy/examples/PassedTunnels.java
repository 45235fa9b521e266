package io.github.captureproxy.examples;

import io.github.captureproxy.exchange.Tunnel;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tunnels that nothing was recorded of.
 *
 * @param count how many there were
 * @param targets where some of them led, each once
 * @param more whether others led elsewhere
 * @param first the first of them
 */
record PassedTunnels(long count, Set<String> targets, boolean more, Optional<Tunnel> first) {
    static final PassedTunnels NONE = new PassedTunnels(0, Set.of(), false, Optional.empty());

    /** So many targets show what they were. */
    private static final int MAX_TARGETS = 3;

    /** With another one. */
    PassedTunnels and(Tunnel tunnel) {
        Set<String> all = new LinkedHashSet<>(targets);
        String target = PlainText.printable(Lines.target(tunnel));
        boolean fits = all.contains(target) || all.size() < MAX_TARGETS;
        if (fits) {
            all.add(target);
        }
        return new PassedTunnels(count + 1, all, more || !fits, first.or(() -> Optional.of(tunnel)));
    }

    /** How many, and where they led. */
    String words() {
        return PlainText.count(count, "tunnel", "tunnels") + " (" + String.join(", ", targets) + (more ? ", ..." : "")
                + ")";
    }
}
