package io.github.captureproxy.examples.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Opens connections to the database: one that writes, and those that read. */
final class Database {
    private static final int BUSY_MILLIS = 5_000;

    /** Pages of 4 KiB in the log before they are moved into the database: fewer moves while much is written. */
    private static final int LOG_PAGES = 4_000;

    /** To what the log shrinks after that. */
    private static final int LOG_BYTES = 64 << 20;

    /** Kibibytes of pages that the writer keeps: the ends of the indexes. Readers have less, as the system keeps files. */
    private static final int WRITER_CACHE = 16 << 10;

    private static final int READER_CACHE = 4 << 10;

    /** Else the driver asks for the key of each row after it is inserted, which takes longer than inserting it. */
    private static final Properties QUIET = new Properties();

    static {
        QUIET.setProperty("jdbc.get_generated_keys", "false");
    }

    private final StoreFile file;

    Database(StoreFile file) {
        this.file = file;
    }

    /** Opens it for writing, and brings its tables up to date. */
    Connection openWriter() {
        try {
            Connection connection = connect();
            try {
                check(connection);
                pragma(connection, "auto_vacuum = INCREMENTAL");
                pragma(connection, "journal_mode = WAL");
                pragma(
                        connection,
                        "synchronous = NORMAL"); // What is in the log survives the process; a power cut may take the
                // last moments.
                pragma(connection, "wal_autocheckpoint = " + LOG_PAGES);
                pragma(connection, "journal_size_limit = " + LOG_BYTES);
                pragma(connection, "cache_size = -" + WRITER_CACHE);
                Schema.update(connection, Schema.VERSION);
                return connection;
            } catch (SQLException | StoreException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreException("the history " + file.path() + " cannot be opened: " + Problems.whenOpened(e), e);
        }
    }

    Connection openReader() throws SQLException {
        Connection connection = connect();
        pragma(connection, "cache_size = -" + READER_CACHE);
        pragma(connection, "query_only = ON");
        return connection;
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.path(), QUIET);
        pragma(connection, "busy_timeout = " + BUSY_MILLIS);
        return connection;
    }

    private void check(Connection connection) throws SQLException {
        int version = Schema.version(connection);
        if (version > Schema.VERSION) {
            throw new StoreException(
                    "the history " + file.path() + " was written by a later version of this program (its"
                            + " tables have version " + version + ", known is " + Schema.VERSION
                            + "): use that one, or name another file");
        }
        boolean foreign = number(connection, "PRAGMA application_id") != Schema.APPLICATION_ID
                && number(connection, "SELECT count(*) FROM sqlite_schema") > 0;
        if (foreign) {
            throw new StoreException("the file " + file.path() + " is another program's database: name another file");
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private static void pragma(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA " + setting);
        }
    }
}
