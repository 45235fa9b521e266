package io.github.captureproxy.history;

/**
 * What a {@link History} has taken in and let go since it was made. What {@link History#clear()} forgets counts as
 * neither kind of eviction.
 *
 * @param added exchanges that were added
 * @param evictedByCount exchanges that went because there were more than {@link HistoryLimits#maxExchanges()}
 * @param evictedByBytes exchanges that went because they weighed more than {@link HistoryLimits#maxBytes()} together
 * @param evictedByAge exchanges that went because they were older than {@link HistoryLimits#maxAge()}
 * @param tunnelsAdded tunnels that were added
 * @param tunnelsEvicted tunnels that went because there were more than {@link HistoryLimits#maxTunnels()}
 * @param bytesHeld what the exchanges held now weigh, in bytes; a body that several of them share counts once
 */
public record HistoryCounts(
        long added,
        long evictedByCount,
        long evictedByBytes,
        long evictedByAge,
        long tunnelsAdded,
        long tunnelsEvicted,
        long bytesHeld) {
    /**
     * How many exchanges are missing for any limit's sake.
     *
     * @return the sum of the three kinds of eviction
     */
    public long evicted() {
        return evictedByCount + evictedByBytes + evictedByAge;
    }
}
