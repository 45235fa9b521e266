package io.github.captureproxy.history;

import java.util.Map;

/**
 * What a {@link CaptureSession} has seen. Only what it is bound to counts, and of that what began while it ran.
 *
 * @param exchanges exchanges that its filter let in
 * @param tunnels tunnels that ended; the filter is about exchanges, and does not concern them
 * @param methods exchanges let in, by request method; at most 1,000 are told apart
 * @param statuses exchanges let in, by the response's status such as {@code 200}; {@code none} without a response
 * @param hosts exchanges let in, by the host that they were meant for; at most 1,000 are told apart
 * @param leftOut exchanges that its filter left out, by the words of the first of {@link ExchangeFilter#parts()} that did
 *     not hold
 * @param dropped exchanges and tunnels that are missing as more came than the session could take: its filter is slower
 *     than the traffic
 * @param waiting exchanges and tunnels that have ended and are not in its history yet, as its filter has not come back from
 *     them or from one before them; not zero only where it is slow or hangs
 * @param unfinished exchanges and tunnels that were under way when it was stopped
 * @param written exchanges that its writer has written
 * @param unwritten exchanges that its writer has not written, as it failed, or was too slow by 64 MiB or at the end
 */
public record SessionCounts(
        long exchanges,
        long tunnels,
        Tally methods,
        Tally statuses,
        Tally hosts,
        Map<String, Long> leftOut,
        long dropped,
        long waiting,
        long unfinished,
        long written,
        long unwritten) {
    /** Copies the map. */
    public SessionCounts {
        leftOut = new Tally(leftOut, 0).counts();
    }

    /**
     * Exchanges let in, by the class of the response's status.
     *
     * @param hundreds the status's first digit: 4 for 4xx
     * @return their number
     */
    public long statusClass(int hundreds) {
        return statuses.counts().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(String.valueOf(hundreds)))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Exchanges that the filter left out.
     *
     * @return their number, whatever the part
     */
    public long leftOutInAll() {
        return leftOut.values().stream().mapToLong(Long::longValue).sum();
    }
}
