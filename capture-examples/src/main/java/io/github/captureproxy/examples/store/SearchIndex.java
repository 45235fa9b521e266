package io.github.captureproxy.examples.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the full-text index behind the rows, which are indexed in the order of their ids: so one number tells how far it
 * has come. For the writer's thread.
 */
final class SearchIndex {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);

    /** Texts that wait; those past that are made again of what is stored. */
    private static final long MAX_BYTES = 32L << 20;

    /** Rows with so much to read and to index end a step: what waits to be written waits some tenths of a second. */
    private static final long MAX_STEP = 4L << 20;

    private final Connection connection;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long bytes;
    private long indexed;

    /** A row's text, until it is indexed; in the order of ids, some of which may be missing. */
    private record Waiting(long id, byte[] text) {}

    SearchIndex(Connection connection) throws SQLException {
        this.connection = connection;
        this.indexed = Database.number(connection, "SELECT value FROM fact WHERE name = 'indexed'");
    }

    /** Takes note of a row that was written. */
    void add(long id, byte[] text) {
        if (bytes < MAX_BYTES) {
            waiting.add(new Waiting(id, text));
            bytes += text.length;
        }
    }

    /** All up to this id are indexed. */
    long indexed() {
        return indexed;
    }

    /**
     * Indexes the next rows, at most so many, and of long ones fewer, in the transaction that is open, and runs something
     * after each; says up to which id all is indexed then.
     */
    long step(int most, long latest, Runnable between) throws SQLException {
        Texts texts = new Texts();
        long last = indexed;
        int count = 0;
        try (PreparedStatement next =
                        connection.prepareStatement("SELECT id, kind FROM entry WHERE id > ? ORDER BY id LIMIT ?");
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO search(rowid, text) VALUES(?, CAST(? AS TEXT))")) {
            next.setLong(1, indexed);
            next.setInt(2, most);
            try (ResultSet rows = next.executeQuery()) {
                while (texts.size < MAX_STEP && rows.next()) {
                    last = rows.getLong(1);
                    byte[] text = texts.of(last, rows.getInt(2) == EntryMaker.EXCHANGE);
                    insert.setLong(1, last);
                    insert.setBytes(2, text);
                    insert.executeUpdate();
                    count++;
                    between.run();
                }
            }
        }
        boolean all = count < most && texts.size < MAX_STEP;
        long done = all ? latest : last; // Rows that were deleted meanwhile need no index.
        progress(done);
        return done;
    }

    private void progress(long done) throws SQLException {
        try (PreparedStatement progress =
                connection.prepareStatement("UPDATE fact SET value = ? WHERE name = 'indexed'")) {
            progress.setLong(1, done);
            progress.executeUpdate();
        }
    }

    /** The transaction was committed. */
    void done(long id) {
        indexed = id;
        while (!waiting.isEmpty() && waiting.element().id() <= id) {
            bytes -= waiting.remove().text().length;
        }
    }

    /** The texts of rows in the order of their ids; none of them is forgotten, as what is written may yet fail. */
    private final class Texts {
        private final Iterator<Waiting> known = waiting.iterator();
        private @Nullable Waiting next;
        private long size;

        byte[] of(long id, boolean exchange) throws SQLException {
            while ((next == null || next.id() < id) && known.hasNext()) {
                next = known.next();
            }
            byte[] text = next != null && next.id() == id ? next.text() : stored(id, exchange);
            size += text.length;
            return text;
        }

        private byte[] stored(long id, boolean exchange) throws SQLException {
            byte[] packed = Contents.read(connection, id);
            size += packed.length;
            try {
                return exchange
                        ? SearchText.of(Unpacked.exchange(packed, id))
                        : SearchText.of(Unpacked.tunnel(packed, id));
            } catch (StoreException e) {
                LOG.warn("row {} can't be read, and so not be searched for", id, e);
                return new byte[0];
            }
        }
    }
}
