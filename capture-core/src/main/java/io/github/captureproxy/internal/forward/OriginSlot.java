package io.github.captureproxy.internal.forward;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The kept connections of one worker to one next hop. For the worker's thread alone. */
public final class OriginSlot {
    private final OriginPool pool;
    private final Destination.Key key;
    private final OriginLoad load;
    private final Deque<OriginConnection> idle = new ArrayDeque<>(4);
    private final List<Http2Origin> shared = new ArrayList<>(1);
    private final Deque<Consumer<Optional<Failure>>> awaiting = new ArrayDeque<>(2);
    private boolean dialling;

    OriginSlot(OriginPool pool, Destination.Key key, OriginLoad load) {
        this.pool = pool;
        this.key = key;
        this.load = load;
    }

    Destination.Key key() {
        return key;
    }

    OriginLoad load() {
        return load;
    }

    /**
     * The connection used last, which is the one that is least likely to be stale. Its socket is looked at: what an origin
     * sends behind a response must not be taken for the answer to the next request (RFC 9112 section 9.2). Null if there is
     * none, or it is not wanted: then it is left in its place.
     */
    @Nullable
    OriginConnection take(Predicate<OriginConnection> wanted) {
        OriginConnection connection = newest().filter(wanted).orElse(null);
        if (connection != null) {
            idle.pollLast();
        }
        return connection;
    }

    /** The connection that {@link #take} would give if it is wanted, which is left in its place. */
    Optional<OriginConnection> newest() {
        OriginConnection connection;
        while ((connection = idle.peekLast()) != null) {
            if (connection.isUsable() && !connection.isStale()) {
                return Optional.of(connection);
            }
            idle.pollLast();
            connection.close();
        }
        return Optional.empty();
    }

    boolean isEmpty() {
        return idle.isEmpty() && shared.isEmpty() && !dialling;
    }

    /** A connection with room for another stream; null if there is none. */
    @Nullable
    Http2Origin withRoom() {
        for (Http2Origin each : shared) {
            if (each.hasRoom()) {
                return each;
            }
        }
        return null;
    }

    /** It is open to streams. */
    boolean isShared() {
        for (Http2Origin each : shared) {
            if (each.isUsable()) {
                return true;
            }
        }
        return false;
    }

    void share(Http2Origin connection) {
        pool.current(this).shared.add(connection);
    }

    void unshare(Http2Origin connection) {
        OriginSlot current = pool.current(this);
        current.shared.remove(connection);
        if (current.isEmpty()) {
            pool.forget(current);
        }
    }

    /** A connection that streams can share is being made, so that no second one is needed. */
    boolean isDialling() {
        return dialling;
    }

    void dials() {
        dialling = true;
    }

    /** Runs a task when that connection is there, or not to be had. */
    void whenDialled(Consumer<Optional<Failure>> task) {
        awaiting.add(task);
    }

    void withdraw(Consumer<Optional<Failure>> task) {
        awaiting.remove(task);
    }

    void dialled(Optional<Failure> failure) {
        dialling = false;
        List<Consumer<Optional<Failure>>> tasks = new ArrayList<>(awaiting);
        awaiting.clear();
        tasks.forEach(task -> task.accept(failure));
    }

    void keep(OriginConnection connection) {
        pool.current(this).add(connection);
    }

    private void add(OriginConnection connection) {
        if (pool.maxIdle() == 0) {
            connection.close();
            return;
        }
        if (idle.size() >= pool.maxIdle()) {
            OriginConnection oldest = idle.pollFirst();
            if (oldest != null) {
                oldest.close();
            }
        }
        idle.addLast(connection);
    }

    void forget(OriginConnection connection) {
        pool.current(this).drop(connection);
    }

    private void drop(OriginConnection connection) {
        idle.remove(connection);
        if (isEmpty()) {
            pool.forget(this);
        }
    }
}
