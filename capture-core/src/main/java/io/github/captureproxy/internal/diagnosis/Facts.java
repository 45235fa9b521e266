package io.github.captureproxy.internal.diagnosis;

import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.history.History;
import io.github.captureproxy.history.ProxyCounts;
import io.github.captureproxy.internal.session.SessionGlance;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a proxy knows of itself.
 *
 * @param addresses where it listens, by label
 * @param settings what it was told
 * @param startedAt since when
 * @param closed true if it does not any more
 * @param paused true if it records nothing now
 * @param counts what it has counted
 * @param history what it has recorded
 * @param sessions what of that sessions keep apart
 * @param visits who has connected
 * @param tunnels how tunnels were handled
 */
public record Facts(
        Map<String, InetSocketAddress> addresses,
        Settings settings,
        Instant startedAt,
        boolean closed,
        boolean paused,
        ProxyCounts counts,
        History history,
        List<SessionGlance> sessions,
        Visits visits,
        TunnelTally tunnels) {
    /**
     * What a proxy was told that has to do with what it sees.
     *
     * @param tls true if it looks into TLS
     * @param credentials true if it asks for a user name and a password
     * @param reverseTarget where all requests go, if it is a reverse proxy
     */
    public record Settings(boolean tls, boolean credentials, Optional<HttpOrigin> reverseTarget) {}

    InetSocketAddress address() {
        return addresses.values().iterator().next();
    }

    /** The address as a client on this machine names it. */
    String shownAddress() {
        InetSocketAddress bound = address();
        String host = bound.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : bound.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + bound.getPort();
    }

    boolean isLoopbackAlone() {
        return addresses.values().stream().allMatch(bound -> bound.getAddress().isLoopbackAddress());
    }

    /** Nobody has sent anything that was recorded, or passed unseen. */
    boolean nothingCame() {
        return counts.exchanges() + counts.exchangesOpen() + counts.tunnels() + counts.tunnelsOpen() + counts.unseen()
                == 0;
    }
}
