package io.github.captureproxy.tls.load;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** The heap that is in use after collections. */
final class LiveHeap {
    /** References that a collection clears let go of more in the next one. */
    private static final int COLLECTIONS = 4;

    private LiveHeap() {}

    static long bytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
