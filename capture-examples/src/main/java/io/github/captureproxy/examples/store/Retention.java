package io.github.captureproxy.examples.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;

/**
 * Deletes rows that are too old, and the oldest while there is too much. Pinned ones stay. What the search index has of
 * deleted rows goes when its parts are merged, so that is done before more rows go: else all of them would. For the
 * writer's thread.
 */
final class Retention {
    /** Rows that go at once: what comes meanwhile waits for less than a second. */
    private static final int STEP = 2_000;

    /** A file that was too large is made smaller than it may be, so that this is not needed for each row. */
    private static final double ENOUGH = 0.9;

    private static final int FREED_PAGES = 4_000;

    /** Pages of the index that are merged at once, some MiB. */
    private static final int MERGED_PAGES = 500;

    /** A merge that changes less than this had nothing to do (SQLite's documentation of FTS5, "merge"). */
    private static final int LEAST_CHANGES = 2;

    private final StoreLimits limits;
    private final Clock clock;
    private long rowsToGo;
    private boolean shrinking;
    private boolean indexHasDeleted;
    private boolean merging;

    /**
     * What a part of the work came to.
     *
     * @param deleted rows that were deleted
     * @param more whether there may be more to do
     */
    record Done(int deleted, boolean more) {}

    Retention(StoreLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    /** Does a part of the work. */
    Done apply(Connection connection, EntryTable table) throws SQLException {
        long oldest = clock.millis() - limits.maxAge().toMillis();
        int deleted = table.delete(Sql.of(
                "SELECT id FROM entry WHERE recorded < ? AND pinned = 0 ORDER BY recorded LIMIT " + STEP, oldest));
        indexHasDeleted |= deleted > 0;
        if (rowsToGo > 0) {
            return new Done(deleted + deleteOldest(table), true);
        }
        long used = used(connection);
        if (used <= (shrinking ? limits.maxBytes() * ENOUGH : limits.maxBytes())) {
            shrinking = false;
            return new Done(deleted, deleted > 0);
        }
        shrinking = true;
        if (indexHasDeleted) {
            indexHasDeleted = merge(connection);
            return new Done(deleted, true);
        }
        long rows = Math.max(Database.number(connection, "SELECT count(*) FROM entry"), 1);
        rowsToGo = (long) Math.ceil((used - limits.maxBytes() * ENOUGH) / ((double) used / rows));
        int oldestGone = deleteOldest(table);
        return new Done(deleted + oldestGone, oldestGone > 0);
    }

    /** Deletes some of the rows that are to go; if none is found, as all that are left are pinned, no more go. */
    private int deleteOldest(EntryTable table) throws SQLException {
        int deleted = table.delete(
                Sql.of("SELECT id FROM entry WHERE pinned = 0 ORDER BY id LIMIT ?", Math.min(rowsToGo, STEP)));
        rowsToGo = deleted == 0 ? 0 : rowsToGo - deleted;
        indexHasDeleted |= deleted > 0;
        return deleted;
    }

    /** Merges parts of the index; false if there was nothing left to merge. */
    private boolean merge(Connection connection) throws SQLException {
        long before = Database.number(connection, "SELECT total_changes()");
        int pages = merging ? MERGED_PAGES : -MERGED_PAGES; // below zero it begins anew, with all parts
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO search(search, rank) VALUES('merge', " + pages + ")");
        }
        merging = Database.number(connection, "SELECT total_changes()") - before >= LEAST_CHANGES;
        return merging;
    }

    private static long used(Connection connection) throws SQLException {
        long pages =
                Database.number(connection, "PRAGMA page_count") - Database.number(connection, "PRAGMA freelist_count");
        return pages * Database.number(connection, "PRAGMA page_size");
    }

    /** Gives the room of what was deleted back to the system, a part at a time. */
    int shrink(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) { // which as a query would free one page alone
            return statement.executeUpdate("PRAGMA incremental_vacuum(" + FREED_PAGES + ")");
        }
    }
}
