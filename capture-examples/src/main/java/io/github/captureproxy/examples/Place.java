package io.github.captureproxy.examples;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.examples.browser.BrowserSession;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An address of this machine that clients can use.
 *
 * @param host the address, without brackets, and without a zone unless it is link-local
 * @param port the port
 * @param network the interface that has it; empty for the loopback
 */
record Place(String host, int port, String network) {
    /** Labels of addresses that only a browser or a device has which the program itself set up. */
    private static final Set<String> OWNED = Set.of(BrowserSession.LABEL, AndroidLink.LABEL);

    /** Where a client reaches a socket that is bound so: the address itself, or for a wildcard all that there are. */
    static List<Place> of(InetSocketAddress bound) throws SocketException {
        InetAddress address = bound.getAddress();
        if (!address.isAnyLocalAddress()) {
            return List.of(of(address, bound.getPort(), networkOf(address)));
        }
        boolean both = address instanceof Inet6Address; // a wildcard of IPv6 takes IPv4 too, and one of IPv4 does not
        List<Place> places = new ArrayList<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            if (network.isUp()) {
                network.inetAddresses()
                        .filter(own -> both || !(own instanceof Inet6Address))
                        .filter(own -> !own.isLinkLocalAddress()) // of no use without the client's own zone
                        .map(own -> of(own, bound.getPort(), network.getName()))
                        .forEach(places::add);
            }
        }
        places.sort(Comparator.comparing((Place place) -> !place.isLoopback()).thenComparing(Place::isIpv6));
        return places;
    }

    /**
     * Where clients reach a proxy: on all its addresses, as the first one stands first, but those of the cable and of the
     * browsers that this program starts, which are theirs alone.
     */
    static List<Place> of(CaptureProxy proxy) {
        return proxy.addresses().entrySet().stream()
                .filter(each -> !OWNED.contains(each.getKey()))
                .flatMap(each -> known(each.getValue()).stream())
                .toList();
    }

    /** The same; if the interfaces can't be read, the address that it is bound to. */
    static List<Place> known(InetSocketAddress bound) {
        try {
            return of(bound);
        } catch (SocketException e) { // the interfaces can't be read: what was asked for is known all the same
            return List.of(new Place(IpAddress.text(bound.getAddress()), bound.getPort(), "network"));
        }
    }

    /** Other machines can reach this address; false for what is none, of which the builder tells. */
    static boolean isWide(String bind) {
        return parsed(bind).filter(address -> !address.isLoopbackAddress()).isPresent();
    }

    /** It is an address, and none that this machine has. */
    static boolean isElsewhere(String bind) {
        return parsed(bind)
                .filter(address -> !address.isAnyLocalAddress() && !isOwn(address))
                .isPresent();
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) { // the interfaces can't be read: the proxy will tell when it listens
            return true;
        }
    }

    /** It stands for all addresses. */
    static boolean isWildcard(String bind) {
        return parsed(bind).filter(InetAddress::isAnyLocalAddress).isPresent();
    }

    private static Optional<InetAddress> parsed(String bind) {
        try {
            return bind.isBlank() ? Optional.empty() : Optional.of(InetAddress.getByName(bind));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Place of(InetAddress address, int port, String network) {
        return new Place(IpAddress.text(address), port, address.isLoopbackAddress() ? "" : network);
    }

    private static String networkOf(InetAddress address) throws SocketException {
        NetworkInterface network = NetworkInterface.getByInetAddress(address);
        return network == null ? "" : network.getName();
    }

    boolean isLoopback() {
        return network.isEmpty();
    }

    boolean isIpv6() {
        return host.indexOf(':') >= 0;
    }

    /** Host and port, as they stand in a URL. */
    String authority() {
        return (isIpv6() ? "[" + host + "]" : host) + ":" + port;
    }
}
