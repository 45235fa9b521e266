package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.HostSum;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Tunnel;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tunnels of one host that are open and decided on. The history has none of them: it gets them when they end. */
final class OpenTunnels {
    static final OpenTunnels NONE = new OpenTunnels();

    private final Map<Tunnel.Reason, Integer> counts = new EnumMap<>(Tunnel.Reason.class);
    private Optional<HostSum.LastTunnel> last = Optional.empty();

    private OpenTunnels() {}

    /** Those of each host that has any. */
    static Map<String, OpenTunnels> byHost(List<InFlightExchange> open) {
        Map<String, OpenTunnels> byHost = new HashMap<>();
        for (InFlightExchange one : open) {
            one.tunnelReason()
                    .ifPresent(reason -> byHost.computeIfAbsent(one.request().host(), host -> new OpenTunnels())
                            .add(one, reason));
        }
        return byHost;
    }

    /** Whether a client has asked for a tunnel that nothing is decided for yet. */
    static boolean anyUndecided(List<InFlightExchange> open) {
        return open.stream()
                .anyMatch(one -> one.request().method().equals("CONNECT")
                        && one.tunnelReason().isEmpty());
    }

    private void add(InFlightExchange one, Tunnel.Reason reason) {
        counts.merge(reason, 1, Integer::sum);
        long time = one.startedAt().toEpochMilli();
        last = later(last, Optional.of(new HostSum.LastTunnel(reason, one.tunnelDetail(), time, Optional.empty())));
    }

    /** How many there are by what was decided. */
    Map<Tunnel.Reason, Integer> counts() {
        return counts;
    }

    /** The one that started last. */
    Optional<HostSum.LastTunnel> last() {
        return last;
    }

    /** The one of two that started later; the second of two that did so together. */
    static Optional<HostSum.LastTunnel> later(Optional<HostSum.LastTunnel> one, Optional<HostSum.LastTunnel> other) {
        boolean isOther = other.isPresent()
                && one.map(tunnel -> tunnel.time() <= other.get().time()).orElse(true);
        return isOther ? other : one;
    }
}
