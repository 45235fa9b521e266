package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.SessionRow;
import io.github.captureproxy.examples.store.SessionState;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions, of which one runs at most; what belongs to one can also go to a collection. Safe for any thread. */
public final class Sessions {
    private final HistoryStore store;
    private final SessionCollections collections;
    /** Where what belongs to a session is kept in any case. */
    static final String HISTORY = "history";

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private volatile long current;

    /**
     * Knows the sessions of a store. One that still ran when the program ended has been stopped; if it is kept in a
     * collection that wasn't written any more, it is now.
     *
     * @param store the store
     * @param collections where collections are kept
     */
    Sessions(HistoryStore store, SessionCollections collections) {
        this.store = store;
        this.collections = collections;
        for (SessionRow session : all()) {
            if (isOpen(session)) {
                store.sessions().stop(session.id());
            }
            if (collections.isMissing(session.target())) {
                keep(session);
            }
        }
    }

    /** The session that what is captured now belongs to; 0 for none. */
    public long current() {
        return current;
    }

    /** The session that has been started and not stopped; it may be paused. */
    synchronized Optional<SessionRow> running() {
        return all().stream().filter(Sessions::isOpen).findFirst();
    }

    private static boolean isOpen(SessionRow session) {
        return session.state() == SessionState.RUNNING || session.state() == SessionState.PAUSED;
    }

    /** Stops the session that runs, as the program ends. */
    synchronized void end() {
        running().ifPresent(session -> {
            current = 0;
            keep(store.sessions().stop(session.id()));
        });
    }

    /** Writes a session's collection, if it is kept in one; that it fails is no reason not to go on. */
    private void keep(SessionRow session) {
        if (!collections.isFile(session.target())) {
            return;
        }
        try {
            collections.write(session);
        } catch (UncheckedIOException e) {
            LOG.warn("the collection of session \"{}\" wasn't written", session.name(), e);
        }
    }

    List<SessionRow> all() {
        return store.sessions().list();
    }

    synchronized SessionRow start(String name, boolean collection) {
        running().ifPresent(session -> stop(session.id()));
        String target = collection ? collections.newFile(name) : HISTORY;
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
        SessionRow stopped = store.sessions().stop(id);
        if (current == id) {
            current = 0;
        }
        if (collections.isFile(stopped.target())) {
            collections.write(stopped);
        }
    }

    void rename(long id, String name) {
        store.sessions().rename(id, name);
    }

    synchronized void delete(long id) {
        if (current == id) {
            current = 0;
        }
        store.sessions().delete(id);
    }
}
