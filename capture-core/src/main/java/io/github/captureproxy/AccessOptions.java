package io.github.captureproxy;

import static io.github.captureproxy.Problems.quoted;

import io.github.captureproxy.internal.address.Cidr;
import io.github.captureproxy.internal.config.Access;
import io.github.captureproxy.internal.config.ClientNetworks;
import io.github.captureproxy.internal.config.ListenAddress;
import io.github.captureproxy.internal.config.ProxyCredentials;
import io.github.captureproxy.spi.ClientAccess;
import io.github.captureproxy.spi.ClientArrival;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who may use the proxy, and for what, as the builder collects it. */
final class AccessOptions {
    private final List<String> clients = new ArrayList<>();
    private boolean clientsCalled;

    @Nullable
    ClientAccess decider;

    @Nullable
    ClientArrival arrival;

    private @Nullable Login login;
    private int @Nullable [] connectPorts;
    private final List<InetSocketAddress> refusedTargets = new ArrayList<>();
    private Predicate<InetSocketAddress> refusedBesides = target -> false;
    boolean localTargets;

    void allowClients(String... networks) {
        clientsCalled = true;
        clients.addAll(Arrays.asList(networks));
    }

    void credentials(String user, String password) {
        login = new Login(user, password);
    }

    void connectPorts(int... ports) {
        connectPorts = ports.clone();
    }

    void refuseTargets(InetSocketAddress... targets) {
        refusedTargets.addAll(Arrays.asList(targets));
    }

    void refuseTargets(Predicate<InetSocketAddress> targets) {
        refusedBesides = refusedBesides.or(targets);
    }

    Access build(List<ListenAddress> addresses, Problems problems) {
        if (!clientsCalled && login == null && decider == null) {
            addresses.forEach(address -> checkNarrow(address, problems));
        }
        Predicate<InetAddress> others = decider == null ? ClientNetworks.all() : ClientNetworks.none();
        Predicate<InetAddress> allowed = clientsCalled ? ClientNetworks.of(networks(problems)) : others;
        Optional<ProxyCredentials> needed = Optional.ofNullable(login).flatMap(found -> found.build(problems));
        return new Access(
                allowed,
                Optional.ofNullable(decider),
                Optional.ofNullable(arrival),
                needed,
                localTargets,
                ports(problems),
                refused(problems),
                refusedBesides);
    }

    private static void checkNarrow(ListenAddress address, Problems problems) {
        InetAddress host = address.address().getAddress();
        if (!host.isLoopbackAddress()) {
            problems.add(
                    "bind",
                    quoted(host.getHostAddress()),
                    "other machines can reach this address: say who may use the proxy with "
                            + "allowClients(\"192.168.1.0/24\"), credentials(user, password) or clientAccess(...), or bind 127.0.0.1");
        }
    }

    private List<Cidr> networks(Problems problems) {
        if (clients.isEmpty()) {
            problems.add("allowClients", "", "name one network or more, such as \"192.168.1.0/24\"");
        }
        List<Cidr> networks = new ArrayList<>();
        for (String client : clients) {
            try {
                networks.add(Cidr.parse(client.strip()));
            } catch (IllegalArgumentException e) {
                problems.add(
                        "allowClients",
                        quoted(client),
                        e.getMessage() + ": give an address or a network, such as 192.168.1.0/24 or fd00::/8");
            }
        }
        return networks;
    }

    private List<InetSocketAddress> refused(Problems problems) {
        for (InetSocketAddress target : refusedTargets) {
            if (target.isUnresolved()) {
                problems.add("refuseTargets", quoted(target.toString()), "give an address, and no name that has none");
            }
        }
        return refusedTargets.stream().filter(target -> !target.isUnresolved()).toList();
    }

    private Set<Integer> ports(Problems problems) {
        if (connectPorts == null) {
            return Set.of();
        }
        if (connectPorts.length == 0) {
            problems.add("connectPorts", "", "name one port or more, or leave it out for all");
        }
        for (int port : connectPorts) {
            if (port < 1 || port > HostPort.MAX_PORT) {
                problems.add("connectPorts", port, "give ports of 1 to 65535");
            }
        }
        return Arrays.stream(connectPorts).boxed().collect(Collectors.toUnmodifiableSet());
    }

    /** A user name and password that are not checked yet (RFC 7617 section 2). */
    private record Login(String user, String password) {
        Optional<ProxyCredentials> build(Problems problems) {
            int before = problems.size();
            if (user.isEmpty() || user.indexOf(':') >= 0 || hasControl(user)) {
                problems.add("credentials", this, "give a user name without colon and control characters, not empty");
            }
            if (password.isEmpty() || hasControl(password)) {
                problems.add("credentials", this, "give a password without control characters, not empty");
            }
            return problems.size() == before ? Optional.of(new ProxyCredentials(user, password)) : Optional.empty();
        }

        private static boolean hasControl(String text) {
            return text.chars().anyMatch(Character::isISOControl);
        }

        /** The user name up to a colon, as what is behind one may be the password; never the password. */
        @Override
        public String toString() {
            int colon = user.indexOf(':');
            return quoted(colon < 0 ? user : user.substring(0, colon) + ":***") + ", ***";
        }
    }
}
