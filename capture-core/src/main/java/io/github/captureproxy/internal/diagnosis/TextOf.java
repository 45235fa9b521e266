package io.github.captureproxy.internal.diagnosis;

import io.github.captureproxy.diagnosis.ClientVisits;
import io.github.captureproxy.internal.address.AddressLiteral;
import java.net.InetSocketAddress;

/** How values are shown in findings. */
final class TextOf {
    private TextOf() {}

    static String address(InetSocketAddress address) {
        String host = AddressLiteral.format(address.getAddress());
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    static String client(ClientVisits client) {
        return AddressLiteral.format(client.address()) + " ("
                + Findings.many(client.connections(), "connection", "connections") + ", last at " + client.last() + ")";
    }
}
