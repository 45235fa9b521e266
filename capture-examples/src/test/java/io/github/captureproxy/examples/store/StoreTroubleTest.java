package io.github.captureproxy.examples.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTroubleTest extends StoreTest {
    @Test
    void aFullDiskStopsRecordingWithAWarningAndNothingElse() {
        HistoryStore store = open();
        record(store, 1);
        index(store);
        store.limitFile(4);
        Exchange large = Stored.exchange(2, "/large", noise(100_000));

        store.record(large, RecordedFrom.UNKNOWN);
        store.flush();

        assertThat(store.state().problem().orElseThrow()).contains("disk is full", "free some space");
        assertThat(store.state().notRecorded()).isEqualTo(1);
        assertThat(found(store, RowQuery.ALL)).containsExactly(1L);

        store.limitFile(10_000);
        store.record(large, RecordedFrom.UNKNOWN);
        store.flush();

        assertThat(store.state().problem()).isEmpty();
        assertThat(store.state().notRecorded()).isEqualTo(1);
        assertThat(found(store, RowQuery.ALL)).containsExactly(1L, 2L);
    }

    private static String noise(int length) {
        return new Random(1)
                .ints(length, ' ', 0x2000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void whatIsRecordedAfterTheEndIsCounted() {
        HistoryStore store = open();
        close();

        store.record(Stored.exchange(1), RecordedFrom.UNKNOWN);

        assertThat(store.state().notRecorded()).isEqualTo(1);
    }

    @Test
    void bodiesAreCutAndSaySo() {
        HistoryStore store = open(new StoreLimits(Duration.ofDays(1), 1 << 30, 10), Clock.systemUTC());
        store.record(Stored.exchange(1, "/", "0123456789abcdef"), RecordedFrom.UNKNOWN);
        store.flush();

        CapturedBody body =
                store.exchange(1).orElseThrow().response().orElseThrow().body();

        assertThat(body.text()).isEqualTo("0123456789");
        assertThat(body.isTruncated()).isTrue();
        assertThat(body.size()).isEqualTo(16);
        assertThat(store.row(1).orElseThrow().responseSize()).isEqualTo(16);
    }

    @Test
    void oldRowsGoButPinnedOnesStay() {
        HistoryStore store = open();
        record(store, 1, 2, 3);
        store.pin(2, true);

        store = open(StoreLimits.defaults(), later(Duration.ofDays(31)));
        store.cleanUp();
        record(store, 4);
        index(store);

        assertThat(found(store, RowQuery.ALL)).containsExactly(2L, 4L);
        assertThat(found(store, RowQuery.ALL.withSearch("orders"))).containsExactly(2L, 4L);
        assertThat(store.state().rows()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOldestRowsGoWhenTheFileIsTooLarge(boolean indexed) {
        HistoryStore store = open(new StoreLimits(Duration.ofDays(1), 1 << 20, 1 << 20), Clock.systemUTC());
        record(store, 1);
        store.flush();
        store.pin(1, true); // before there are too many, as the store may clean up at any time
        IntStream.rangeClosed(2, 40)
                .forEach(id -> store.record(Stored.exchange(id, "/" + id, noise(40_000)), RecordedFrom.UNKNOWN));
        store.flush();
        if (indexed) {
            index(store);
        }

        store.cleanUp();

        List<Long> left = found(store, RowQuery.ALL);
        assertThat(left).hasSizeBetween(5, 25).startsWith(1L).endsWith(40L);
        index(store);
        assertThat(found(store, RowQuery.ALL.withSearch("orders"))).isSubsetOf(left);
        assertThat(store.state().fileBytes()).isPositive();
    }

    private void fill() {
        HistoryStore store = open();
        IntStream.rangeClosed(1, 60)
                .forEach(id -> store.record(Stored.exchange(id, "/" + id, noise(40_000)), RecordedFrom.UNKNOWN));
        store.flush();
        index(store);
        close();
    }

    @Test
    void theOldestRowsGoThoughNewOnesComeInAllTheTime() {
        fill();
        HistoryStore store = open(new StoreLimits(Duration.ofDays(1), 1 << 20, 1 << 20), Clock.systemUTC());
        int recorded = 0;
        do {
            store.record(Stored.exchange(61, "/more", "{}"), RecordedFrom.UNKNOWN);
            store.flush();
            recorded++;
        } while (store.row(50).isPresent() && recorded < 5_000);
        assertThat(store.row(50)).as("after " + recorded + " more").isEmpty();
    }

    @Test
    void theFileGetsSmaller() throws Exception {
        fill();
        long before = Files.size(file());
        open(new StoreLimits(Duration.ofDays(1), 1 << 20, 1 << 20), Clock.systemUTC())
                .cleanUp();
        close();
        assertThat(Files.size(file())).isLessThan(before / 2);
    }

    private static Clock later(Duration duration) {
        return Clock.fixed(Instant.now().plus(duration), ZoneOffset.UTC);
    }

    @Test
    void hostileTextsComeBackAsTheyWere() throws Exception {
        HistoryStore store = open();
        List<Exchange> hostile = new ArrayList<>();
        String[] texts = {
            "'; DROP TABLE entry; --",
            "a\u0000b",
            "\u00ff\u00fe",
            "<script>alert(1)</script>",
            "\"*:^(",
            "x".repeat(200_000)
        };
        for (String text : texts) {
            HeaderList headers = HeaderList.of("X-Odd", text, "Content-Type", "text/plain");
            hostile.add(Stored.exchange(1, Stored.request("GET", "/" + text, headers, text + "\ud83d\ude00"))
                    .response(Stored.response(200, headers, text))
                    .build());
        }
        String[] many = new String[20_000];
        IntStream.range(0, many.length).forEach(i -> many[i] = "h" + i / 2);
        hostile.add(Stored.exchange(1, Stored.request("GET", "/", HeaderList.of(many), ""))
                .build());
        hostile.forEach(exchange -> store.record(exchange, RecordedFrom.UNKNOWN));
        store.flush();
        index(store);

        for (int i = 0; i < hostile.size(); i++) {
            Exchange back = store.exchange(i + 1).orElseThrow();
            assertThat(HistoryStoreTest.line(back)).isEqualTo(HistoryStoreTest.line(hostile.get(i)));
        }
        assertThat(found(store, RowQuery.ALL)).hasSize(hostile.size());
        assertThat(store.rows(RowQuery.ALL, 5, 1).rows().get(0).target().path()).hasSize(Row.MAX_PATH);
    }

    @Test
    void manyThreadsRecordAndAskAtOnce() throws InterruptedException {
        HistoryStore store = open();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            boolean asks = t % 2 == 0;
            Thread thread = new Thread(() -> IntStream.rangeClosed(1, 50).forEach(id -> {
                if (asks) {
                    store.rows(
                            RowQuery.ALL.withFilter("header:accept status:200").withSearch("ord"), 0, 10);
                    store.hosts(RowQuery.ALL);
                } else {
                    store.record(Stored.exchange(id), RecordedFrom.UNKNOWN);
                }
            }));
            thread.setUncaughtExceptionHandler((one, e) -> failures.add(e));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        store.flush();

        assertThat(failures).isEmpty();
        assertThat(store.rows(RowQuery.ALL, 0, 1).matched()).isEqualTo(100);
    }
}
