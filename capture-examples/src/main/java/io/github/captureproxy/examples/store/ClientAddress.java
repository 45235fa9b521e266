package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.ClientInfo;
import java.net.InetAddress;

/** How a client's address stands in its column: the address, or behind a tilde a name that was not resolved. */
final class ClientAddress {
    private static final String UNRESOLVED = "~";

    private ClientAddress() {}

    static String text(ClientInfo client) {
        InetAddress address = client.address().getAddress();
        return address == null ? UNRESOLVED + client.address().getHostString() : address.getHostAddress();
    }

    /** What a person reads: address and port. */
    static String shown(String text, int port) {
        String host = text.startsWith(UNRESOLVED) ? text.substring(1) : text;
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
