package io.github.captureproxy.examples.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.testkit.Gzip;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest extends StoreTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "order => \"order\"*",
                "`order ` => \"order\"",
                "red ap => \"red\" AND \"ap\"",
                "red app => \"red\" AND \"app\"*",
                "\"two words\" x => \"two words\" AND \"x\"",
                "order-1234 => \"order-1234\"*",
                "a OR b NEAR(c) => \"a\" AND \"OR\" AND \"b\" AND \"NEAR(c)\"",
                "text:* ^x -y => \"text:*\" AND \"^x\" AND \"-y\"",
            })
    void wordsBecomeStrings(String typed, String query) {
        assertThat(SearchWords.query(typed)).hasValue(query);
    }

    @Test
    void whatHasNoWordIsNoSearch() {
        assertThat(SearchWords.query(" \" ' * :( ) - ")).isEmpty();
    }

    @Property(tries = 300)
    void nothingThatIsTypedIsASyntaxError(@ForAll String typed) {
        SearchWords.query(typed)
                .ifPresent(query -> assertThat(query).startsWith("\"").matches("(?s).*\"\\*?"));
    }

    @Test
    void urlsHeadersAndBodiesAreSearched() {
        HistoryStore store = open();
        store.record(Stored.exchange(1, "/apples?colour=red", "{\"kind\":\"Granny Smith\"}"), RecordedFrom.UNKNOWN);
        store.record(
                Stored.exchange(2, "/pears", "{\"kind\":\"Caf\u00e9 \ud83d\ude00 OR not\"}"), RecordedFrom.UNKNOWN);
        store.flush();
        index(store);

        assertThat(found(store, RowQuery.ALL.withSearch("apple"))).containsExactly(1L);
        assertThat(found(store, RowQuery.ALL.withSearch("\"granny smith\" RED")))
                .containsExactly(1L);
        assertThat(found(store, RowQuery.ALL.withSearch("\"smith granny\""))).isEmpty();
        assertThat(found(store, RowQuery.ALL.withSearch("cafe not OR"))).containsExactly(2L);
        assertThat(found(store, RowQuery.ALL.withSearch("accept:application/json")))
                .containsExactly(1L, 2L);
        for (String odd : new String[] {"\"", "\"a", "a*b^(c) NEAR", "col : x", "\u0000x", "\ud83d", "'); --", "{-}"}) {
            assertThat(store.rows(RowQuery.ALL.withSearch(odd), 0, 10).complete())
                    .as(odd)
                    .isTrue();
        }
    }

    @Test
    void longBodiesAreSearchedForMostOfAMegabyte() {
        HistoryStore store = open();
        String filler = "x ".repeat(450_000); // several of these take more than one step
        for (int i = 1; i <= 6; i++) {
            store.record(Stored.exchange(i, "/long", filler + "last" + i), RecordedFrom.UNKNOWN);
        }
        store.record(Stored.exchange(7, "/short", "last7"), RecordedFrom.UNKNOWN);
        store.flush();
        index(store);

        for (long i = 1; i <= 7; i++) {
            assertThat(found(store, RowQuery.ALL.withSearch("last" + i))).containsExactly(i);
        }
    }

    @Test
    @Timeout(60)
    void rowsThatGoOnComingInAreFoundBeforeTheyPause() throws Exception {
        HistoryStore store = open();
        AtomicBoolean found = new AtomicBoolean();
        Thread traffic = new Thread(() -> {
            for (int i = 1; !found.get(); i++) {
                store.record(Stored.exchange(i, "/storm" + i, "{}"), RecordedFrom.UNKNOWN);
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
        });
        traffic.start();
        try {
            while (found(store, RowQuery.ALL.withSearch("\"storm500\"")).isEmpty()) {
                Thread.sleep(20);
            }
            assertThat(traffic.isAlive()).isTrue();
        } finally {
            found.set(true);
            traffic.join();
        }
    }

    @Test
    void codedBodiesAndOtherCharsetsAreSearched() throws Exception {
        HistoryStore store = open();
        String filler = "filler ".repeat(2_000);
        record(store, 1, HeaderList.of("Content-Encoding", "gzip"), Gzip.of((filler + "unpacked").getBytes(UTF_8)));
        record(
                store,
                2,
                HeaderList.of("Content-Type", "text/plain; charset=iso-8859-1"),
                "Gr\u00fcn".getBytes(ISO_8859_1));
        record(store, 3, HeaderList.of("Content-Type", "text/plain"), "broken \u00fc tail".getBytes(ISO_8859_1));
        record(
                store,
                4,
                HeaderList.of("Content-Type", "text/plain; charset=iso-8859-1"),
                "binary\0".getBytes(ISO_8859_1));
        record(store, 5, HeaderList.of("Content-Type", "text/plain; charset=utf-16"), "sixteen".getBytes(UTF_16));
        store.flush();
        index(store);

        assertThat(found(store, RowQuery.ALL.withSearch("unpacked"))).containsExactly(1L);
        assertThat(found(store, RowQuery.ALL.withSearch("gr\u00fcn"))).containsExactly(2L);
        assertThat(found(store, RowQuery.ALL.withSearch("broken tail"))).containsExactly(3L);
        assertThat(found(store, RowQuery.ALL.withSearch("binary"))).isEmpty();
        assertThat(found(store, RowQuery.ALL.withSearch("sixteen"))).containsExactly(5L);
    }

    private static void record(HistoryStore store, int id, HeaderList headers, byte[] body) {
        store.record(
                Stored.exchange(id, Stored.request("GET", "/" + id, HeaderList.empty(), ""))
                        .response(Stored.response(200, headers, body))
                        .build(),
                RecordedFrom.UNKNOWN);
    }
}
