package io.github.captureproxy.tls.internal.memory;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.internal.address.AddressLiteral;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * Who a client is: on one machine, the browser that has the authority and the command-line tool that has not are two.
 * Equal devices behind one address are one; a listener's label separates them.
 *
 * @param listener the label of the listening address that accepted it
 * @param user the proxy user, if it gave one
 * @param address its IP address
 * @param fingerprint the fingerprint of its TLS hello
 */
public record Client(String listener, Optional<String> user, String address, String fingerprint) {
    /** A host has all addresses of a network of this size to itself (RFC 6177), so that they share one quota. */
    private static final int IPV6_NETWORK_BYTES = 8;

    /**
     * Who opened a tunnel.
     *
     * @param info what is known of the connection
     * @param fingerprint the fingerprint of the hello
     * @return the client
     */
    public static Client of(ClientInfo info, String fingerprint) {
        InetAddress address = info.address().getAddress();
        String text = address == null ? info.address().getHostString() : AddressLiteral.format(address);
        return new Client(info.listener(), info.user(), text, fingerprint);
    }

    /**
     * Whose quota this client's entries count towards.
     *
     * @return its IPv4 address, or the /64 network of its IPv6 address
     */
    public Object owner() {
        Optional<InetAddress> parsed = address.indexOf(':') < 0 ? Optional.empty() : AddressLiteral.parse(address);
        byte[] bytes = parsed.map(AddressLiteral::bytes).orElseGet(() -> new byte[0]);
        if (bytes.length <= IPV6_NETWORK_BYTES) {
            return address;
        }
        Arrays.fill(bytes, IPV6_NETWORK_BYTES, bytes.length, (byte) 0);
        return AddressLiteral.format(AddressLiteral.ofBytes(bytes));
    }

    @Override
    public String toString() {
        return address + user.map(name -> " user " + name).orElse("")
                + (listener.isEmpty() ? "" : " at listener " + listener) + " hello " + fingerprint;
    }
}
