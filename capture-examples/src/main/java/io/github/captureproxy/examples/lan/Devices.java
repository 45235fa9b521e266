package io.github.captureproxy.examples.lan;

import io.github.captureproxy.spi.ClientAccess;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The devices that may use the proxy: this machine, and those that have entered a code. A code lets one device in. The
 * device is known by its address from then on, until it is taken back or the proxy ends. Safe for any thread.
 */
public final class Devices implements ClientAccess {
    /** Devices that are let in at once: more than a desk has. */
    public static final int MAX_DEVICES = 64;

    private final InstantSource clock;
    private final SecureRandom random;
    private final Predicate<InetAddress> thisMachine;
    private final Listener listener;
    private final Map<InetAddress, Device> allowed = new ConcurrentHashMap<>();

    /** Guards the code and the attempts, so that one code lets one device in. Nothing is called under it. */
    private final Object lock = new Object();

    private final Attempts attempts = new Attempts();
    private @Nullable EntryCode code;

    /**
     * A device that was let in.
     *
     * @param address what it is known by
     * @param name what it says of itself, such as {@code Android}; shortened, without control characters
     * @param since when it was let in
     */
    public record Device(InetAddress address, String name, Instant since) {}

    /** What came of an attempt to be let in. */
    public enum Entry {
        /** The device may use the proxy now. */
        ALLOWED,
        /** The code is not the one that holds now. */
        WRONG,
        /** Too many wrong codes came before, from this client or from all; this one was not looked at. */
        TOO_MANY,
        /** {@link #MAX_DEVICES} are there already. */
        FULL
    }

    /** Hears of changes, on the thread that made them, which must not be held up for long. */
    public interface Listener {
        /**
         * Another code holds from now on.
         *
         * @param code the code
         */
        void renewed(EntryCode code);

        /**
         * A device was let in.
         *
         * @param device the device
         */
        void allowed(Device device);
    }

    /**
     * Lets nobody in yet but this machine.
     *
     * @param clock tells the time
     * @param thisMachine tells if an address is this machine's own; must not block
     * @param listener hears of changes
     */
    public Devices(InstantSource clock, Predicate<InetAddress> thisMachine, Listener listener) {
        this.clock = clock;
        this.random = new SecureRandom();
        this.thisMachine = thisMachine;
        this.listener = listener;
    }

    @Override
    public boolean allows(InetAddress client) {
        return allowed.containsKey(client) || thisMachine.test(client);
    }

    @Override
    public String refusal(InetAddress client, String proxy) {
        return "this device may not use the proxy yet: open http://" + proxy
                + "/ on it, and enter the code that the proxy shows";
    }

    /**
     * The code that lets the next device in. A new one is made when the last was used, has ended, or was tried too often.
     *
     * @return the code that holds now
     */
    public EntryCode code() {
        Optional<EntryCode> made;
        EntryCode current;
        synchronized (lock) {
            EntryCode known = code;
            made = known == null || known.isOver(clock.instant()) ? Optional.of(renew()) : Optional.empty();
            current = made.isPresent() || known == null ? made.orElseThrow() : known;
        }
        made.ifPresent(listener::renewed);
        return current;
    }

    private EntryCode renew() {
        EntryCode made = EntryCode.random(random, clock.instant());
        code = made;
        attempts.renewed();
        return made;
    }

    /**
     * Lets a device in, if the code is right.
     *
     * @param client the device's address
     * @param typed what it sent as the code, however it is written
     * @param name what it says of itself
     * @return what came of it
     */
    public Entry enter(InetAddress client, String typed, String name) {
        if (allows(client)) {
            return Entry.ALLOWED;
        }
        EntryCode before = code();
        Device device = new Device(client, name, clock.instant());
        Entry entry;
        EntryCode after;
        synchronized (lock) {
            entry = judge(device, typed);
            after = code == null ? before : code;
        }
        if (entry == Entry.ALLOWED) {
            listener.allowed(device);
        }
        if (!after.equals(before)) {
            listener.renewed(after);
        }
        return entry;
    }

    private Entry judge(Device device, String typed) {
        Instant now = clock.instant();
        EntryCode current = code;
        if (!attempts.mayTry(device.address(), now)) {
            return Entry.TOO_MANY;
        }
        if (current == null || current.isOver(now) || !current.matches(typed)) {
            if (attempts.wrong(device.address(), now)) {
                renew();
            }
            return Entry.WRONG;
        }
        if (allowed.size() >= MAX_DEVICES) {
            return Entry.FULL;
        }
        allowed.put(device.address(), device);
        renew();
        return Entry.ALLOWED;
    }

    /**
     * The devices that were let in.
     *
     * @return a copy, the first to come first; without this machine
     */
    public List<Device> list() {
        return allowed.values().stream()
                .sorted(Comparator.comparing(Device::since))
                .toList();
    }

    /**
     * Takes a device back: from its next request on it is refused. A tunnel that passes through untouched goes on until
     * it ends.
     *
     * @param address its address
     * @return true if it had been let in
     */
    public boolean revoke(InetAddress address) {
        return allowed.remove(address) != null;
    }
}
