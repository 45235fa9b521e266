package io.github.captureproxy.internal.session;

/** The last few ids that were taken. Any thread. */
final class LastIds {
    /** Far more than end while one thread lists what is under way. */
    private static final int KEPT = 1024;

    /** Ids begin at 1. */
    private final long[] ids = new long[KEPT];

    private int next;

    synchronized void add(long id) {
        ids[next] = id;
        next = (next + 1) % KEPT;
    }

    synchronized boolean has(long id) {
        for (long known : ids) {
            if (known == id) {
                return true;
            }
        }
        return false;
    }
}
