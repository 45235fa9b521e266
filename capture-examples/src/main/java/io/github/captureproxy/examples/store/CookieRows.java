package io.github.captureproxy.examples.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds the exchanges that have to do with cookies, without reading them. */
final class CookieRows {
    /** Those from before there was a mark may have to do with them. */
    private static final String LATEST = "SELECT id FROM entry WHERE marks & " + Marks.COOKIES
            + " <> 0 OR kind = 0 AND id <= (SELECT value FROM fact WHERE name = 'unmarked')"
            + " ORDER BY time DESC, id DESC LIMIT ?";

    private CookieRows() {}

    /** The ids of the latest ones, by time. */
    static List<Long> latest(Connection connection, int limit) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LATEST)) {
            statement.setInt(1, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        Collections.reverse(ids);
        return ids;
    }
}
