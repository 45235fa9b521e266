package io.github.captureproxy.history;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.internal.address.Cidr;
import java.net.InetAddress;
import java.util.function.Predicate;

/** Tells clients apart by their address. */
final class ClientFilters {
    private ClientFilters() {}

    /** What lets the clients of a network in. */
    static Predicate<ClientInfo> network(String text) {
        Cidr network;
        try {
            network = Cidr.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "client '" + text + "': " + e.getMessage() + "; give one such as 10.1.2.3 or 10.0.0.0/8", e);
        }
        return client -> {
            InetAddress address = client.address().getAddress();
            return address != null && network.contains(address);
        };
    }
}
