package io.github.captureproxy.internal.session;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.internal.address.Cidr;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Whose traffic a session is about. What is left empty does not matter.
 *
 * @param label the listening address's label
 * @param user the proxy user
 * @param client the client's network
 */
public record Binding(Optional<String> label, Optional<String> user, Optional<Cidr> client) {
    /** Without a look at anything but the client: this runs on threads that carry traffic. */
    boolean fits(ClientInfo from) {
        return (label.isEmpty() || label.get().equals(from.listener()))
                && (user.isEmpty() || user.equals(from.user()))
                && (client.isEmpty() || contains(client.get(), from.address().getAddress()));
    }

    private static boolean contains(Cidr network, InetAddress address) {
        return address != null && network.contains(address);
    }
}
