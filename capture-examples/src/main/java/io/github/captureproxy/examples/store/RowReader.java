package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.Tunnel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes rows of the columns. */
final class RowReader {
    private static final double NANOS_PER_MILLI = 1e6;

    private RowReader() {}

    /** The rows with these ids, in their order; those that are gone are left out. */
    static List<Row> read(Connection connection, long[] ids) throws SQLException {
        String sql =
                "SELECT id, pinned, note, " + Column.NAMES + " FROM entry WHERE id IN (SELECT value FROM json_each(?))";
        Map<Long, Row> rows = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, Results.json(ids));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    Row row = row(result);
                    rows.put(row.id(), row);
                }
            }
        }
        List<Row> ordered = new ArrayList<>(ids.length);
        for (long id : ids) {
            Row row = rows.get(id);
            if (row != null) {
                ordered.add(row);
            }
        }
        return ordered;
    }

    private static Row row(ResultSet result) throws SQLException {
        Row.Ending ending = ending(result);
        boolean tunnel = number(result, Column.KIND) == EntryMaker.TUNNEL;
        return new Row(
                result.getLong(1),
                tunnel ? Row.Kind.TUNNEL : Row.Kind.EXCHANGE,
                number(result, Column.TIME),
                target(result, tunnel),
                answer(result),
                number(result, Column.REQUEST_SIZE),
                number(result, Column.RESPONSE_SIZE),
                number(result, Column.DURATION) / NANOS_PER_MILLI,
                timings(result),
                ending,
                source(result),
                tunnel ? Optional.of(tunnel(result, ending)) : Optional.empty(),
                result.getBoolean(2),
                Objects.requireNonNullElse(result.getString(3), ""));
    }

    private static Row.Ending ending(ResultSet result) throws SQLException {
        return new Row.Ending(
                Outcome.Status.valueOf(text(result, Column.OUTCOME)),
                text(result, Column.DETAIL),
                number(result, Column.OK) == 1);
    }

    private static Row.TunnelFacts tunnel(ResultSet result, Row.Ending ending) throws SQLException {
        return new Row.TunnelFacts(
                Tunnel.Reason.valueOf(text(result, Column.REASON)),
                text(result, Column.REASON_DETAIL),
                text(result, Column.HOST),
                ending);
    }

    private static Row.Target target(ResultSet result, boolean tunnel) throws SQLException {
        String path = text(result, Column.PATH) + text(result, Column.QUERY);
        return new Row.Target(
                text(result, Column.METHOD),
                text(result, Column.SCHEME),
                text(result, Column.HOST),
                (int) number(result, Column.PORT),
                tunnel ? "" : path.substring(0, Math.min(path.length(), Row.MAX_PATH)),
                text(result, Column.VERSION));
    }

    private static Row.Answer answer(ResultSet result) throws SQLException {
        String type = text(result, Column.TYPE);
        long marks = number(result, Column.MARKS);
        return new Row.Answer(
                (int) number(result, Column.STATUS),
                type,
                TypeFamily.of(type),
                text(result, Column.UPGRADED),
                (marks & Marks.GRPC) != 0,
                (marks & Marks.GRPC_FAILED) != 0);
    }

    private static Row.Source source(ResultSet result) throws SQLException {
        return new Row.Source(
                number(result, Column.PROXY_ID),
                ClientAddress.shown(text(result, Column.CLIENT), (int) number(result, Column.CLIENT_PORT)),
                text(result, Column.USER),
                text(result, Column.LABEL),
                text(result, Column.PROCESS),
                number(result, Column.SESSION));
    }

    private static Timings timings(ResultSet result) throws SQLException {
        return new Timings(
                number(result, Column.BLOCKED),
                number(result, Column.DNS),
                number(result, Column.CONNECT),
                number(result, Column.TLS),
                number(result, Column.SEND),
                number(result, Column.WAIT),
                number(result, Column.RECEIVE));
    }

    private static String text(ResultSet result, Column column) throws SQLException {
        return Objects.requireNonNullElse(result.getString(column.ordinal() + 4), "");
    }

    private static long number(ResultSet result, Column column) throws SQLException {
        return result.getLong(column.ordinal() + 4);
    }
}
