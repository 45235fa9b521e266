package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * A history in a database file. It outlives the process: one that is killed loses what it recorded in the last fraction of
 * a second. Safe for any thread. The file holds all that was sent, secrets included, and is its owner's alone.
 *
 * <p>Questions throw a {@link StoreException} if the file cannot be read, and an
 * {@link io.github.captureproxy.history.FilterSyntaxException} if a query's filter can't.
 */
public final class HistoryStore implements AutoCloseable {
    private final StoreFile file;
    private final EntryMaker entries;
    private final Changes changes = new Changes();
    private final KnownClients clients = new KnownClients();
    private final Writer writer;
    private final Readers readers;
    private final Results results;
    private final StoredSessions sessions;

    private HistoryStore(StoreFile file, StoreLimits limits, Clock clock, Duration retry) throws SQLException {
        this.file = file;
        this.entries = new EntryMaker(limits.maxBodyBytes());
        Database database = new Database(file);
        Connection connection = database.openWriter();
        try {
            this.writer = new Writer(connection, clients, new Retention(limits, clock), changes, retry);
            this.readers = new Readers(database);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        this.results = new Results(readers, changes, clients);
        this.sessions = new StoredSessions(writer, readers, changes, clock);
        writer.start(readers::areBusy);
        sessions.recover();
    }

    /**
     * Opens a history, or makes one.
     *
     * @param file the database; its folder is made, too
     * @param limits how much it keeps
     * @return the open store, to be closed
     * @throws StoreException if the file is no history, was written by a later version, is in use by another process, or
     *     cannot be read or written; the message names it, and what would mend it
     */
    public static HistoryStore open(Path file, StoreLimits limits) {
        return open(file, limits, Clock.systemUTC(), Writer.RETRY);
    }

    static HistoryStore open(Path file, StoreLimits limits, Clock clock, Duration retry) {
        StoreFile locked = StoreFile.open(file);
        try {
            return new HistoryStore(locked, limits, clock, retry);
        } catch (SQLException | StoreException e) {
            closeAfter(e, locked);
            throw e instanceof StoreException known
                    ? known
                    : new StoreException("the history " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static void closeAfter(Exception cause, StoreFile file) {
        try {
            file.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Records an exchange: it is written soon after. Its bodies are read then; if they are in files of their own, those have
     * to stay until {@link #flush()} returns. Waits while very much is on its way to the file, and never throws: what cannot
     * be recorded is counted.
     *
     * @param exchange the exchange
     * @param from where it came from
     */
    public void record(Exchange exchange, RecordedFrom from) {
        try {
            writer.write(entries.draft(exchange, from));
        } catch (IOException | RuntimeException e) {
            writer.lost(e);
        }
    }

    /**
     * Records a tunnel, as {@link #record(Exchange, RecordedFrom)} does exchanges.
     *
     * @param tunnel the tunnel
     * @param from where it came from
     */
    public void record(Tunnel tunnel, RecordedFrom from) {
        writer.write(entries.draft(tunnel, from));
    }

    /**
     * Begins to record exchanges that come from elsewhere, many at once.
     *
     * @param from where they come from
     * @return what takes them, to be closed
     */
    public Importing importing(RecordedFrom from) {
        return new Importing(entries, writer, from);
    }

    /** As if the disk were full when the file has so many pages of 4 KiB more; for tests. */
    void limitFile(long pages) {
        writer.run((connection, table) -> Database.number(
                connection, "PRAGMA max_page_count = " + (Database.number(connection, "PRAGMA page_count") + pages)));
    }

    /** Deletes now what is too old or too much, and gives its room back; else that is done now and then. */
    void cleanUp() {
        writer.cleanUp();
    }

    /** Waits until all that was handed over before is in the file, or counted as not recorded. */
    public void flush() {
        writer.run((connection, table) -> true);
    }

    /**
     * A window of a list.
     *
     * @param query which rows, and in which order
     * @param offset how many of them come before the window
     * @param limit how many it has at most
     * @return the window
     */
    public RowPage rows(RowQuery query, int offset, int limit) {
        Found found = results.find(query);
        List<Row> rows = readers.ask(connection -> RowReader.read(connection, found.slice(offset, limit)));
        boolean complete = found.complete() && (query.search().isBlank() || changes.unindexed() == 0);
        return new RowPage(changes.rows(), found.ids().length, found.upTo(), complete, rows);
    }

    /**
     * Where a row stands in a list.
     *
     * @param query which rows, and in which order
     * @param rowId the row
     * @return its place from 0; -1 if the query does not mean it
     */
    public int indexOf(RowQuery query, long rowId) {
        return results.find(query).indexOf(rowId);
    }

    /**
     * The ids of all rows that a query means, for an action on all of them. Waits until all were looked at.
     *
     * @param query which rows, and in which order
     * @return their ids in order
     */
    public long[] ids(RowQuery query) {
        Found found = results.findAll(query);
        return found.slice(0, found.ids().length);
    }

    /**
     * One row.
     *
     * @param rowId its id
     * @return the row, if there is one
     */
    public Optional<Row> row(long rowId) {
        return rows(new long[] {rowId}).stream().findFirst();
    }

    /**
     * Some rows.
     *
     * @param rowIds their ids
     * @return the rows in the ids' order; those that are gone are left out
     */
    public List<Row> rows(long[] rowIds) {
        return readers.ask(connection -> RowReader.read(connection, rowIds));
    }

    /**
     * What there is of each host.
     *
     * @param query which rows; the order does not matter
     * @return the hosts by name, at most 5,000: those with the most rows
     */
    public List<HostSum> hosts(RowQuery query) {
        Scope scope = scope(query);
        return readers.ask(scope.tests(), connection -> HostSums.read(connection, scope.where()));
    }

    /**
     * The traffic in numbers.
     *
     * @param query which rows; the order does not matter
     * @return the numbers
     */
    public Overview overview(RowQuery query) {
        Scope scope = scope(query);
        return readers.ask(scope.tests(), connection -> Overviews.read(connection, scope.where()));
    }

    private Scope scope(RowQuery query) {
        return Scope.of(Plan.of(query, clients), results, query);
    }

    /**
     * An exchange with all that is known of it.
     *
     * @param rowId the id of its row
     * @return the exchange; empty if there is none, or the row is a tunnel's
     */
    public Optional<Exchange> exchange(long rowId) {
        return packed(rowId, Row.Kind.EXCHANGE).map(packed -> Unpacked.exchange(packed, rowId));
    }

    /**
     * A tunnel with all that is known of it.
     *
     * @param rowId the id of its row
     * @return the tunnel; empty if there is none, or the row is an exchange's
     */
    public Optional<Tunnel> tunnel(long rowId) {
        return packed(rowId, Row.Kind.TUNNEL).map(packed -> Unpacked.tunnel(packed, rowId));
    }

    private Optional<byte[]> packed(long id, Row.Kind kind) {
        return Optional.of(readers.ask(connection -> Contents.read(connection, id, kind)))
                .filter(packed -> packed.length > 0);
    }

    /**
     * The exchanges that a query means, read as the stream goes on: a few are in memory at a time. What is deleted meanwhile
     * is left out.
     *
     * @param query which rows, and in which order; tunnels are left out
     * @return a sequential stream
     */
    public Stream<Exchange> exchanges(RowQuery query) {
        return Arrays.stream(ids(query)).boxed().flatMap(id -> exchange(id).stream());
    }

    /**
     * The exchanges of some rows, read as the stream goes on.
     *
     * @param rowIds the rows, in order; tunnels, and those that are gone, are left out
     * @return a sequential stream
     */
    public Stream<Exchange> exchanges(List<Long> rowIds) {
        return List.copyOf(rowIds).stream().flatMap(id -> exchange(id).stream());
    }

    /**
     * The latest exchanges that send or set cookies. Those that an earlier version of the program wrote count as such.
     *
     * @param limit how many at most
     * @return the ids of their rows, by time
     */
    public List<Long> withCookies(int limit) {
        return readers.ask(connection -> CookieRows.latest(connection, limit));
    }

    /**
     * The sessions.
     *
     * @return the same ones at each call
     */
    public StoredSessions sessions() {
        return sessions;
    }

    /**
     * Deletes what a query means, but for pinned rows.
     *
     * @param query which rows; the order does not matter
     * @return how many were deleted
     */
    public int clear(RowQuery query) {
        String ids = Results.json(ids(query));
        return delete(Sql.of("SELECT id FROM entry WHERE pinned = 0 AND id IN (SELECT value FROM json_each(?))", ids));
    }

    /**
     * Deletes everything but pinned rows and sessions.
     *
     * @return how many rows were deleted
     */
    public int clear() {
        return delete(Sql.of("SELECT id FROM entry WHERE pinned = 0"));
    }

    /**
     * Deletes some rows, pinned ones, too.
     *
     * @param rowIds the rows; those that are gone don't matter
     * @return how many were deleted
     */
    public int delete(List<Long> rowIds) {
        long[] ids = rowIds.stream().mapToLong(Long::longValue).toArray();
        return delete(Sql.of("SELECT value FROM json_each(?)", Results.json(ids)));
    }

    private int delete(Sql ids) {
        int deleted = writer.run((connection, table) -> table.delete(ids));
        changes.removed(deleted);
        return deleted;
    }

    /**
     * Keeps a row whatever its age, or lets it go with the others.
     *
     * @param rowId the row
     * @param pinned true to keep it
     * @return false if there is no such row
     */
    public boolean pin(long rowId, boolean pinned) {
        return altered(writer.run((connection, table) -> table.pin(rowId, pinned)));
    }

    /**
     * Writes a note beside a row.
     *
     * @param rowId the row
     * @param text the note, of which 10,000 characters are kept; empty for none
     * @return false if there is no such row
     */
    public boolean note(long rowId, String text) {
        return altered(writer.run((connection, table) -> table.note(rowId, text)));
    }

    private boolean altered(boolean changed) {
        if (changed) {
            changes.altered();
        }
        return changed;
    }

    /**
     * Hears of changes: rows that came or went, sessions, the index, the state. Several may be told of at once.
     *
     * @param listener gets the highest row id; on a thread of the store, so it must be quick and ask the store nothing
     * @return what ends that
     */
    public Registration onChange(LongConsumer listener) {
        changes.listen(listener);
        return () -> changes.forget(listener);
    }

    /** A listener that can be taken off. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        /** Takes it off; a call that has begun goes on. */
        @Override
        void close();
    }

    /**
     * How it is doing.
     *
     * @return the state at this moment
     */
    public StoreState state() {
        return new StoreState(
                changes.rows(),
                changes.latest(),
                file.size(),
                changes.unindexed(),
                writer.problem(),
                writer.notRecorded());
    }

    /** Writes what was handed over, and lets the file go. What is recorded later is counted as lost. */
    @Override
    public void close() {
        try {
            results.close();
            writer.close();
            readers.close();
        } catch (SQLException e) {
            throw new StoreException("the history " + file.path() + " cannot be closed: " + e.getMessage(), e);
        } finally {
            unlock();
        }
    }

    private void unlock() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of " + file.path() + " cannot be let go", e);
        }
    }
}
