package io.github.captureproxy.spi;

import io.github.captureproxy.internal.address.LocalhostName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Finds the addresses of a host name. Called on threads of the proxy that may block, several at once; never on one that
 * does I/O.
 */
@FunctionalInterface
public interface HostResolver {
    /**
     * Finds the addresses.
     *
     * @param host a host name, never an address
     * @return its addresses in order of preference, at least one
     * @throws UnknownHostException if there are none
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /**
     * The resolver of the JVM; names below {@code localhost}, which it need not know, lead to this machine as that does,
     * as for browsers (RFC 6761, section 6.3).
     *
     * @return {@link InetAddress#getAllByName(String)}, asked for {@code localhost} where the name is that or below it:
     *     what the machine's hosts file says of it, as a rule its loopback
     */
    static HostResolver system() {
        return host -> List.of(InetAddress.getAllByName(LocalhostName.is(host) ? LocalhostName.NAME : host));
    }
}
