package io.github.captureproxy.internal.config;

import io.github.captureproxy.spi.ClientAccess;
import io.github.captureproxy.spi.ClientArrival;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who may use the proxy, and for what.
 *
 * @param clients which client addresses may use it
 * @param decider decides on all others while the proxy runs, if one does
 * @param arrival looks at each client when it connects, if something does
 * @param credentials what a client must send as {@code Proxy-Authorization}, if it must
 * @param localTargets true if clients on other machines may reach this machine's own addresses and its cloud's metadata
 *     service
 * @param connectPorts the ports that CONNECT may name; empty for all
 * @param refusedTargets addresses that no client may reach
 * @param refusedBesides tells of more such addresses while the proxy runs
 */
public record Access(
        Predicate<InetAddress> clients,
        Optional<ClientAccess> decider,
        Optional<ClientArrival> arrival,
        Optional<ProxyCredentials> credentials,
        boolean localTargets,
        Set<Integer> connectPorts,
        List<InetSocketAddress> refusedTargets,
        Predicate<InetSocketAddress> refusedBesides) {}
