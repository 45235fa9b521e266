package io.github.captureproxy.tls.internal.host;

import io.github.captureproxy.internal.address.AddressLiteral;
import io.github.captureproxy.internal.address.Cidr;
import java.util.Optional;

/** One rule about hosts: an exact name, all names below one, or a network of addresses. */
public sealed interface HostPattern {
    /**
     * Tells if the rule means a host.
     *
     * @param host a name or address in its comparable form, see {@link HostName#normalized}
     * @return true if it does
     */
    boolean matches(String host);

    /**
     * Reads a rule.
     *
     * @param text an exact name, {@code *.suffix} (all names below it, not itself), an address, or a network in CIDR
     *     form (RFC 4632)
     * @return the rule
     * @throws IllegalArgumentException if it is none; the message says what to write instead
     */
    static HostPattern parse(String text) {
        if (text.startsWith("*.")) {
            return new Below(name(text.substring(2), text));
        }
        if (text.indexOf('/') >= 0 || AddressLiteral.parse(text).isPresent()) {
            return network(text);
        }
        return new Exact(name(text, text));
    }

    private static HostPattern network(String text) {
        try {
            int slash = text.indexOf('/');
            String address = slash < 0 ? text : text.substring(0, slash);
            String bare = address.startsWith("[") && address.endsWith("]")
                    ? address.substring(1, address.length() - 1)
                    : address;
            return new Network(Cidr.parse(bare + (slash < 0 ? "" : text.substring(slash))));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + ": write a network as 10.0.0.0/8 or fd00::/8, and a host without scheme and path",
                    e);
        }
    }

    private static String name(String name, String text) {
        Optional<String> parsed = HostName.parse(name);
        boolean allDigits = name.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.' || c == ':');
        if (parsed.isEmpty() || allDigits) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no rule for hosts: write a name (www.example.com), all names below one (*.example.com),"
                    + " an address (192.0.2.1) or a network (192.0.2.0/24), without port");
        }
        return parsed.get();
    }

    /**
     * One name.
     *
     * @param name the name in its comparable form
     */
    record Exact(String name) implements HostPattern {
        @Override
        public boolean matches(String host) {
            return host.equals(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * All names below one, at any depth, but not that name itself.
     *
     * @param suffix the name in its comparable form
     */
    record Below(String suffix) implements HostPattern {
        @Override
        public boolean matches(String host) {
            int dot = host.length() - suffix.length() - 1;
            return dot > 0 && host.charAt(dot) == '.' && host.endsWith(suffix);
        }

        @Override
        public String toString() {
            return "*." + suffix;
        }
    }

    /**
     * Addresses.
     *
     * @param network the network, of one address at least
     */
    record Network(Cidr network) implements HostPattern {
        @Override
        public boolean matches(String host) {
            return HostName.isAddress(host)
                    && AddressLiteral.parse(host).filter(network::contains).isPresent();
        }

        @Override
        public String toString() {
            return network.toString();
        }
    }
}
