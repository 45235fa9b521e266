package io.github.captureproxy.internal.record;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The bodies that were captured last, so that one which comes again need not be kept twice: apps poll, tests fetch the
 * same fixtures, browsers without a cache the same scripts. There is one for each length in bytes, or rather for each
 * remainder of it. They are held weakly: one that no exchange holds any more is gone. Safe for any thread.
 */
final class RecentBodies {
    /** What is smaller takes up less than the rest of its exchange. */
    static final long MIN_BYTES = 4 * 1024;

    /** What is larger would have too much to copy at once where it differs near its end. */
    static final long MAX_BYTES = 1024 * 1024;

    /** A prime, as the lengths of what programs make up are often multiples of a power of two. */
    private static final int SLOTS = 509;

    private final AtomicReferenceArray<@Nullable WeakReference<MemorySource>> slots = new AtomicReferenceArray<>(SLOTS);

    /** Tells if bodies of a length are remembered. */
    static boolean areOf(long length) {
        return length >= MIN_BYTES && length <= MAX_BYTES;
    }

    /** The last body of this length, if it is still there. */
    @Nullable
    MemorySource ofLength(long length) {
        WeakReference<MemorySource> slot = slots.getAcquire(slot(length));
        MemorySource last = slot == null ? null : slot.get();
        return last != null && last.length() == length ? last : null;
    }

    /** Remembers a whole body, unless the last one of its length was the same; returns the one to keep. */
    MemorySource share(MemorySource body) {
        MemorySource last = ofLength(body.length());
        if (last != null && new Repetition(last).takes(body)) {
            return last;
        }
        remember(body);
        return body;
    }

    /** Remembers a whole body in place of the last one of its length. */
    void remember(MemorySource body) {
        slots.setRelease(slot(body.length()), new WeakReference<>(body));
    }

    private static int slot(long length) {
        return (int) (length % SLOTS);
    }
}
