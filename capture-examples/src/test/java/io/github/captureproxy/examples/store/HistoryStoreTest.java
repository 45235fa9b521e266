package io.github.captureproxy.examples.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.export.Export;
import io.github.captureproxy.export.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryStoreTest {
    @TempDir
    Path folder;

    private HistoryStore store;

    @BeforeEach
    void open() {
        store = HistoryStore.open(folder.resolve("h/history.db"), StoreLimits.defaults());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aGrpcCallThatFailedIsAnErrorWithWordsThoughHttpWasFine() {
        HeaderList grpc = HeaderList.of("Content-Type", "application/grpc");
        HeaderList failed = HeaderList.of(
                "Content-Type", "application/grpc", "grpc-status", "5", "grpc-message", "no%20such%20order");
        HeaderList fine = HeaderList.of("Content-Type", "application/grpc", "grpc-status", "0");
        for (HeaderList answer : List.of(failed, fine)) {
            Exchange call = Stored.exchange(1, Stored.request("POST", "/shop.Orders/Get", grpc, ""))
                    .response(Stored.response(200, answer, ""))
                    .build();
            store.record(call, RecordedFrom.UNKNOWN);
        }
        store.flush();

        RowQuery errors = new RowQuery(
                "",
                "",
                Set.of(),
                Set.of(),
                Set.of(),
                true,
                false,
                Optional.empty(),
                OptionalLong.empty(),
                false,
                Sort.TIME,
                false);
        assertThat(found(errors)).containsExactly(1L);
        Row row = store.row(1).orElseThrow();
        assertThat(row.answer().grpcFailed()).isTrue();
        assertThat(row.ending())
                .isEqualTo(new Row.Ending(Outcome.Status.COMPLETED, "gRPC NOT_FOUND: no such order", true));
        assertThat(store.row(2).orElseThrow().answer().grpcFailed()).isFalse();
        assertThat(store.hosts(RowQuery.ALL).get(0).errors()).isEqualTo(1);
    }

    @Test
    void whatIsRecordedIsListed() {
        record(1, 2, 3);
        store.record(Stored.tunnel(4, Tunnel.Reason.HSTS), RecordedFrom.UNKNOWN);
        store.flush();

        RowPage page = store.rows(RowQuery.ALL.sorted(Sort.TIME, true), 1, 2);

        assertThat(page.total()).isEqualTo(4);
        assertThat(page.matched()).isEqualTo(4);
        assertThat(page.latestId()).isEqualTo(4);
        assertThat(page.complete()).isTrue();
        assertThat(page.rows()).extracting(Row::id).containsExactly(3L, 2L);
        Row row = page.rows().get(0);
        assertThat(row.target())
                .isEqualTo(new Row.Target("GET", "https", "shop.example", 8443, "/orders/3?page=1", "HTTP/1.1"));
        assertThat(row.answer()).isEqualTo(new Row.Answer(200, "application/json", TypeFamily.JSON, "", false, false));
    }

    @Test
    void anExchangeComesBackAsItWas() throws IOException {
        record(7);
        store.flush();

        Exchange back = store.exchange(1).orElseThrow();

        assertThat(line(back)).isEqualTo(line(Stored.exchange(7)));
        assertThat(store.tunnel(1)).isEmpty();
    }

    @Test
    void aTunnelComesBackAsItWas() {
        Tunnel tunnel = Stored.tunnel(1, Tunnel.Reason.HSTS);
        store.record(tunnel, RecordedFrom.UNKNOWN);
        store.flush();

        assertThat(store.tunnel(1).orElseThrow()).isEqualTo(tunnel);
    }

    @Test
    void rowsAreFilteredSearchedAndSorted() {
        record(1, 2, 3);
        store.flush();
        awaitIndex();

        assertThat(found(RowQuery.ALL.withFilter("url:orders/2"))).containsExactly(2L);
        assertThat(found(RowQuery.ALL.withFilter("-body:'\"order\":2' header:accept")))
                .containsExactly(1L, 3L);
        assertThat(found(RowQuery.ALL.withSearch("gr\u00fc\u00df").sorted(Sort.PATH, true)))
                .containsExactly(3L, 2L, 1L);
        assertThat(store.hosts(RowQuery.ALL)).extracting(HostSum::host).containsExactly("shop.example");
        assertThat(store.overview(RowQuery.ALL).totals().exchanges()).isEqualTo(3);
        assertThat(store.exchanges(RowQuery.ALL)).extracting(Exchange::id).containsExactly(1L, 2L, 3L);
    }

    @Test
    void rowsThatOnlyTheWholeExchangeCanTellAreFoundHoweverManyOthersThereAre() {
        record(IntStream.rangeClosed(1, 5_000).toArray());
        store.flush();
        store.delete(LongStream.rangeClosed(1_000, 4_500).boxed().toList());
        RowQuery query = RowQuery.ALL.withFilter("body:'\"order\":48' or body:'\"order\":99' or url:orders/3?");

        long[] before = store.ids(query);
        record(5_001, 48_000);
        store.flush();

        assertThat(before)
                .containsExactly(LongStream.rangeClosed(1, 5_000)
                        .filter(id -> id < 1_000 || id > 4_500)
                        .filter(id -> Long.toString(id).matches("48.*|99.*|3"))
                        .toArray());
        assertThat(store.ids(query)).startsWith(before).endsWith(5_002L).hasSize(before.length + 1);
    }

    @Test
    void theLatestExchangesWithCookiesAreFoundWithoutReadingTheOthers() {
        record(1);
        store.record(
                Stored.exchange(2, Stored.request("GET", "/", HeaderList.of("cookie", "a=1"), ""))
                        .build(),
                RecordedFrom.UNKNOWN);
        record(3);
        store.record(
                Stored.exchange(4, Stored.request("GET", "/", HeaderList.empty(), ""))
                        .response(Stored.response(200, HeaderList.of("Set-Cookie", "a=2"), ""))
                        .build(),
                RecordedFrom.UNKNOWN);
        store.flush();

        assertThat(store.withCookies(10)).containsExactly(2L, 4L);
        assertThat(store.withCookies(1)).containsExactly(4L);
    }

    @Test
    void rowsAreDeletedByTheirIdsEvenPinnedOnes() {
        record(1, 2, 3);
        store.flush();
        store.pin(3, true);

        assertThat(store.delete(List.of(2L, 3L, 99L))).isEqualTo(2);
        assertThat(found(RowQuery.ALL)).containsExactly(1L);
    }

    private void awaitIndex() {
        while (store.state().unindexed() > 0) {
            store.flush();
        }
    }

    private List<Long> found(RowQuery query) {
        return store.rows(query, 0, 100).rows().stream().map(Row::id).toList();
    }

    private void record(int... ids) {
        for (int id : ids) {
            store.record(Stored.exchange(id), RecordedFrom.UNKNOWN);
        }
    }

    static String line(Exchange exchange) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Export.jsonLines().redact(Redaction.none()).write(List.of(exchange), out);
        return out.toString(java.nio.charset.StandardCharsets.UTF_8);
    }
}
