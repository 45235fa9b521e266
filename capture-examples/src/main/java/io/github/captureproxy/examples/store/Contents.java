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
        try (PreparedStatement statement = connection.prepareStatement("SELECT packed FROM content WHERE id = ?")) {
            statement.setLong(1, id);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getBytes(1) : new byte[0];
            }
        }
    }
}
