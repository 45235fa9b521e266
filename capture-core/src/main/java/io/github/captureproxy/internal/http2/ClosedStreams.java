package io.github.captureproxy.internal.http2;

import java.util.Arrays;

/** The streams that ended last, and how: frames that were under way when this side reset one are no error. */
final class ClosedStreams {
    /** More than can be under way at once: a peer may have a hundred streams open. */
    private static final int KEPT = 512;

    private int[] ring = new int[8];
    private int count;
    private int next;

    void add(int id, boolean resetHere) {
        if (next == ring.length) {
            if (ring.length < KEPT) {
                ring = Arrays.copyOf(ring, 2 * ring.length);
            } else {
                next = 0;
            }
        }
        ring[next++] = resetHere ? -id : id;
        count = Math.max(count, next);
    }

    /** It ended lately. */
    boolean has(int id) {
        return contains(id) || contains(-id);
    }

    /** It ended lately, because this side reset it. */
    boolean wasResetHere(int id) {
        return contains(-id);
    }

    private boolean contains(int entry) {
        for (int i = 0; i < count; i++) {
            if (ring[i] == entry) {
                return true;
            }
        }
        return false;
    }
}
