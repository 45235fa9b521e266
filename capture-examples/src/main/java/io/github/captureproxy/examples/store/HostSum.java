package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.Tunnel;
import java.util.Map;
import java.util.Optional;

/**
 * What there is of a host.
 *
 * @param host the host; empty for what has none
 * @param count its exchanges and tunnels
 * @param errors those that failed, have a status from 400 on, or are gRPC calls that failed
 * @param requestBytes what was sent
 * @param responseBytes what was received
 * @param totalMillis the sum of the times of its exchanges
 * @param lastTime when the latest started, in milliseconds since 1970
 * @param tunnels how many tunnels there were by what was decided for them, unlisted ones included
 * @param last the latest of these tunnels; empty if there was none
 */
public record HostSum(
        String host,
        int count,
        int errors,
        long requestBytes,
        long responseBytes,
        double totalMillis,
        long lastTime,
        Map<Tunnel.Reason, Integer> tunnels,
        Optional<LastTunnel> last) {
    /**
     * The latest tunnel.
     *
     * @param reason what was decided for it
     * @param detail more on that, in words; may be empty
     * @param time when it started, in milliseconds since 1970
     * @param ending how it ended; empty while it is open
     */
    public record LastTunnel(Tunnel.Reason reason, String detail, long time, Optional<Row.Ending> ending) {}

    /** Copies the map. */
    public HostSum {
        tunnels = Map.copyOf(tunnels);
    }
}
