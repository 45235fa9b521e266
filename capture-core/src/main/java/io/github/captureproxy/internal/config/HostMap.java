package io.github.captureproxy.internal.config;

import io.github.captureproxy.internal.address.AddressLiteral;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Addresses that stand in for targets' own. Immutable; a look-up is two look-ups in a hash table at most. */
public final class HostMap {
    /** In a target or an address: whatever port the request names. */
    public static final int ANY_PORT = 0;

    private final Map<Target, InetSocketAddress> addresses;

    /**
     * Makes a map of entries.
     *
     * @param addresses the addresses by target; an address of port 0 keeps the target's port
     */
    public HostMap(Map<Target, InetSocketAddress> addresses) {
        this.addresses = Map.copyOf(addresses);
    }

    /**
     * A map without entries.
     *
     * @return the map
     */
    public static HostMap empty() {
        return new HostMap(Map.of());
    }

    /**
     * Finds the address to connect to in place of a target's own: one for this host and port, or else one for the host.
     *
     * @param host the target's host name or address, in any case; an IPv6 address without brackets
     * @param port the target's port
     * @return the address, unresolved if the option named a host; empty if the target is not mapped
     */
    public Optional<InetSocketAddress> find(String host, int port) {
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        InetSocketAddress exact = addresses.get(new Target(host, port));
        InetSocketAddress found = exact != null ? exact : addresses.get(new Target(host, ANY_PORT));
        return Optional.ofNullable(found).map(address -> withPort(address, port));
    }

    private static InetSocketAddress withPort(InetSocketAddress address, int port) {
        if (address.getPort() != ANY_PORT) {
            return address;
        }
        return address.isUnresolved()
                ? InetSocketAddress.createUnresolved(address.getHostString(), port)
                : new InetSocketAddress(address.getAddress(), port);
    }

    @Override
    public String toString() {
        return addresses.toString();
    }

    /**
     * What is mapped.
     *
     * @param host a host name in lower case, or an address in its usual form; an IPv6 address without brackets
     * @param port a port, or {@link #ANY_PORT}
     */
    public record Target(String host, int port) {
        /** Brings the host to the form in which hosts are compared. */
        public Target {
            host = host.indexOf(':') < 0
                    ? host.toLowerCase(Locale.ROOT)
                    : AddressLiteral.parse(host).map(AddressLiteral::format).orElse(host);
        }
    }
}
