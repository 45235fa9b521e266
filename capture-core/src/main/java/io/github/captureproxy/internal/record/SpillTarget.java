package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.BodySource;

/**
 * Where the bytes of one large body go on to once they are too many for memory. Used by one thread at a time; exactly
 * one of {@link #finish} and {@link #discard} ends it. None of its methods may block: they are called on the threads
 * that carry the traffic.
 */
public interface SpillTarget {
    /**
     * Hands over the next bytes of the body.
     *
     * @param chunk holds the bytes from its start; it is the target's from now on if it is taken, and is not changed
     * @param length how many there are, 1 or more
     * @return false if they are not taken, because too much is waiting or writing failed: the capture ends before them
     */
    boolean offer(byte[] chunk, int length);

    /**
     * Ends the body.
     *
     * @return the bytes that were taken; readable at once, or after the wait for what is still being written
     */
    BodySource finish();

    /** Drops what was taken. */
    void discard();

    /** Opens a target for each body that grows large. Safe for several threads. */
    @FunctionalInterface
    interface Factory {
        /**
         * Opens a target for a body. Must not block.
         *
         * @return a new target
         */
        SpillTarget open();
    }
}
