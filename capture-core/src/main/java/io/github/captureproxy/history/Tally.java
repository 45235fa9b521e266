package io.github.captureproxy.history;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each of several things was seen.
 *
 * @param counts the numbers by what was counted, in the order in which it was first seen; unmodifiable
 * @param others how often anything else was seen, once there were as many different things as are told apart
 */
public record Tally(Map<String, Long> counts, long others) {
    /** Copies the map. */
    public Tally {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    /**
     * How often one thing was seen.
     *
     * @param name what was counted
     * @return the number; 0 if it was not seen, or came among the others
     */
    public long of(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /**
     * How often anything was seen.
     *
     * @return the sum, the others included
     */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum() + others;
    }
}
