package io.github.captureproxy.exchange;

import java.time.Duration;
import java.util.Optional;

/**
 * How long each phase of an exchange took, as HAR 1.2 defines the phases. All in nanoseconds of one monotonic clock; a
 * negative number means that the phase did not happen: a reused connection has no DNS, connect and TLS.
 *
 * @param blockedNanos waiting for a connection: a place under a limit, or the pool
 * @param dnsNanos resolving the host name
 * @param connectNanos making the connection, TLS included (as in HAR)
 * @param tlsNanos the TLS handshake, contained in connect
 * @param sendNanos from the first byte of the request written to the origin to its last, or to the first byte of the
 *     response if that came before
 * @param waitNanos from then on to the first byte of the final response; zero if it came before the request's end
 * @param receiveNanos from the response's first byte to its last
 */
public record Timings(
        long blockedNanos,
        long dnsNanos,
        long connectNanos,
        long tlsNanos,
        long sendNanos,
        long waitNanos,
        long receiveNanos) {
    /** No phase happened. */
    public static final Timings NONE = new Timings(-1, -1, -1, -1, -1, -1, -1);

    /**
     * The whole exchange: the sum of its phases; TLS counts once, within connect.
     *
     * @return the sum of the phases that happened
     */
    public Duration total() {
        return Duration.ofNanos(positive(blockedNanos)
                + positive(dnsNanos)
                + positive(connectNanos)
                + positive(sendNanos)
                + positive(waitNanos)
                + positive(receiveNanos));
    }

    /**
     * A phase as a duration.
     *
     * @param nanos one of this record's values
     * @return the duration, or empty if the phase did not happen
     */
    public static Optional<Duration> phase(long nanos) {
        return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    private static long positive(long nanos) {
        return Math.max(nanos, 0);
    }
}
