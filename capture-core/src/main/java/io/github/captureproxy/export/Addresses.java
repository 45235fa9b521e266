package io.github.captureproxy.export;

import io.github.captureproxy.internal.address.AddressLiteral;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Socket addresses in JSON. No name is ever resolved. */
final class Addresses {
    private Addresses() {}

    static void write(JsonOut json, String name, InetSocketAddress address) throws IOException {
        json.beginObject(name);
        InetAddress ip = address.getAddress();
        if (ip == null) {
            json.field("host", address.getHostString());
        } else {
            String digits = AddressLiteral.format(ip);
            json.field("ip", digits);
            String host = address.getHostString();
            if (!host.equals(ip.getHostAddress())) {
                json.field("host", host);
            }
            if (ip instanceof Inet6Address six && six.getScopeId() != 0) {
                json.field("scope", six.getScopeId());
            }
        }
        json.field("port", address.getPort()).endObject();
    }

    static InetSocketAddress read(JsonObject json) throws IOException {
        int port = (int) json.number("port");
        if (port < 0 || port > 0xffff) {
            throw new IOException("\"port\" is " + port + ", which is none");
        }
        if (!json.has("ip")) {
            return InetSocketAddress.createUnresolved(json.text("host"), port);
        }
        String digits = json.text("ip");
        InetAddress ip =
                AddressLiteral.parse(digits).orElseThrow(() -> new IOException("\"ip\" is no address: " + digits));
        String host = json.optionalText("host").orElse(null);
        long scope = json.number("scope", 0);
        if (scope != 0 && ip instanceof Inet6Address) {
            return new InetSocketAddress(Inet6Address.getByAddress(host, ip.getAddress(), (int) scope), port);
        }
        return new InetSocketAddress(host == null ? ip : InetAddress.getByAddress(host, ip.getAddress()), port);
    }
}
