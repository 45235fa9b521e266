package io.github.captureproxy.examples.inspector;

import java.net.InetSocketAddress;

/** Addresses as text, without a look-up of any name. */
final class AddressText {
    private AddressText() {}

    static String host(InetSocketAddress address) {
        return address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
    }

    /** With the port; an IPv6 address in brackets. */
    static String of(InetSocketAddress address) {
        String host = host(address);
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
