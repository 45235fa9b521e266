package io.github.captureproxy.examples.store;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
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
}
