package io.github.captureproxy.exchange;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, or opened a tunnel.
 *
 * @param address the client's address and port
 * @param connection the ordinal of its connection in this process, from 1: equal on two exchanges that shared a
 *     connection
 * @param listener the label of the listening address that accepted it
 * @param user the proxy user name it authenticated with, if it did
 */
public record ClientInfo(InetSocketAddress address, long connection, String listener, Optional<String> user) {
    /**
     * The same connection with a proxy user.
     *
     * @param name the user name, or null for none
     * @return a copy
     */
    public ClientInfo withUser(@Nullable String name) {
        return new ClientInfo(address, connection, listener, Optional.ofNullable(name));
    }
}
