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
     * @return why it is not connected to; empty if it is
     */
    Optional<Failure> refuses(InetSocketAddress target, InetSocketAddress client);
}
