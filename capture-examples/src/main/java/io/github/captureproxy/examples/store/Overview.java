package io.github.captureproxy.examples.store;

import java.util.List;

/**
 * The traffic in numbers, for charts.
 *
 * @param totals all of it
 * @param times requests over time: at most {@link #MAX_BUCKETS}, equally long, from the first to the last, empty ones too
 * @param bucketMillis how long each of them is
 * @param statuses by status class, {@code 1xx} to {@code 9xx} and {@code none}
 * @param hosts the {@link #TOP_HOSTS} with the most exchanges
 * @param types by family of content type
 * @param slowest the {@link #TOP_ROWS} slowest exchanges
 * @param biggest those with the biggest responses
 */
public record Overview(
        Totals totals,
        List<Bucket> times,
        long bucketMillis,
        List<Count> statuses,
        List<Count> hosts,
        List<Count> types,
        List<Row> slowest,
        List<Row> biggest) {
    /** As many bars as a chart has room for. */
    public static final int MAX_BUCKETS = 120;

    /** As many hosts as a chart has room for. */
    public static final int TOP_HOSTS = 12;

    /** As many rows as a short table has. */
    public static final int TOP_ROWS = 10;

    /** Copies the lists. */
    public Overview {
        times = List.copyOf(times);
        statuses = List.copyOf(statuses);
        hosts = List.copyOf(hosts);
        types = List.copyOf(types);
        slowest = List.copyOf(slowest);
        biggest = List.copyOf(biggest);
    }

    /**
     * All of it. Times are in milliseconds.
     *
     * @param exchanges exchanges
     * @param tunnels tunnels
     * @param errors what failed, has a status from 400 on, or is a gRPC call that failed
     * @param requestBytes what was sent in bodies and tunnels
     * @param responseBytes what was received
     * @param millis the sum of the times of exchanges
     * @param firstTime when the first started, since 1970; 0 if there is none
     * @param lastTime when the last started, since 1970; 0 if there is none
     */
    public record Totals(
            int exchanges,
            int tunnels,
            int errors,
            long requestBytes,
            long responseBytes,
            double millis,
            long firstTime,
            long lastTime) {}

    /**
     * A bar of the chart over time.
     *
     * @param time its start, in milliseconds since 1970
     * @param count exchanges and tunnels that started in it
     * @param errors those that failed, have a status from 400 on, or are gRPC calls that failed
     */
    public record Bucket(long time, int count, int errors) {}

    /**
     * How many there are of a kind.
     *
     * @param name the kind
     * @param count exchanges and tunnels
     * @param errors those that failed, have a status from 400 on, or are gRPC calls that failed
     * @param bytes what was received
     */
    public record Count(String name, int count, int errors, long bytes) {}
}
