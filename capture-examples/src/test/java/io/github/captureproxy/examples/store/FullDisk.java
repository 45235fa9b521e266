package io.github.captureproxy.examples.store;

/** Has a history's disk be full, and free again. */
public final class FullDisk implements AutoCloseable {
    private static final long AMPLE = 100_000;

    private final HistoryStore store;

    private FullDisk(HistoryStore store) {
        this.store = store;
    }

    /** A disk that has room for some pages of 4 KiB more, until this is closed. */
    public static FullDisk under(HistoryStore store, long pages) {
        store.limitFile(pages);
        return new FullDisk(store);
    }

    @Override
    public void close() {
        store.limitFile(AMPLE);
    }
}
