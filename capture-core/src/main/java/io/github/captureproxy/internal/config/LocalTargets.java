package io.github.captureproxy.internal.config;

import io.github.captureproxy.internal.address.AddressLiteral;
import io.github.captureproxy.internal.address.Cidr;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tells which addresses a client on another machine must not reach through the proxy: those that mean this machine
 * alone, or that a cloud gives to this machine alone. An IPv6 address that carries an IPv4 address is judged by both.
 * Safe for any thread.
 */
public final class LocalTargets {
    /** Networks that mean the machine itself, its link, or a group of machines; and the metadata services of clouds. */
    private static final List<Cidr> NETWORKS = Stream.of(
                    "0.0.0.0/8", // this host (RFC 1122 section 3.2.1.3): Linux takes 0.0.0.0 for the loopback
                    "127.0.0.0/8", // loopback
                    "169.254.0.0/16", // link-local (RFC 3927), the usual metadata services among them
                    "224.0.0.0/4", // multicast
                    "255.255.255.255/32", // limited broadcast
                    "100.100.100.200/32", // metadata service of Alibaba Cloud
                    "168.63.129.16/32", // host agent of Azure
                    "192.0.0.192/32", // older metadata service of Oracle Cloud
                    "::/128", // unspecified
                    "::1/128", // loopback
                    "fe80::/10", // link-local
                    "ff00::/8", // multicast
                    "fd00:ec2::/112", // metadata and other services of AWS
                    "fd20:ce::254/128", // metadata service of Google Cloud
                    "fd00:c1::a9fe:a9fe/128") // metadata service of Oracle Cloud
            .map(Cidr::parse)
            .toList();

    /** Forms of IPv6 that carry an IPv4 address, each with the position of its first byte. */
    private static final List<Embedding> EMBEDDINGS = List.of(
            new Embedding(Cidr.parse("::/96"), 12), // IPv4-compatible (RFC 4291 section 2.5.5.1)
            new Embedding(Cidr.parse("::ffff:0:0:0/96"), 12), // IPv4-translated (RFC 2765 section 2.1)
            new Embedding(Cidr.parse("64:ff9b::/96"), 12), // NAT64 (RFC 6052 section 2.1)
            new Embedding(Cidr.parse("64:ff9b:1::/48"), 12), // NAT64 for local use (RFC 8215), with a /96 inside it
            new Embedding(Cidr.parse("2002::/16"), 2)); // 6to4 (RFC 3056 section 2)

    private static final int IPV4_BYTES = 4;

    private final Predicate<InetAddress> own;

    /**
     * Judges by the given addresses of this machine.
     *
     * @param own tells if an address belongs to one of this machine's interfaces; safe for any thread
     */
    public LocalTargets(Predicate<InetAddress> own) {
        this.own = own;
    }

    /**
     * Judges by the addresses that this machine's interfaces have.
     *
     * @return a judge that follows changes of the interfaces within seconds
     */
    public static LocalTargets ofThisMachine() {
        return new LocalTargets(new OwnAddresses());
    }

    /**
     * Tells if an address is one that only clients on this machine may reach.
     *
     * @param target the address that a connection would go to
     * @return true if it is loopback, unspecified, link-local, multicast, a cloud's metadata service, or this machine's
     */
    public boolean contains(InetAddress target) {
        byte[] bytes = AddressLiteral.bytes(target);
        return isReserved(bytes) || own.test(AddressLiteral.ofBytes(bytes)) || embedsLocal(bytes);
    }

    /**
     * Tells if a client is on this machine.
     *
     * @param client the address that its connection comes from
     * @return true if it is a loopback address or one of this machine's own
     */
    public boolean isLocalClient(InetAddress client) {
        if (client.isLoopbackAddress()) { // asked for each exchange, and nearly always so
            return true;
        }
        InetAddress plain = AddressLiteral.ofBytes(AddressLiteral.bytes(client));
        return plain.isLoopbackAddress() || own.test(plain);
    }

    private static boolean isReserved(byte[] address) {
        for (Cidr network : NETWORKS) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private boolean embedsLocal(byte[] address) {
        for (Embedding embedding : EMBEDDINGS) {
            if (embedding.prefix().contains(address)) {
                byte[] inner = Arrays.copyOfRange(address, embedding.at(), embedding.at() + IPV4_BYTES);
                return isReserved(inner) || own.test(AddressLiteral.ofBytes(inner));
            }
        }
        return false;
    }

    /**
     * Where a form of IPv6 carries an IPv4 address.
     *
     * @param prefix the network that has this form
     * @param at the position of the first of four bytes
     */
    private record Embedding(Cidr prefix, int at) {}
}
