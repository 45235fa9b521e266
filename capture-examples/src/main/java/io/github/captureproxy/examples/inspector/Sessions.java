package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.SessionRow;
import io.github.captureproxy.examples.store.SessionState;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions, of which one is open at most; what belongs to one can also go to a collection. Safe for any thread. */
final class Sessions {
    /** Where what belongs to a session is kept in any case. */
    static final String HISTORY = "history";

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final HistoryStore store;
    private final SessionCollections collections;
    private volatile Optional<SessionRow> open = Optional.empty();

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
            if (session.state() == SessionState.PAUSED) {
                store.sessions().stop(session.id());
            }
            if (collections.isMissing(session.target())) {
                keep(session);
            }
        }
    }

    /** The session that what is captured now belongs to; 0 for none. */
    long current() {
        return open.filter(session -> session.state() == SessionState.RUNNING)
                .map(SessionRow::id)
                .orElse(0L);
    }

    /** The session that has been started and not stopped, as it was when it last changed; it may be paused. */
    Optional<SessionRow> open() {
        return open;
    }

    /** Stops the session that is open, as the program ends. */
    synchronized void end() {
        open.map(session -> store.sessions().stop(session.id())).ifPresent(this::keep);
        open = Optional.empty();
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
        open.ifPresent(session -> stop(session.id()));
        String target = collection ? collections.newFile(name) : HISTORY;
        SessionRow session =
                store.sessions().start(store.sessions().create(name, target).id());
        open = Optional.of(session);
        return session;
    }

    synchronized void pause(long id) {
        took(store.sessions().pause(id));
    }

    synchronized void resume(long id) {
        SessionRow resumed = store.sessions().resume(id);
        Optional<SessionRow> before = open.filter(session -> session.id() != id);
        open = Optional.of(resumed);
        before.ifPresent(session -> stop(session.id()));
    }

    synchronized void stop(long id) {
        SessionRow stopped = store.sessions().stop(id);
        forget(id);
        if (collections.isFile(stopped.target())) {
            collections.write(stopped);
        }
    }

    synchronized void rename(long id, String name) {
        took(store.sessions().rename(id, name));
    }

    synchronized void delete(long id) {
        forget(id); // first, so that nothing more comes to belong to it
        store.sessions().delete(id);
    }

    /** A session has changed; it matters if it is the open one. */
    private void took(SessionRow changed) {
        if (isOpen(changed.id())) {
            open = Optional.of(changed);
        }
    }

    private void forget(long id) {
        if (isOpen(id)) {
            open = Optional.empty();
        }
    }

    private boolean isOpen(long id) {
        return open.filter(session -> session.id() == id).isPresent();
    }
}
