package io.github.captureproxy.examples.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of a store: their names, states and times. What is recorded in one is up to who records. Safe for any thread;
 * a change is in the database when the call returns. An id that is not there throws a {@link StoreException}.
 */
public final class StoredSessions {
    private static final String ALL = "SELECT id, name, target, state, created, running_since, total,"
            + " (SELECT count(*) FROM entry WHERE session = session.id AND listed = 1) FROM session";
    private static final String RUN_TOTAL = "total + iif(state = 'RUNNING', max(? - running_since, 0), 0)";

    private final Writer writer;
    private final Readers readers;
    private final Changes changes;
    private final Clock clock;

    StoredSessions(Writer writer, Readers readers, Changes changes, Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.changes = changes;
        this.clock = clock;
    }

    /** Ends those that ran when the process did, at what was recorded last in them. */
    void recover() {
        writer.run((connection, table) -> update(
                connection,
                "UPDATE session SET state = 'STOPPED', total = total + max(coalesce((SELECT max(time + duration / 1000000)"
                        + " FROM entry WHERE session = session.id), 0) - running_since, 0) WHERE state = 'RUNNING'"));
    }

    /**
     * Makes a session that has not started.
     *
     * @param name its name
     * @param target where it records to, such as {@code history}
     * @return the session
     */
    public SessionRow create(String name, String target) {
        long id = writer.run((connection, table) -> {
            update(
                    connection,
                    "INSERT INTO session(name, target, state, created, running_since, total) VALUES(?, ?, 'NEW', ?, 0, 0)",
                    name,
                    target,
                    clock.millis());
            return Database.number(connection, "SELECT last_insert_rowid()");
        });
        return changed(id);
    }

    /**
     * Gives it another name.
     *
     * @param id the session
     * @param name the name
     * @return the session
     */
    public SessionRow rename(long id, String name) {
        change(id, "UPDATE session SET name = ? WHERE id = ?", name, id);
        return changed(id);
    }

    /**
     * Starts it, again perhaps. One that runs goes on.
     *
     * @param id the session
     * @return the session
     */
    public SessionRow start(long id) {
        change(
                id,
                "UPDATE session SET running_since = iif(state = 'RUNNING', running_since, ?), state = 'RUNNING' WHERE id = ?",
                clock.millis(),
                id);
        return changed(id);
    }

    /**
     * Lets it go on after a pause: the same as {@link #start}.
     *
     * @param id the session
     * @return the session
     */
    public SessionRow resume(long id) {
        return start(id);
    }

    /**
     * Halts it for a while.
     *
     * @param id the session
     * @return the session
     */
    public SessionRow pause(long id) {
        return halt(id, SessionState.PAUSED);
    }

    /**
     * Ends it.
     *
     * @param id the session
     * @return the session
     */
    public SessionRow stop(long id) {
        return halt(id, SessionState.STOPPED);
    }

    private SessionRow halt(long id, SessionState state) {
        change(
                id,
                "UPDATE session SET total = " + RUN_TOTAL + ", state = ? WHERE id = ?",
                clock.millis(),
                state.name(),
                id);
        return changed(id);
    }

    /**
     * All sessions.
     *
     * @return the sessions, the newest first
     */
    public List<SessionRow> list() {
        return readers.ask(connection -> read(connection, ALL + " ORDER BY id DESC"));
    }

    /**
     * One session.
     *
     * @param id its id
     * @return the session, if there is one
     */
    public Optional<SessionRow> find(long id) {
        return readers.ask(connection ->
                read(connection, ALL + " WHERE id = ?", id).stream().findFirst());
    }

    /**
     * Deletes it with its rows; pinned ones stay, and belong to no session then.
     *
     * @param id the session
     * @return how many rows were deleted
     */
    public int delete(long id) {
        int deleted = writer.run((connection, table) -> {
            int rows = table.delete(Sql.of("SELECT id FROM entry WHERE session = ? AND pinned = 0", id));
            update(connection, "UPDATE entry SET session = 0 WHERE session = ?", id);
            update(connection, "DELETE FROM session WHERE id = ?", id);
            return rows;
        });
        changes.removed(deleted);
        return deleted;
    }

    private void change(long id, String sql, Object... values) {
        int changed = writer.run((connection, table) -> update(connection, sql, values));
        if (changed == 0) {
            throw new StoreException("there is no session " + id + ": it was deleted, perhaps");
        }
    }

    private SessionRow changed(long id) {
        changes.tell();
        return find(id).orElseThrow(
                        () -> new StoreException("there is no session " + id + ": it was deleted, perhaps"));
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Sql.of(sql, values).bind(statement, 1);
            return statement.executeUpdate();
        }
    }

    private static List<SessionRow> read(Connection connection, String sql, Object... values) throws SQLException {
        List<SessionRow> sessions = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Sql.of(sql, values).bind(statement, 1);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sessions.add(session(rows));
                }
            }
        }
        return sessions;
    }

    private static SessionRow session(ResultSet row) throws SQLException {
        SessionState state = SessionState.valueOf(row.getString(4));
        return new SessionRow(
                row.getLong(1),
                String.valueOf(row.getString(2)),
                String.valueOf(row.getString(3)),
                state,
                row.getLong(5),
                state == SessionState.RUNNING ? Optional.of(row.getLong(6)) : Optional.empty(),
                row.getLong(7),
                row.getInt(8));
    }
}
