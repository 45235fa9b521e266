package io.github.captureproxy.internal.address;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A network: an address and the number of leading bits that count (RFC 4632, RFC 4291 section 2.3). A network of IPv4
 * contains IPv4 addresses alone, and one of IPv6 those of IPv6; an IPv4-mapped IPv6 address is an IPv4 address here.
 */
public final class Cidr {
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    /** The bits in front of an IPv4 address in its mapped form (RFC 4291 section 2.5.5.2). */
    private static final int MAPPED_BITS = IPV6_BITS - IPV4_BITS;

    private final byte[] network;
    private final int prefix;

    private Cidr(byte[] address, int prefix) {
        this.network = masked(address, prefix);
        this.prefix = prefix;
    }

    /**
     * Reads a network. Bits after the prefix are cleared: {@code 10.1.2.3/8} is {@code 10.0.0.0/8}.
     *
     * @param text {@code address/bits}, or an address alone for a network of one
     * @return the network
     * @throws IllegalArgumentException if the text is no network; the message says what is wrong with it
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        InetAddress parsed = AddressLiteral.parse(address)
                .orElseThrow(() -> new IllegalArgumentException("\"" + address + "\" is not an IPv4 or IPv6 address"));
        byte[] bytes = AddressLiteral.bytes(parsed);
        boolean writtenAsIpv6 = address.indexOf(':') >= 0;
        int writtenBits = writtenAsIpv6 ? IPV6_BITS : IPV4_BITS;
        int bits = slash < 0 ? writtenBits : prefix(text.substring(slash + 1), writtenBits);
        if (!writtenAsIpv6 || bytes.length * Byte.SIZE == IPV6_BITS) {
            return new Cidr(bytes, bits);
        }
        return bits >= MAPPED_BITS ? new Cidr(bytes, bits - MAPPED_BITS) : new Cidr(mapped(bytes), bits);
    }

    /**
     * Tells if an address is in this network.
     *
     * @param address the address
     * @return true if it is
     */
    public boolean contains(InetAddress address) {
        return contains(AddressLiteral.bytes(address));
    }

    /**
     * Tells if an address is in this network.
     *
     * @param address the 4 or 16 bytes of the address
     * @return true if it is
     */
    public boolean contains(byte[] address) {
        return address.length == network.length && Arrays.equals(masked(address, prefix), network);
    }

    private static int prefix(String text, int most) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int bits = digits ? Integer.parseInt(text) : -1;
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("\"/" + text + "\" is not a prefix length of 0 to " + most);
        }
        return bits;
    }

    private static byte[] mapped(byte[] ipv4) {
        byte[] bytes = new byte[IPV6_BITS / Byte.SIZE];
        int at = bytes.length - ipv4.length;
        bytes[at - 1] = -1;
        bytes[at - 2] = -1;
        System.arraycopy(ipv4, 0, bytes, at, ipv4.length);
        return bytes;
    }

    private static byte[] masked(byte[] address, int prefix) {
        byte[] result = new byte[address.length];
        int whole = prefix / Byte.SIZE;
        System.arraycopy(address, 0, result, 0, whole);
        if (prefix % Byte.SIZE != 0) {
            result[whole] = (byte) (address[whole] & (0xff << (Byte.SIZE - prefix % Byte.SIZE)));
        }
        return result;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cidr that && prefix == that.prefix && Arrays.equals(network, that.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefix;
    }

    @Override
    public String toString() {
        return AddressLiteral.format(AddressLiteral.ofBytes(network)) + "/" + prefix;
    }
}
