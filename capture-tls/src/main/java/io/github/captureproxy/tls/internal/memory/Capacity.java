package io.github.captureproxy.tls.internal.memory;

/**
 * How much is remembered, of each kind.
 *
 * @param entries the most entries in all
 * @param perAddress the most entries that one client address brings about
 */
public record Capacity(int entries, int perAddress) {
    /** An entry takes about 300 bytes: at most 3 MB of a kind. A browser's day reaches about a thousand hosts. */
    public static final Capacity DEFAULT = new Capacity(10_000, 2_000);
}
