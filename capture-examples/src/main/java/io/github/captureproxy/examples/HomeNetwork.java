package io.github.captureproxy.examples;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.Optional;

/**
 * This machine's address on the network that it speaks to others on, most likely the phone's too.
 *
 * @param address the IPv4 address
 * @param cidr the network, such as {@code 192.168.1.0/24}
 */
record HomeNetwork(String address, String cidr) {
    /** An address that is nobody's (RFC 5737); connecting a datagram socket to it sends nothing, but picks a route. */
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.1", 9);

    /** Finds it, if this machine is on a network with IPv4. */
    static Optional<HomeNetwork> find() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(ELSEWHERE);
            InetAddress own = socket.getLocalAddress();
            NetworkInterface network = NetworkInterface.getByInetAddress(own);
            if (network == null || own.isLoopbackAddress()) {
                return Optional.empty();
            }
            return network.getInterfaceAddresses().stream()
                    .filter(each -> each.getAddress().equals(own) && own.getAddress().length == Integer.BYTES)
                    .findFirst()
                    .map(HomeNetwork::of);
        } catch (IOException e) {
            return Optional.empty(); // no route: there is no network to speak of
        }
    }

    private static HomeNetwork of(InterfaceAddress own) {
        byte[] address = own.getAddress().getAddress();
        int prefix = own.getNetworkPrefixLength();
        StringBuilder cidr = new StringBuilder();
        for (int i = 0; i < address.length; i++) {
            int bits = Math.min(Math.max(prefix - i * Byte.SIZE, 0), Byte.SIZE);
            cidr.append(i == 0 ? "" : ".").append(address[i] & (0xff00 >> bits) & 0xff);
        }
        return new HomeNetwork(own.getAddress().getHostAddress(), cidr + "/" + prefix);
    }
}
