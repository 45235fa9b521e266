package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sums by host. */
final class HostSums {
    private static final double NANOS_PER_MILLI = 1e6;

    /** More are not told apart by anybody; those with the least traffic are left out. */
    static final int MAX_HOSTS = 5_000;

    private HostSums() {}

    private static final class Tunnels {
        final Map<Tunnel.Reason, Integer> counts = new EnumMap<>(Tunnel.Reason.class);
        long lastId = -1;
        Optional<HostSum.LastTunnel> last = Optional.empty();
    }

    static List<HostSum> read(Connection connection, Sql where) throws SQLException {
        Map<String, Tunnels> tunnels = tunnels(connection);
        String sql =
                "SELECT host, sum(listed), sum(listed AND " + Plan.ERROR + "), sum(request_size), sum(response_size),"
                        + " sum(iif(kind = 0, duration, 0)), max(time) FROM entry WHERE " + where.text()
                        + " GROUP BY host ORDER BY 2 DESC LIMIT " + MAX_HOSTS;
        List<HostSum> sums = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            where.bind(statement, 1);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sums.add(sum(rows, tunnels.getOrDefault(String.valueOf(rows.getString(1)), new Tunnels())));
                }
            }
        }
        sums.sort(Comparator.comparing(HostSum::host));
        return sums;
    }

    private static HostSum sum(ResultSet row, Tunnels tunnels) throws SQLException {
        return new HostSum(
                String.valueOf(row.getString(1)),
                row.getInt(2),
                row.getInt(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6) / NANOS_PER_MILLI,
                row.getLong(7),
                tunnels.counts,
                tunnels.last);
    }

    /** All tunnels of each host, those included that are not listed. */
    private static Map<String, Tunnels> tunnels(Connection connection) throws SQLException {
        String sql =
                "SELECT host, reason, count(*), max(id), reason_detail, outcome, detail, ok, time FROM entry WHERE kind = 1"
                        + " GROUP BY host, reason";
        Map<String, Tunnels> byHost = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String host = String.valueOf(rows.getString(1));
                Tunnels tunnels = byHost.computeIfAbsent(host, each -> new Tunnels());
                Tunnel.Reason reason = Tunnel.Reason.valueOf(rows.getString(2));
                tunnels.counts.put(reason, rows.getInt(3));
                if (rows.getLong(4) > tunnels.lastId) {
                    tunnels.lastId = rows.getLong(4);
                    tunnels.last = Optional.of(new HostSum.LastTunnel(
                            reason, String.valueOf(rows.getString(5)), rows.getLong(9), Optional.of(ending(rows))));
                }
            }
        }
        return byHost;
    }

    private static Row.Ending ending(ResultSet row) throws SQLException {
        return new Row.Ending(
                Outcome.Status.valueOf(row.getString(6)), String.valueOf(row.getString(7)), row.getBoolean(8));
    }
}
