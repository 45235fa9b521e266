package io.github.captureproxy.tls.internal.leaf;

import java.time.Instant;
import java.util.Objects;

/**
 * Something made for a name, and when it is good for use.
 *
 * @param value what was made
 * @param from the first moment
 * @param until the moment from which another one is to be made
 * @param <V> what it is
 */
public record Made<V>(V value, Instant from, Instant until) {
    /** Checks that nothing is missing. */
    public Made {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
    }

    boolean isGoodAt(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }
}
