package io.github.captureproxy;

import static io.github.captureproxy.Problems.quoted;

import io.github.captureproxy.internal.config.ListenAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the proxy listens, as the builder collects it. */
final class ListenOptions {
    static final String DEFAULT_HOST = "127.0.0.1";
    static final String DEFAULT_LABEL = "default";

    private final List<Place> more = new ArrayList<>();
    String host = DEFAULT_HOST;
    int port = CaptureProxy.DEFAULT_PORT;
    String label = DEFAULT_LABEL;
    final Set<String> elsewhere = new LinkedHashSet<>();

    void add(String otherLabel, String otherHost, int otherPort) {
        more.add(new Place(otherLabel, otherHost, otherPort));
    }

    /** All addresses, the first one first; those that are wrong are noted and left out. */
    List<ListenAddress> build(Problems problems) {
        List<ListenAddress> addresses = new ArrayList<>();
        if (!isPort(port)) {
            problems.add("port", port, "give 1 to 65535, or 0 for a free one");
        } else {
            resolve(host)
                    .ifPresentOrElse(
                            address -> addresses.add(listenAddress(label, address, port)),
                            () -> problems.add(
                                    "bind", quoted(host), "give an address of this machine, such as 127.0.0.1"));
        }
        for (Place place : more) {
            place.build(problems)
                    .ifPresent(address -> addresses.add(listenAddress(place.label(), address, place.port())));
        }
        checkLabels(problems);
        checkRepeats(addresses, problems);
        return addresses;
    }

    private ListenAddress listenAddress(String itsLabel, InetAddress address, int itsPort) {
        return new ListenAddress(itsLabel, new InetSocketAddress(address, itsPort), elsewhere.contains(itsLabel));
    }

    private void checkLabels(Problems problems) {
        if (label.isBlank()) {
            problems.add("label", quoted(label), "give a name that is not blank");
        }
        Set<String> seen = new HashSet<>(Set.of(label));
        for (Place place : more) {
            if (place.label().isBlank()) {
                problems.add("listen", place, "give a label that is not blank");
            } else if (!seen.add(place.label())) {
                problems.add("listen", place, "give each address a label of its own");
            }
        }
        for (String name : elsewhere) {
            if (!seen.contains(name)) {
                problems.add("clientsFromElsewhere", quoted(name), "give the label of an address that is listened on");
            }
        }
    }

    private static void checkRepeats(List<ListenAddress> addresses, Problems problems) {
        Set<InetSocketAddress> seen = new HashSet<>();
        for (ListenAddress address : addresses) {
            if (address.address().getPort() != 0 && !seen.add(address.address())) {
                problems.add(
                        "listen",
                        quoted(address.label()) + ", " + address.address(),
                        "another label has this address and port: choose another port");
            }
        }
    }

    private static boolean isPort(int port) {
        return port >= 0 && port <= HostPort.MAX_PORT;
    }

    private static Optional<InetAddress> resolve(String host) {
        if (host.isBlank()) {
            return Optional.empty(); // the JDK would take it for the loopback
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty(); // noted by the caller
        }
    }

    /** An address besides the first. */
    private record Place(String label, String host, int port) {
        Optional<InetAddress> build(Problems problems) {
            if (!isPort(port)) {
                problems.add("listen", this, "give a port of 1 to 65535, or 0 for a free one");
                return Optional.empty();
            }
            Optional<InetAddress> address = resolve(host);
            if (address.isEmpty()) {
                problems.add("listen", this, "give an address of this machine, such as 127.0.0.1");
            }
            return address;
        }

        @Override
        public String toString() {
            return quoted(label) + ", " + quoted(host) + ", " + port;
        }
    }
}
