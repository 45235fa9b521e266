package io.github.captureproxy.internal.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads IP addresses, and never asks a name service. IPv4 is four decimal numbers without leading zeros, so that no
 * reader takes one of them for octal; IPv6 is RFC 4291 section 2.2, without a zone.
 */
public final class AddressLiteral {
    private static final int IPV4_BYTES = 4;

    /** Ten zeros and two times 0xff come before an IPv4 address in its mapped form (RFC 4291 section 2.5.5.2). */
    private static final int MAPPED_PREFIX_BYTES = 12;

    private AddressLiteral() {}

    /**
     * Reads an address.
     *
     * @param text an IPv4 address, or an IPv6 address with or without brackets
     * @return the address, an IPv4-mapped one as IPv4; empty if the text is something else, a host name for one
     */
    public static Optional<InetAddress> parse(String text) {
        String inner = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (inner.indexOf(':') >= 0) {
            return parseIpv6(inner);
        }
        return inner.length() == text.length() ? parseIpv4(inner) : Optional.empty();
    }

    /**
     * The bytes of an address, with an IPv4-mapped IPv6 address as IPv4.
     *
     * @param address any address
     * @return 4 or 16 bytes, the caller's own
     */
    public static byte[] bytes(InetAddress address) {
        byte[] bytes = address.getAddress();
        return isMapped(bytes) ? Arrays.copyOfRange(bytes, MAPPED_PREFIX_BYTES, bytes.length) : bytes;
    }

    /**
     * Writes an address without its zone, an IPv6 one without brackets.
     *
     * @param address any address
     * @return its digits
     */
    public static String format(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static boolean isMapped(byte[] bytes) {
        if (bytes.length == IPV4_BYTES) {
            return false;
        }
        for (int i = 0; i < MAPPED_PREFIX_BYTES - 2; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[MAPPED_PREFIX_BYTES - 2] == -1 && bytes[MAPPED_PREFIX_BYTES - 1] == -1;
    }

    private static Optional<InetAddress> parseIpv6(String text) {
        boolean plausible = text.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0 && c < 128);
        if (!plausible) {
            return Optional.empty();
        }
        try {
            // With a colon in it the JDK takes the text for an address or for nothing: it asks no name service.
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty(); // that it is no address is the answer
        }
    }

    private static Optional<InetAddress> parseIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != IPV4_BYTES) {
            return Optional.empty();
        }
        byte[] bytes = new byte[IPV4_BYTES];
        for (int i = 0; i < IPV4_BYTES; i++) {
            int octet = octet(parts[i]);
            if (octet < 0) {
                return Optional.empty();
            }
            bytes[i] = (byte) octet;
        }
        return Optional.of(ofBytes(bytes));
    }

    private static int octet(String part) {
        boolean digits = !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || part.length() > 1 && part.charAt(0) == '0') {
            return -1;
        }
        int value = Integer.parseInt(part);
        return value <= 255 ? value : -1;
    }

    /**
     * Makes an address of its bytes.
     *
     * @param bytes 4 or 16 bytes
     * @return the address, without a name
     * @throws IllegalArgumentException if there is another number of bytes
     */
    public static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }
}
