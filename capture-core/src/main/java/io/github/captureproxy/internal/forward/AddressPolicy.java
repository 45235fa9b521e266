package io.github.captureproxy.internal.forward;

import io.github.captureproxy.internal.config.ListenAddress;
import io.github.captureproxy.internal.io.Channel;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Says which addresses may be connected to for a client. */
@FunctionalInterface
public interface AddressPolicy {
    /**
     * A client.
     *
     * @param address its address
     * @param fromElsewhere true if it is taken for one on another machine, whatever its address
     */
    record Client(InetSocketAddress address, boolean fromElsewhere) {
        /** The one whose connection it is, as the address says that has accepted it. */
        static Client on(Channel channel) {
            return new Client(
                    channel.remoteAddress(),
                    channel.listener() instanceof ListenAddress listener && listener.clientsFromElsewhere());
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
