package io.github.captureproxy.examples.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads all that is known of a row. */
final class Contents {
    private Contents() {}

    /** The packed bytes; none if the row is gone. */
    static byte[] read(Connection connection, long id) throws SQLException {
        return read(connection, Sql.of("SELECT packed FROM content WHERE id = ?", id));
    }

    /** The same; none if the row is of another kind, too. */
    static byte[] read(Connection connection, long id, Row.Kind kind) throws SQLException {
        String ofKind = "SELECT packed FROM content JOIN entry USING (id) WHERE id = ? AND kind = ?";
        return read(connection, Sql.of(ofKind, id, kind == Row.Kind.TUNNEL ? EntryMaker.TUNNEL : EntryMaker.EXCHANGE));
    }

    private static byte[] read(Connection connection, Sql query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query.text())) {
            query.bind(statement, 1);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getBytes(1) : new byte[0];
            }
        }
    }
}
