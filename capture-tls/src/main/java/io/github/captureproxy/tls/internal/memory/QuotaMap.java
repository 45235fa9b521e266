package io.github.captureproxy.tls.internal.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A map that forgets: each entry expires, each belongs to an owner, and nobody evicts another's entries. An owner past
 * its quota loses its own oldest one; when the whole is full, an owner without entries is not remembered at all, which
 * is counted. Thread-safe: its one lock is held for map operations alone.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class QuotaMap<K, V> {
    /** When all is full, expired entries are looked for no more often than this: a look is a walk over all. */
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

    private final Clock clock;
    private final int capacity;
    private final int quota;
    private final Map<K, Entry<K, V>> entries = new HashMap<>();
    private final Map<Object, LinkedHashSet<K>> byOwner = new HashMap<>();
    private Instant lastSweep = Instant.MIN;
    private long refused;

    /**
     * Makes an empty map.
     *
     * @param clock what tells when entries expire
     * @param capacity the most entries in all
     * @param quota the most entries of one owner
     */
    public QuotaMap(Clock clock, int capacity, int quota) {
        this.clock = clock;
        this.capacity = capacity;
        this.quota = quota;
    }

    /**
     * An entry that has not expired.
     *
     * @param owner whose it is
     * @param key its key
     * @param value its value
     * @param expires when it is forgotten
     * @param <K> the key's type
     * @param <V> the value's type
     */
    public record Entry<K, V>(Object owner, K key, V value, Instant expires) {}

    /**
     * Finds a value.
     *
     * @param key the key
     * @return the value; empty if there is none or it has expired
     */
    public synchronized Optional<V> get(K key) {
        Entry<K, V> entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (!entry.expires().isAfter(clock.instant())) {
            drop(entry);
            return Optional.empty();
        }
        return Optional.of(entry.value());
    }

    /**
     * Remembers a value, in place of one of the same key.
     *
     * @param owner who is to have it counted
     * @param key the key
     * @param value the value
     * @param lifetime how long from now
     * @return true if it is remembered; false if there was no room that was the owner's to take
     */
    public boolean put(Object owner, K key, V value, Duration lifetime) {
        return putUntil(owner, key, value, clock.instant().plus(lifetime));
    }

    /**
     * Remembers a value, in place of one of the same key. It then stays its first owner's: who took it over could have it
     * evicted by what else counts as theirs.
     *
     * @param owner who is to have it counted, if there is none of the same key
     * @param key the key
     * @param value the value
     * @param expires until when
     * @return true if it is remembered; false if there was no room that was the owner's to take
     */
    public synchronized boolean putUntil(Object owner, K key, V value, Instant expires) {
        Entry<K, V> before = entries.get(key);
        Object whose = before != null && before.expires().isAfter(clock.instant()) ? before.owner() : owner;
        if (before != null) {
            drop(before);
        }
        if (!makeRoom(whose)) {
            refused++;
            return false;
        }
        entries.put(key, new Entry<>(whose, key, value, expires));
        byOwner.computeIfAbsent(whose, o -> new LinkedHashSet<>()).add(key);
        return true;
    }

    private boolean makeRoom(Object owner) {
        if (entries.size() >= capacity) {
            sweep();
        }
        @Nullable LinkedHashSet<K> own = byOwner.get(owner);
        boolean full = entries.size() >= capacity;
        if (own == null) {
            return !full;
        }
        if (full || own.size() >= quota) {
            Entry<K, V> oldest = entries.get(own.iterator().next());
            if (oldest != null) {
                drop(oldest);
            }
        }
        return true;
    }

    private void sweep() {
        Instant now = clock.instant();
        if (lastSweep.isBefore(now.minus(SWEEP_INTERVAL)) || lastSweep.isAfter(now)) {
            lastSweep = now;
            removeIf(entry -> !entry.expires().isAfter(now));
        }
    }

    /**
     * Forgets one entry.
     *
     * @param key its key
     * @return true if there was one
     */
    public synchronized boolean remove(K key) {
        Entry<K, V> entry = entries.get(key);
        if (entry == null) {
            return false;
        }
        drop(entry);
        return true;
    }

    /**
     * Forgets entries.
     *
     * @param condition which; it runs under this map's lock, and must be quick
     */
    public synchronized void removeIf(Predicate<Entry<K, V>> condition) {
        new ArrayList<>(entries.values()).stream().filter(condition).forEach(this::drop);
    }

    private void drop(Entry<K, V> entry) {
        entries.remove(entry.key());
        LinkedHashSet<K> own = byOwner.get(entry.owner());
        if (own != null) {
            own.remove(entry.key());
            if (own.isEmpty()) {
                byOwner.remove(entry.owner());
            }
        }
    }

    /** Forgets all. */
    public synchronized void clear() {
        entries.clear();
        byOwner.clear();
    }

    /**
     * What is remembered now.
     *
     * @return a copy, in no order, without what has expired
     */
    public synchronized List<Entry<K, V>> snapshot() {
        Instant now = clock.instant();
        return entries.values().stream()
                .filter(entry -> entry.expires().isAfter(now))
                .toList();
    }

    /**
     * How often something was not remembered because all was full.
     *
     * @return a count
     */
    public synchronized long refused() {
        return refused;
    }
}
