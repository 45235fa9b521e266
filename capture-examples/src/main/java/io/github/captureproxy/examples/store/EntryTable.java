package io.github.captureproxy.examples.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Writes and deletes rows, by the writer's connection. For the writer's thread. */
final class EntryTable {
    private static final int MAX_NOTE = 10_000;

    private static final String INSERT =
            "INSERT INTO entry(id, recorded, " + Column.NAMES + ") VALUES(?, ?, " + Column.MARKS_FOR_ALL + ")";

    private final Connection connection;
    private final KnownClients clients;
    private final Clock clock;
    private final List<String> newClients = new ArrayList<>();
    private long lastId;

    EntryTable(Connection connection, KnownClients clients, Clock clock) throws SQLException {
        this.connection = connection;
        this.clients = clients;
        this.clock = clock;
        this.lastId = Math.max(
                Database.number(connection, "SELECT max(id) FROM entry"),
                Database.number(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'entry'"));
        try (Statement statement = connection.createStatement();
                ResultSet known = statement.executeQuery("SELECT address, bytes FROM client")) {
            while (known.next()) {
                clients.add(known.getString(1), known.getBytes(2));
            }
        }
    }

    /** The highest id that was ever given. */
    long lastId() {
        return lastId;
    }

    /** What was inserted since the last commit will stay. */
    void committed() {
        newClients.clear();
    }

    /** What was inserted since the last commit is gone: its ids are given again. */
    void rolledBack(long lastCommitted) {
        lastId = lastCommitted;
        newClients.forEach(clients::remove);
        newClients.clear();
    }

    /**
     * Writes rows, which get ids one after the other, and runs something after each. A statement that failed is of no use any
     * more: each batch has its own.
     */
    void insert(List<Entry> entries, Runnable between) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(INSERT);
                PreparedStatement content =
                        connection.prepareStatement("INSERT INTO content(id, packed) VALUES(?, ?)")) {
            for (Entry entry : entries) {
                long id = lastId + 1;
                insert(row, id, entry);
                content.setLong(1, id);
                content.setBytes(2, entry.packed());
                content.executeUpdate();
                client(entry);
                lastId = id;
                between.run();
            }
        }
    }

    private void insert(PreparedStatement row, long id, Entry entry) throws SQLException {
        row.setLong(1, id);
        row.setLong(2, clock.millis());
        Object[] values = entry.values();
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof String text) { // which the driver's setObject looks for last
                row.setString(i + 3, text);
            } else {
                row.setObject(i + 3, values[i]);
            }
        }
        row.executeUpdate();
    }

    private void client(Entry entry) throws SQLException {
        String address = (String) entry.value(Column.CLIENT);
        if (entry.clientAddress().length == 0 || !clients.add(address, entry.clientAddress())) {
            return;
        }
        newClients.add(address);
        try (PreparedStatement known = connection.prepareStatement("INSERT OR IGNORE INTO client VALUES(?, ?)")) {
            known.setString(1, address);
            known.setBytes(2, entry.clientAddress());
            known.executeUpdate();
        }
    }

    /** Deletes the rows that a query of ids finds, with all that belongs to them; says how many they were. */
    int delete(Sql ids) throws SQLException {
        update(new Sql("DELETE FROM search WHERE rowid IN (" + ids.text() + ")", ids.values()));
        update(new Sql("DELETE FROM content WHERE id IN (" + ids.text() + ")", ids.values()));
        return update(new Sql("DELETE FROM entry WHERE id IN (" + ids.text() + ")", ids.values()));
    }

    boolean pin(long id, boolean pinned) throws SQLException {
        return update(Sql.of("UPDATE entry SET pinned = ? WHERE id = ?", pinned ? 1 : 0, id)) > 0;
    }

    boolean note(long id, String text) throws SQLException {
        String kept = text.substring(0, Math.min(text.length(), MAX_NOTE));
        return update(Sql.of("UPDATE entry SET note = ? WHERE id = ?", kept, id)) > 0;
    }

    private int update(Sql sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            sql.bind(statement, 1);
            return statement.executeUpdate();
        }
    }
}
