package io.github.captureproxy.examples.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoredSessionsTest extends StoreTest {
    private final AtomicLong now = new AtomicLong(Stored.START.toEpochMilli());

    @Test
    void aSessionKnowsItsTotalTime() {
        StoredSessions sessions = open(StoreLimits.defaults(), clock()).sessions();
        long id = sessions.create("check-out", "history").id();

        sessions.start(id);
        now.addAndGet(1_000);
        sessions.pause(id);
        now.addAndGet(5_000);
        SessionRow resumed = sessions.resume(id);
        now.addAndGet(200);
        SessionRow stopped = sessions.stop(id);

        assertThat(resumed.state()).isEqualTo(SessionState.RUNNING);
        assertThat(resumed.runningSince()).hasValue(now.get() - 200);
        assertThat(stopped.state()).isEqualTo(SessionState.STOPPED);
        assertThat(stopped.totalMillis()).isEqualTo(1_200);
        assertThat(sessions.rename(id, "pay").name()).isEqualTo("pay");
        assertThat(sessions.list()).extracting(SessionRow::name).containsExactly("pay");
    }

    @Test
    void aSessionIsDeletedWithItsRows() {
        HistoryStore store = open(StoreLimits.defaults(), clock());
        long id = store.sessions().create("one", "history").id();
        store.record(Stored.exchange(1), RecordedFrom.session(id));
        store.record(Stored.exchange(2), RecordedFrom.session(id));
        record(store, 3);
        store.pin(2, true);

        assertThat(store.sessions().list().get(0).rows()).isEqualTo(2);
        assertThat(found(store, RowQuery.ALL.ofSession(id))).containsExactly(1L, 2L);
        assertThat(store.sessions().delete(id)).isEqualTo(1);
        assertThat(found(store, RowQuery.ALL)).containsExactly(2L, 3L);
        assertThat(store.sessions().find(id)).isEmpty();
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.sessions().start(id))
                .withMessageContaining("no session " + id);
    }

    @Test
    void aSessionThatRanWhenTheProcessEndedHasStopped() {
        HistoryStore store = open(StoreLimits.defaults(), clock());
        long id = store.sessions().create("one", "history").id();
        store.sessions().start(id);
        store.record(Stored.exchange(4_000), RecordedFrom.session(id));

        SessionRow again =
                open(StoreLimits.defaults(), clock()).sessions().find(id).orElseThrow();

        assertThat(again.state()).isEqualTo(SessionState.STOPPED);
        assertThat(again.totalMillis()).isEqualTo(4_006);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now.get());
            }
        };
    }
}
