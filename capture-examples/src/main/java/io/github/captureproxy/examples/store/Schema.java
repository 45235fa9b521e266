package io.github.captureproxy.examples.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;

/** The tables, and how those of older versions become the present ones. A step that was ever released is never changed. */
final class Schema {
    /** Marks the file as one of this program's, from its first table on: "capx". */
    static final int APPLICATION_ID = 0x63617078;

    /** What makes version n + 1 of version n; the first makes version 1 of an empty file. */
    private static final List<String> STEPS = List.of(
            """
            CREATE TABLE entry(
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              kind INTEGER NOT NULL, listed INTEGER NOT NULL, time INTEGER NOT NULL, session INTEGER NOT NULL,
              status INTEGER NOT NULL, ok INTEGER NOT NULL, marks INTEGER NOT NULL, port INTEGER NOT NULL,
              request_size INTEGER NOT NULL, response_size INTEGER NOT NULL, duration INTEGER NOT NULL,
              pinned INTEGER NOT NULL DEFAULT 0,
              method TEXT NOT NULL, scheme TEXT NOT NULL, host TEXT NOT NULL, type TEXT NOT NULL,
              outcome TEXT NOT NULL, client TEXT NOT NULL, label TEXT NOT NULL, user TEXT NOT NULL,
              request_type TEXT NOT NULL, family TEXT NOT NULL,
              path TEXT NOT NULL, query TEXT NOT NULL, url TEXT NOT NULL,
              client_port INTEGER NOT NULL, process TEXT NOT NULL, detail TEXT NOT NULL, upgraded TEXT NOT NULL,
              reason TEXT NOT NULL, reason_detail TEXT NOT NULL, version TEXT NOT NULL, proxy_id INTEGER NOT NULL,
              blocked INTEGER NOT NULL, dns INTEGER NOT NULL, connect INTEGER NOT NULL, tls INTEGER NOT NULL,
              send INTEGER NOT NULL, wait INTEGER NOT NULL, receive INTEGER NOT NULL,
              note TEXT NOT NULL DEFAULT '');
            CREATE INDEX entry_time ON entry(time);
            CREATE INDEX entry_session ON entry(session);
            CREATE INDEX entry_pinned ON entry(pinned) WHERE pinned = 1;
            CREATE TABLE content(id INTEGER PRIMARY KEY, packed BLOB NOT NULL);
            CREATE TABLE client(address TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
            CREATE TABLE session(
              id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, target TEXT NOT NULL, state TEXT NOT NULL,
              created INTEGER NOT NULL, running_since INTEGER NOT NULL, total INTEGER NOT NULL);
            CREATE TABLE fact(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
            INSERT INTO fact VALUES('indexed', 0);
            CREATE VIRTUAL TABLE search USING fts5(
              text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
            """,
            // When a row was recorded, which for an imported one is later than when it happened: its age counts from
            // then.
            """
            ALTER TABLE entry ADD COLUMN recorded INTEGER NOT NULL DEFAULT 0;
            UPDATE entry SET recorded = time;
            CREATE INDEX entry_recorded ON entry(recorded);
            """,
            // From which row on exchanges with cookies are marked; writing all the older ones would hold up a start.
            """
            INSERT INTO fact SELECT 'unmarked', coalesce(max(id), 0) FROM entry;
            """,
            // Changes nothing but the version: what is written from here on is packed with a dictionary, and older
            // versions of the program would take it for empty.
            """
            UPDATE fact SET value = value WHERE name = 'indexed';
            """);

    /** The version that this program writes. */
    static final int VERSION = STEPS.size();

    private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*\\n");

    private Schema() {}

    /** Brings the tables to a version, one step after the other, each whole or not at all. */
    static void update(Connection connection, int wanted) throws SQLException {
        for (int version = version(connection); version < wanted; version++) {
            int from = version;
            Transaction.run(connection, () -> step(connection, from));
        }
    }

    private static boolean step(Connection connection, int from) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String part : END_OF_STATEMENT.splitAsStream(STEPS.get(from)).toList()) {
                statement.execute(part);
            }
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            return statement.execute("PRAGMA user_version = " + (from + 1));
        }
    }

    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA user_version")) {
            return result.getInt(1);
        }
    }
}
