package io.github.captureproxy.internal.config;

import io.github.captureproxy.internal.address.AddressLiteral;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of this machine's interfaces, read again when what was read has grown old. Safe for any thread. */
final class OwnAddresses implements Predicate<InetAddress> {
    /**
     * Reading takes up to some milliseconds, too long for each connection; interfaces come and go with a VPN or a
     * change of network, which a person does not follow up with a request any faster than this.
     */
    static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Source source;
    private final LongSupplier nanoTime;
    private final AtomicReference<Snapshot> latest;

    OwnAddresses() {
        this(OwnAddresses::ofInterfaces, System::nanoTime);
    }

    /** Reads from elsewhere, by another clock. */
    OwnAddresses(Source source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
        // Already old: a proxy that listens on loopback alone never needs to read them.
        this.latest = new AtomicReference<>(new Snapshot(Set.of(), nanoTime.getAsLong() - MAX_AGE_NANOS));
    }

    @Override
    public boolean test(InetAddress address) {
        return current().addresses().contains(address);
    }

    private Snapshot current() {
        Snapshot known = Objects.requireNonNull(latest.get());
        long now = nanoTime.getAsLong();
        if (now - known.readAt() < MAX_AGE_NANOS) {
            return known;
        }
        // Two threads may read at once: both read the truth, and either may be kept.
        Snapshot fresh = read(known, now);
        latest.set(fresh);
        return fresh;
    }

    private Snapshot read(Snapshot known, long now) {
        try {
            return new Snapshot(source.read(), now);
        } catch (SocketException e) {
            // Logged; the addresses known so far go on being refused, and the next reading is tried in its time.
            log().warn("cannot read the addresses of this machine's interfaces: {}", e.getMessage());
            return new Snapshot(known.addresses(), now);
        }
    }

    private static Set<InetAddress> ofInterfaces() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .map(address -> AddressLiteral.ofBytes(address.getAddress()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Where the addresses come from. */
    @FunctionalInterface
    interface Source {
        /** Reads all addresses, without zones. */
        Set<InetAddress> read() throws SocketException;
    }

    /** Addresses, and when they were read. */
    private record Snapshot(Set<InetAddress> addresses, long readAt) {}

    /** Looked up only when there is something to say, as SLF4J itself prints at its first use where it has no provider. */
    private static Logger log() {
        return LoggerFactory.getLogger(OwnAddresses.class);
    }
}
