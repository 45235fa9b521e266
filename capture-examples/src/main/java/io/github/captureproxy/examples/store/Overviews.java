package io.github.captureproxy.examples.store;

import io.github.captureproxy.examples.store.Overview.Bucket;
import io.github.captureproxy.examples.store.Overview.Count;
import io.github.captureproxy.examples.store.Overview.Totals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the numbers for charts. */
final class Overviews {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String SUMS = "count(*), sum(" + Plan.ERROR + "), sum(response_size)";

    private static final Totals NOTHING = new Totals(0, 0, 0, 0, 0, 0, 0, 0);

    private final Connection connection;
    private final Sql where;

    private Overviews(Connection connection, Sql where) {
        this.connection = connection;
        this.where = where;
    }

    /** What is made of the rows of a result. */
    private interface Reading<T> {
        T read(ResultSet rows) throws SQLException;
    }

    static Overview read(Connection connection, Sql where) throws SQLException {
        return new Overviews(connection, where).read();
    }

    private Overview read() throws SQLException {
        Totals totals = ask(
                "SELECT sum(kind = 0), sum(kind = 1), sum(" + Plan.ERROR + "), sum(request_size),"
                        + " sum(response_size), sum(iif(kind = 0, duration, 0)), min(time), max(time)",
                "",
                rows -> rows.next()
                        ? new Totals(
                                rows.getInt(1),
                                rows.getInt(2),
                                rows.getInt(3),
                                rows.getLong(4),
                                rows.getLong(5),
                                rows.getLong(6) / NANOS_PER_MILLI,
                                rows.getLong(7),
                                rows.getLong(8))
                        : NOTHING);
        long length = bucketMillis(totals);
        return new Overview(
                totals,
                times(totals, length),
                length,
                counts("iif(status = 0, 'none', (status / 100) || 'xx')", "ORDER BY 1"),
                counts("host", "ORDER BY 2 DESC LIMIT " + Overview.TOP_HOSTS),
                counts("family", "ORDER BY 2 DESC"),
                top("duration"),
                top("response_size"));
    }

    /** As long as it takes that so many buckets reach from the first to the last. */
    private static long bucketMillis(Totals totals) {
        return (totals.lastTime() - totals.firstTime()) / Overview.MAX_BUCKETS + 1;
    }

    private List<Bucket> times(Totals totals, long length) throws SQLException {
        if (totals.exchanges() + totals.tunnels() == 0) {
            return List.of();
        }
        long first = totals.firstTime();
        Map<Long, Bucket> filled =
                ask("SELECT (time - " + first + ") / " + length + ", " + SUMS, "GROUP BY 1", rows -> {
                    Map<Long, Bucket> byPlace = new HashMap<>();
                    while (rows.next()) {
                        long time = first + rows.getLong(1) * length;
                        byPlace.put(rows.getLong(1), new Bucket(time, rows.getInt(2), rows.getInt(3)));
                    }
                    return byPlace;
                });
        List<Bucket> all = new ArrayList<>();
        for (long place = 0; place < Overview.MAX_BUCKETS && first + place * length <= totals.lastTime(); place++) {
            all.add(filled.getOrDefault(place, new Bucket(first + place * length, 0, 0)));
        }
        return all;
    }

    private List<Count> counts(String what, String order) throws SQLException {
        return ask("SELECT " + what + ", " + SUMS, "GROUP BY 1 " + order, rows -> {
            List<Count> counts = new ArrayList<>();
            while (rows.next()) {
                counts.add(
                        new Count(String.valueOf(rows.getString(1)), rows.getInt(2), rows.getInt(3), rows.getLong(4)));
            }
            return counts;
        });
    }

    private List<Row> top(String column) throws SQLException {
        LongList ids = new LongList();
        ask("SELECT id", "AND kind = 0 ORDER BY " + column + " DESC LIMIT " + Overview.TOP_ROWS, rows -> {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        });
        return RowReader.read(connection, ids.toArray());
    }

    private <T> T ask(String select, String rest, Reading<T> reading) throws SQLException {
        String sql = select + " FROM entry WHERE " + where.text() + " " + rest;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            where.bind(statement, 1);
            try (ResultSet rows = statement.executeQuery()) {
                return reading.read(rows);
            }
        }
    }
}
