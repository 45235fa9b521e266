package io.github.captureproxy.internal.forward;

import io.github.captureproxy.internal.io.Channel;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Says which addresses may be connected to for a client. */
@FunctionalInterface
public interface AddressPolicy {
    /**
     * A client, by both ends of its connection.
     *
     * @param address its address
     * @param proxy the proxy's address that it has connected to
     */
    record Client(InetSocketAddress address, InetSocketAddress proxy) {
        static Client on(Channel channel) {
            return new Client(channel.remoteAddress(), channel.localAddress());
        }
    }

    /**
     * Judges an address.
     *
     * @param target the resolved address
     * @param client the client that the connection is for
     * @param configured true if the proxy's own configuration leads there, and not the client's choice
     * @return why it is not connected to; empty if it is
     */
    Optional<Failure> refuses(InetSocketAddress target, Client client, boolean configured);
}
