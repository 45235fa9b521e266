package io.github.captureproxy.examples.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes from elsewhere takes turns with what is captured, and with what a person does. */
@Timeout(60)
class ImportingTest extends StoreTest {
    private static final RecordedFrom FROM = RecordedFrom.UNKNOWN;

    @Test
    void anImportIsWrittenInSmallTurns() throws IOException {
        HistoryStore store = open();
        ConcurrentLinkedQueue<Long> latest = new ConcurrentLinkedQueue<>(List.of(0L));
        store.onChange(latest::add);
        try (Importing importing = store.importing(FROM)) {
            for (int id = 1; id <= 1_050; id++) {
                importing.add(Stored.exchange(id));
            }
            assertThat(importing.written()).isEqualTo(1_000);
        }

        List<Long> seen = List.copyOf(latest);
        for (int i = 1; i < seen.size(); i++) {
            assertThat(seen.get(i) - seen.get(i - 1)).isBetween(0L, (long) Importing.TURN);
        }
        assertThat(seen.get(seen.size() - 1)).isEqualTo(1_050);
    }

    @Test
    void whatAPersonDoesAndWhatIsCapturedGoesAheadOfALongImport() throws Exception {
        HistoryStore store = open();
        record(store, 1);
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        Thread thread = new Thread(() -> importUntil(enough, store, begun));
        thread.start();
        begun.await();
        try {
            assertThat(store.pin(1, true)).isTrue();
            assertThat(store.note(1, "while it is read")).isTrue();
            store.record(Stored.exchange(2, "/captured", "{}"), FROM);
            store.flush();
            assertThat(found(store, RowQuery.ALL.withFilter("path:/captured"))).hasSize(1);
        } finally {
            enough.set(true);
            thread.join();
        }
        assertThat(store.state().notRecorded()).isZero();
    }

    private static void importUntil(AtomicBoolean enough, HistoryStore store, CountDownLatch begun) {
        try (Importing importing = store.importing(FROM)) {
            for (int id = 1; !enough.get(); id++) {
                importing.add(Stored.exchange(id));
                if (importing.written() > 0) {
                    begun.countDown();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFullDiskEndsAnImportThatSaysWhatItHasWritten() throws IOException {
        HistoryStore store = open();
        Importing importing = store.importing(FROM);
        for (int id = 1; id <= Importing.TURN; id++) {
            importing.add(Stored.exchange(id));
        }
        index(store);
        store.limitFile(1);
        assertThatThrownBy(() -> {
                    for (int id = 1; id <= 10 * Importing.TURN; id++) {
                        importing.add(Stored.exchange(id));
                    }
                })
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("disk is full");
        importing.close();
        assertThat(importing.written()).isEqualTo(store.state().rows());
    }
}
