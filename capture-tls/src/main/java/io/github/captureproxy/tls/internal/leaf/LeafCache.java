package io.github.captureproxy.tls.internal.leaf;

import io.github.captureproxy.tls.internal.issuing.LeafKind;
import io.github.captureproxy.tls.internal.issuing.LeafName;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was made for a name and kind of key: made once, however many ask at a time, and again when its time is
 * over. Keeps the most recently used. Safe for any thread; who asks for what is being made waits for it, so not on a
 * thread that does I/O.
 *
 * @param <V> what it keeps
 */
public final class LeafCache<V> {
    /** More hosts than a browser meets in an hour; with a few KB each it stays at a few MB. */
    public static final int DEFAULT_CAPACITY = 1_000;

    private static final int INITIAL_CAPACITY = 16;
    private static final float LOAD_FACTOR = 0.75f;

    private record Key(LeafName name, LeafKind kind) {}

    private final int capacity;
    private final Clock clock;
    private final LeafMaker<V> maker;

    // Its own lock: held for the map's steps only, never while something is made.
    private final Map<Key, CompletableFuture<Made<V>>> entries =
            new LinkedHashMap<>(INITIAL_CAPACITY, LOAD_FACTOR, true);

    /**
     * An empty cache.
     *
     * @param capacity the number of values that it keeps, at least 1
     * @param clock tells when a value's time is over
     * @param maker makes the values
     */
    public LeafCache(int capacity, Clock clock, LeafMaker<V> maker) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a leaf cache keeps at least 1 leaf, not " + capacity);
        }
        this.capacity = capacity;
        this.clock = Objects.requireNonNull(clock, "clock");
        this.maker = Objects.requireNonNull(maker, "maker");
    }

    /**
     * Gives the value for a name, and makes it if need be. What the maker throws goes to all who waited; whoever asks
     * after that has it tried again.
     *
     * @param name the name
     * @param kind the kind of key
     * @return a value that is good now
     */
    public V get(LeafName name, LeafKind kind) {
        Key key = new Key(name, kind);
        CompletableFuture<Made<V>> own = new CompletableFuture<>();
        CompletableFuture<Made<V>> other = find(key, own);
        return other == null ? make(key, own) : await(other);
    }

    /** What is there and good or on its way; else puts the caller's own there and returns null. */
    private @Nullable CompletableFuture<Made<V>> find(Key key, CompletableFuture<Made<V>> own) {
        var now = clock.instant();
        synchronized (entries) {
            CompletableFuture<Made<V>> found = entries.get(key);
            if (found != null && (!found.isDone() || found.join().isGoodAt(now))) {
                return found;
            }
            entries.put(key, own);
            if (entries.size() > capacity) {
                var eldest = entries.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
            return null;
        }
    }

    private V make(Key key, CompletableFuture<Made<V>> own) {
        try {
            Made<V> made = maker.make(key.name(), key.kind());
            own.complete(made);
            return made.value();
        } catch (Throwable e) {
            // Out of the map before it is done, so that nobody finds a failure there.
            synchronized (entries) {
                entries.remove(key, own);
            }
            own.completeExceptionally(e);
            throw e;
        }
    }

    private V await(CompletableFuture<Made<V>> other) {
        try {
            return other.join().value();
        } catch (CompletionException e) {
            throw new IllegalStateException("the thread that was making this leaf failed", e.getCause());
        }
    }

    /**
     * How many values there are.
     *
     * @return from 0 to the capacity
     */
    public int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    /** Forgets all values. What is being made is given to those who wait, and not kept. */
    public void clear() {
        synchronized (entries) {
            entries.clear();
        }
    }
}
