package io.github.captureproxy.examples.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the full-text index behind the rows, when nothing else is to be written: that takes longer than writing the rows.
 * Rows are indexed in the order of their ids, so one number tells how far it has come. For the writer's thread.
 */
final class SearchIndex {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);

    /** Texts that wait; those past that are made again of what is stored. */
    private static final long MAX_BYTES = 32L << 20;

    /** Rows with so much text end a step: what waits for it to be written waits some tenths of a second at most. */
    private static final long MAX_STEP = 4L << 20;

    private final Connection connection;
    private final Map<Long, String> texts = new HashMap<>();
    private long bytes;
    private long indexed;

    SearchIndex(Connection connection) throws SQLException {
        this.connection = connection;
        this.indexed = Database.number(connection, "SELECT value FROM fact WHERE name = 'indexed'");
    }

    /** Takes note of a row that was written. */
    void add(long id, String text) {
        if (bytes < MAX_BYTES) {
            texts.put(id, text);
            bytes += 2L * text.length();
        }
    }

    /** All up to this id are indexed. */
    long indexed() {
        return indexed;
    }

    /** Indexes the next rows, at most so many, and of long ones fewer, in the transaction that is open; says up to which id all is indexed then. */
    long step(int most, long latest) throws SQLException {
        long last = indexed;
        int count = 0;
        long characters = 0;
        try (PreparedStatement next =
                        connection.prepareStatement("SELECT id, kind FROM entry WHERE id > ? ORDER BY id LIMIT ?");
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO search(rowid, text) VALUES(?, ?)")) {
            next.setLong(1, indexed);
            next.setInt(2, most);
            try (ResultSet rows = next.executeQuery()) {
                while (characters < MAX_STEP && rows.next()) {
                    last = rows.getLong(1);
                    String text = text(last, rows.getInt(2) == 0);
                    characters += text.length();
                    insert.setLong(1, last);
                    insert.setString(2, text);
                    insert.executeUpdate();
                    count++;
                }
            }
        }
        boolean all = count < most && characters < MAX_STEP;
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
        if (!texts.isEmpty()) {
            texts.keySet().removeIf(known -> known <= id);
            bytes = texts.values().stream()
                    .mapToLong(text -> 2L * text.length())
                    .sum();
        }
    }

    private String text(long id, boolean exchange) throws SQLException {
        String known = texts.get(id);
        if (known != null) {
            return known;
        }
        byte[] packed = Contents.read(connection, id);
        try {
            return exchange ? SearchText.of(Unpacked.exchange(packed, id)) : SearchText.of(Unpacked.tunnel(packed, id));
        } catch (StoreException e) {
            LOG.warn("row {} can't be read, and so not be searched for", id, e);
            return "";
        }
    }
}
