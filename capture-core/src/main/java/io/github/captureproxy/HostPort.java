package io.github.captureproxy;

import io.github.captureproxy.internal.address.AddressLiteral;
import io.github.captureproxy.internal.config.HostMap;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A host name or address with or without a port, as an option names it; an IPv6 address has no brackets here. */
record HostPort(String host, int port) {
    static final int MAX_PORT = 65_535;

    /** Reads {@code host}, {@code host:port}, {@code [address]:port}, {@code [address]} or a bare IPv6 address. */
    static Optional<HostPort> parse(String text) {
        if (AddressLiteral.parse(text).isPresent()) {
            return Optional.of(new HostPort(withoutBrackets(text), HostMap.ANY_PORT));
        }
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > text.lastIndexOf(']');
        String host = hasPort ? text.substring(0, colon) : text;
        int port = hasPort ? port(text.substring(colon + 1)) : HostMap.ANY_PORT;
        boolean literal = host.startsWith("[") && AddressLiteral.parse(host).isPresent();
        return port >= 0 && (literal || isName(host))
                ? Optional.of(new HostPort(withoutBrackets(host), port))
                : Optional.empty();
    }

    /** The socket address, unresolved if the host is a name. */
    InetSocketAddress toSocketAddress() {
        return AddressLiteral.parse(host)
                .map(address -> new InetSocketAddress(address, port))
                .orElseGet(() -> InetSocketAddress.createUnresolved(host, port));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isName(String host) {
        return !host.isEmpty() && host.chars().noneMatch(c -> c <= ' ' || c == 127 || "/\\@?#:[]%\"<>".indexOf(c) >= 0);
    }

    private static int port(String digits) {
        boolean plausible =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = plausible ? Integer.parseInt(digits) : -1;
        return port >= 1 && port <= MAX_PORT ? port : -1;
    }
}
