package io.github.captureproxy.spi;

import io.github.captureproxy.internal.address.AddressLiteral;
import io.github.captureproxy.internal.address.Cidr;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The targets that {@code NO_PROXY} excepts; {@link UpstreamSelector#environment(java.util.Map)} tells the forms. */
final class NoProxyList {
    private static final int ANY_PORT = 0;

    private final List<Entry> entries;

    private NoProxyList(List<Entry> entries) {
        this.entries = entries;
    }

    static NoProxyList parse(String value) {
        return new NoProxyList(Arrays.stream(value.split("[,\\s]+"))
                .filter(text -> !text.isEmpty())
                .map(text -> entry(text.toLowerCase(Locale.ROOT)))
                .toList());
    }

    boolean matches(String host, int port) {
        String name = withoutTrailingDot(host.toLowerCase(Locale.ROOT));
        @Nullable InetAddress address = AddressLiteral.parse(name).orElse(null);
        return entries.stream().anyMatch(entry -> entry.allows(port) && entry.matches(name, address));
    }

    private static Entry entry(String text) {
        if (text.equals("*")) {
            return new Everything();
        }
        Optional<Cidr> network = network(text);
        if (network.isPresent()) {
            return new Network(network.get(), ANY_PORT);
        }
        int colon = text.lastIndexOf(':');
        int port = colon > text.lastIndexOf(']') ? port(text.substring(colon + 1)) : ANY_PORT;
        String host = port == ANY_PORT ? text : text.substring(0, colon);
        return network(host).<Entry>map(found -> new Network(found, port)).orElseGet(() -> domain(host, port));
    }

    private static Optional<Cidr> network(String text) {
        try {
            return Optional.of(Cidr.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // then it is a name
        }
    }

    private static int port(String digits) {
        boolean plausible =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plausible ? Integer.parseInt(digits) : ANY_PORT;
    }

    private static Domain domain(String text, int port) {
        String name = text.startsWith("*.") ? text.substring(2) : text.startsWith(".") ? text.substring(1) : text;
        return new Domain(withoutTrailingDot(name), port);
    }

    private static String withoutTrailingDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** One target or many. */
    private sealed interface Entry permits Everything, Network, Domain {
        /** The port it is limited to, or {@link #ANY_PORT}. */
        int port();

        /** Tells if it covers a host, given by name, and as an address if it is one. */
        boolean matches(String name, @Nullable InetAddress address);

        default boolean allows(int port) {
            return port() == ANY_PORT || port() == port;
        }
    }

    /** All targets. */
    private record Everything() implements Entry {
        @Override
        public int port() {
            return ANY_PORT;
        }

        @Override
        public boolean matches(String name, @Nullable InetAddress address) {
            return true;
        }
    }

    /** Addresses. */
    private record Network(Cidr addresses, int port) implements Entry {
        @Override
        public boolean matches(String name, @Nullable InetAddress address) {
            return address != null && addresses.contains(address);
        }
    }

    /** A host name, and all names below it. */
    private record Domain(String domain, int port) implements Entry {
        @Override
        public boolean matches(String name, @Nullable InetAddress address) {
            return address == null && !domain.isEmpty() && (name.equals(domain) || name.endsWith("." + domain));
        }
    }
}
