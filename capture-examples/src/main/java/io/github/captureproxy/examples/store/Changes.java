package io.github.captureproxy.examples.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been committed, and who wants to hear of it. Safe for any thread. */
final class Changes {
    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong generation = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private volatile long latest;
    private volatile long indexed;

    void start(long latestId, long indexedId, long count) {
        latest = latestId;
        indexed = Math.min(indexedId, latestId);
        rows.set(count);
    }

    void listen(LongConsumer listener) {
        listeners.add(listener);
    }

    void forget(LongConsumer listener) {
        listeners.remove(listener);
    }

    void added(long latestId, int count) {
        rows.addAndGet(count);
        latest = latestId;
        tell();
    }

    void indexed(long id) {
        indexed = id;
        if (id == latest) {
            tell();
        }
    }

    void removed(int count) {
        rows.addAndGet(-count);
        altered();
    }

    /** Rows are other than they were: what was found before may be wrong. */
    void altered() {
        generation.incrementAndGet();
        tell();
    }

    /** Tells the listeners, on the thread of whoever calls. */
    void tell() {
        for (LongConsumer listener : listeners) {
            try {
                listener.accept(latest);
            } catch (RuntimeException e) {
                LOG.warn("a listener of the history failed", e);
            }
        }
    }

    long latest() {
        return latest;
    }

    long indexed() {
        return indexed;
    }

    long unindexed() {
        return latest - indexed;
    }

    long rows() {
        return rows.get();
    }

    long generation() {
        return generation.get();
    }
}
