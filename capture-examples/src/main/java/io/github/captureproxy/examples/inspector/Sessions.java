package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.SessionRow;
import io.github.captureproxy.examples.store.SessionState;
import java.util.List;
import java.util.Optional;

/** The sessions, of which one runs at most. Safe for any thread. */
public final class Sessions {
    private final HistoryStore store;
    private volatile long current;

    /**
     * Knows the sessions of a store; one that still ran when the program ended is stopped.
     *
     * @param store the store
     */
    public Sessions(HistoryStore store) {
        this.store = store;
        all().stream()
                .filter(session -> session.state() != SessionState.STOPPED)
                .forEach(session -> store.sessions().stop(session.id()));
    }

    /** The session that what is captured now belongs to; 0 for none. */
    public long current() {
        return current;
    }

    /** The session that has been started and not stopped; it may be paused. */
    synchronized Optional<SessionRow> running() {
        return all().stream()
                .filter(session -> session.state() != SessionState.STOPPED)
                .findFirst();
    }

    List<SessionRow> all() {
        return store.sessions().list();
    }

    synchronized SessionRow start(String name, String target) {
        running().ifPresent(session -> store.sessions().stop(session.id()));
        SessionRow session = store.sessions().create(name, target);
        current = session.id();
        return store.sessions().start(session.id());
    }

    synchronized void pause(long id) {
        store.sessions().pause(id);
        if (current == id) {
            current = 0;
        }
    }

    synchronized void resume(long id) {
        store.sessions().resume(id);
        current = id;
    }

    synchronized void stop(long id) {
        store.sessions().stop(id);
        if (current == id) {
            current = 0;
        }
    }

    void rename(long id, String name) {
        store.sessions().rename(id, name);
    }

    synchronized void delete(long id) {
        stop(id);
        store.sessions().delete(id);
    }
}
