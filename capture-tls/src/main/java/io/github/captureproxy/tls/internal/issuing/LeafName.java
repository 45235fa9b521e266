package io.github.captureproxy.tls.internal.issuing;

import io.github.captureproxy.internal.address.AddressLiteral;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name that a leaf is for, in one spelling for all that mean the same. Immutable. */
public final class LeafName {
    /** RFC 1035 section 2.3.4, less the length octets of the first label and the root. */
    private static final int MAX_NAME = 253;

    /** Letters, digits, hyphens, and the underscore, which resolvers take and browsers ask for; 63 at most in a label. */
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");

    private final String text;
    private final Optional<InetAddress> address;

    private LeafName(String text, Optional<InetAddress> address) {
        this.text = text;
        this.address = address;
    }

    /**
     * Reads a name.
     *
     * @param name a host name in ASCII (A-labels where it has others, RFC 5890), with or without the root's dot, or an
     *     IPv4 address, or an IPv6 address with or without brackets
     * @return the name
     * @throws IllegalArgumentException if it is none of these: no certificate can be made for it
     */
    public static LeafName of(String name) {
        Optional<InetAddress> address = AddressLiteral.parse(name);
        if (address.isPresent()) {
            return new LeafName(AddressLiteral.format(address.get()), address);
        }
        String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (!isHostName(host)) {
            throw new IllegalArgumentException(
                    "not a host name that a certificate can be made for: " + printable(name));
        }
        // Not before the check: in Unicode the Kelvin sign is an upper-case k.
        return new LeafName(host.toLowerCase(Locale.ROOT), Optional.empty());
    }

    private static boolean isHostName(String host) {
        if (host.length() > MAX_NAME) {
            return false;
        }
        for (String label : host.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    private static String printable(String name) {
        String start = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
        return start.replaceAll("[^\\x20-\\x7e…]", "?");
    }

    /**
     * The name's text.
     *
     * @return a host name in lower case without a dot at its end, or an address without brackets
     */
    public String text() {
        return text;
    }

    /**
     * The address, where the name is one.
     *
     * @return the address; empty for a host name
     */
    public Optional<InetAddress> address() {
        return address;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LeafName that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
