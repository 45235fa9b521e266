package io.github.captureproxy.examples.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;

/** Deletes rows that are too old, and the oldest while there is too much. Pinned ones stay. For the writer's thread. */
final class Retention {
    /** Rows that go at once: what comes meanwhile waits for less than a second. */
    private static final int STEP = 2_000;

    /** A file that was too large is made smaller than it may be, so that this is not needed for each row. */
    private static final double ENOUGH = 0.95;

    private static final int FREED_PAGES = 4_000;

    private final StoreLimits limits;
    private final Clock clock;

    Retention(StoreLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    /** Deletes some; says how many. */
    int apply(Connection connection, EntryTable table) throws SQLException {
        long oldest = clock.millis() - limits.maxAge().toMillis();
        int deleted = table.delete(Sql.of(
                "SELECT id FROM entry WHERE recorded < ? AND pinned = 0 ORDER BY recorded LIMIT " + STEP, oldest));
        long used = used(connection);
        if (used <= limits.maxBytes()) {
            return deleted;
        }
        long rows = Math.max(Database.number(connection, "SELECT count(*) FROM entry"), 1);
        long tooMany = (long) Math.ceil((used - limits.maxBytes() * ENOUGH) / ((double) used / rows));
        return deleted
                + table.delete(
                        Sql.of("SELECT id FROM entry WHERE pinned = 0 ORDER BY id LIMIT ?", Math.min(tooMany, STEP)));
    }

    private static long used(Connection connection) throws SQLException {
        long pages =
                Database.number(connection, "PRAGMA page_count") - Database.number(connection, "PRAGMA freelist_count");
        return pages * Database.number(connection, "PRAGMA page_size");
    }

    /** Gives the room of what was deleted back to the system, a part at a time. */
    boolean shrink(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("PRAGMA incremental_vacuum(" + FREED_PAGES + ")");
        }
    }
}
