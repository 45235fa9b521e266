package io.github.captureproxy.internal.forward;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Says which addresses may be connected to for a client. */
@FunctionalInterface
public interface AddressPolicy {
    /**
     * Judges an address.
     *
     * @param target the resolved address
     * @param client the client that the connection is for
     * @param configured true if the proxy's own configuration leads there, and not the client's choice
     * @return why it is not connected to; empty if it is
     */
    Optional<Failure> refuses(InetSocketAddress target, InetSocketAddress client, boolean configured);
}
