package io.github.captureproxy.history;

import io.github.captureproxy.exchange.BodySource;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How much a {@link History} keeps. Past any limit the oldest goes first, counted in {@link HistoryCounts}.
 *
 * @param maxExchanges how many exchanges are kept; 0 keeps none
 * @param maxBytes how many bytes of heap the kept exchanges may weigh: their captured bodies in memory, their heads,
 *     their WebSocket messages, and 1 KiB for each; a body that several exchanges {@linkplain BodySource#isShared share}
 *     once. The newest exchange is kept even if it alone weighs more
 * @param maxAge how long after it was added an exchange is kept; empty for no such limit
 * @param maxTunnels how many ended tunnels are kept; 0 keeps none
 */
public record HistoryLimits(int maxExchanges, long maxBytes, Optional<Duration> maxAge, int maxTunnels) {
    /** Enough for a long test run or some hours at a desk, while a snapshot still copies in microseconds. */
    private static final int DEFAULT_MAX_EXCHANGES = 10_000;

    /** As many as exchanges: a browser opens far fewer. */
    private static final int DEFAULT_MAX_TUNNELS = 10_000;

    /** The default for bytes is never more than this, as an embedded tool's history should not be what fills a heap. */
    private static final long LARGEST_DEFAULT_MAX_BYTES = 256L * 1024 * 1024;

    /**
     * The default for bytes is this part of the heap at most. It leaves the program that embeds the proxy the rest; and it
     * is less than the twentieth of a heap, once that has grown, that G1 has for new objects at the least. When bodies of
     * 100 KiB came in at full speed, a history of more than that could make G1 collect all the time and copy each of them,
     * which took up to ten times as long as to capture it.
     */
    private static final int HEAP_DIVISOR = 32;

    /** Checks the limits. */
    public HistoryLimits {
        Objects.requireNonNull(maxAge, "maxAge");
        check(maxExchanges >= 0, "maxExchanges is " + maxExchanges + ": set it to 0 (keep none) or more");
        check(
                maxBytes > 0,
                "maxBytes is " + maxBytes + ": set it to 1 or more; to keep nothing, set maxExchanges to 0");
        check(
                maxAge.isEmpty() || maxAge.get().compareTo(Duration.ZERO) > 0,
                "maxAge is " + maxAge.orElse(Duration.ZERO) + ": set it to a positive duration, or leave it out");
        check(maxTunnels >= 0, "maxTunnels is " + maxTunnels + ": set it to 0 (keep none) or more");
    }

    /**
     * 10,000 exchanges of a thirty-second part of the maximum heap, at most 256 MiB, of any age; 10,000 tunnels.
     *
     * @return the limits that hold unless others are set
     */
    public static HistoryLimits defaults() {
        long bytes = Math.min(Runtime.getRuntime().maxMemory() / HEAP_DIVISOR, LARGEST_DEFAULT_MAX_BYTES);
        return new HistoryLimits(DEFAULT_MAX_EXCHANGES, bytes, Optional.empty(), DEFAULT_MAX_TUNNELS);
    }

    /**
     * The same limits with another number of exchanges.
     *
     * @param value how many are kept, 0 or more
     * @return a copy
     */
    public HistoryLimits withMaxExchanges(int value) {
        return new HistoryLimits(value, maxBytes, maxAge, maxTunnels);
    }

    /**
     * The same limits with another weight.
     *
     * @param value how many bytes are kept, 1 or more
     * @return a copy
     */
    public HistoryLimits withMaxBytes(long value) {
        return new HistoryLimits(maxExchanges, value, maxAge, maxTunnels);
    }

    /**
     * The same limits with an age.
     *
     * @param value how long an exchange is kept, positive
     * @return a copy
     */
    public HistoryLimits withMaxAge(Duration value) {
        return new HistoryLimits(maxExchanges, maxBytes, Optional.of(value), maxTunnels);
    }

    /**
     * The same limits with another number of tunnels.
     *
     * @param value how many are kept, 0 or more
     * @return a copy
     */
    public HistoryLimits withMaxTunnels(int value) {
        return new HistoryLimits(maxExchanges, maxBytes, maxAge, value);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
