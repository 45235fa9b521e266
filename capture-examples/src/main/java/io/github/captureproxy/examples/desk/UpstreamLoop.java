package io.github.captureproxy.examples.desk;

import io.github.captureproxy.spi.UpstreamProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;

/** Finds an upstream proxy that is the proxy itself, which would answer every request with an error. */
public final class UpstreamLoop {
    private UpstreamLoop() {}

    /**
     * Whether the settings send everything on to where the proxy listens. Looks a name up only where the port is the same.
     *
     * @param settings the settings, whose upstream proxy can be read
     * @param listening where the proxy listens
     * @return true if they do
     */
    public static boolean isIn(DeskSettings settings, Collection<InetSocketAddress> listening) {
        return settings.upstream()
                .map(UpstreamProxy::parse)
                .filter(next -> listening.stream()
                        .anyMatch(own -> own.getPort() == next.port() && leadsTo(own.getAddress(), next.host())))
                .isPresent();
    }

    private static boolean leadsTo(InetAddress own, String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).anyMatch(there -> leadsTo(own, there));
        } catch (UnknownHostException e) {
            return false; // which requests will tell
        }
    }

    private static boolean leadsTo(InetAddress own, InetAddress there) {
        return own.equals(there) || there.isAnyLocalAddress() || own.isAnyLocalAddress() && isOfThisMachine(there);
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false; // the interfaces can't be read
        }
    }
}
