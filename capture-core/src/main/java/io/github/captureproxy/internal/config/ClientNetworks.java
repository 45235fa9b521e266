package io.github.captureproxy.internal.config;

import io.github.captureproxy.internal.address.AddressLiteral;
import io.github.captureproxy.internal.address.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/** The networks that clients may come from. Immutable. */
public final class ClientNetworks implements Predicate<InetAddress> {
    private final List<Cidr> networks;

    private ClientNetworks(List<Cidr> networks) {
        this.networks = List.copyOf(networks);
    }

    /**
     * The clients of some networks, and no others: this machine's own clients only if a network has them too.
     *
     * @param networks the networks
     * @return true for an address that one of them contains
     */
    public static ClientNetworks of(List<Cidr> networks) {
        return new ClientNetworks(networks);
    }

    /**
     * All clients that can connect.
     *
     * @return true for every address
     */
    public static Predicate<InetAddress> all() {
        return address -> true;
    }

    /**
     * No client at all.
     *
     * @return false for every address
     */
    public static Predicate<InetAddress> none() {
        return address -> false;
    }

    @Override
    public boolean test(InetAddress client) {
        byte[] bytes = AddressLiteral.bytes(client);
        return networks.stream().anyMatch(network -> network.contains(bytes));
    }

    @Override
    public String toString() {
        return networks.toString();
    }
}
