package io.github.captureproxy.examples.store;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Opens a store in a folder of its own, and closes it. */
abstract class StoreTest {
    @TempDir
    Path folder = Path.of("");

    private @Nullable HistoryStore open;

    Path file() {
        return folder.resolve("history.db");
    }

    HistoryStore open() {
        return open(StoreLimits.defaults(), Clock.systemUTC());
    }

    HistoryStore open(StoreLimits limits, Clock clock) {
        close();
        HistoryStore store = HistoryStore.open(file(), limits, clock, Duration.ZERO);
        open = store;
        return store;
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    static void record(HistoryStore store, int... ids) {
        for (int id : ids) {
            store.record(Stored.exchange(id), RecordedFrom.UNKNOWN);
        }
        store.flush();
    }

    /** Waits until all rows can be searched. */
    static void index(HistoryStore store) {
        while (store.state().unindexed() > 0) {
            store.flush();
        }
    }

    static List<Long> found(HistoryStore store, RowQuery query) {
        return Arrays.stream(store.ids(query)).boxed().toList();
    }
}
