package io.github.captureproxy.examples.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.history.ExchangeFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The store's answer to a filter is the filter's own. */
@SuppressWarnings("AddressSelection") // addresses, not names
class FilterEquivalenceTest {
    private static final int EXCHANGES = 200;

    private static Path folder = Path.of("");
    private static HistoryStore store;
    private static List<Exchange> recorded = List.of();

    @BeforeContainer
    static void fill() throws IOException {
        folder = Files.createTempDirectory("store");
        store = HistoryStore.open(folder.resolve("history.db"), StoreLimits.defaults());
        Arbitrary<Exchange> exchanges = exchanges();
        recorded = exchanges.list().ofSize(EXCHANGES).sample();
        recorded.forEach(exchange -> store.record(exchange, RecordedFrom.UNKNOWN));
        store.flush();
    }

    @AfterContainer
    static void empty() throws IOException {
        store.close();
        try (var files = Files.list(folder)) {
            files.forEach(FilterEquivalenceTest::delete);
        }
        Files.delete(folder);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 200)
    void theStoreFindsWhatTheFilterMeans(@ForAll("filters") String text) {
        ExchangeFilter filter = ExchangeFilter.parse(text);
        long[] wanted = IntStream.range(0, EXCHANGES)
                .filter(i -> filter.matches(recorded.get(i)))
                .mapToLong(i -> i + 1)
                .toArray();

        long[] found = store.ids(RowQuery.ALL.withFilter(text).sorted(Sort.TIME, false));

        assertThat(found).as(text).containsExactlyInAnyOrder(wanted);
    }

    @Provide
    Arbitrary<String> filters() {
        return Arbitraries.recursive(() -> Arbitraries.of(TERMS), FilterEquivalenceTest::larger, 0, 3);
    }

    private static Arbitrary<String> larger(Arbitrary<String> part) {
        return Combinators.combine(part, part, Arbitraries.of("-(%s)", "(%s) (%s)", "(%s) or (%s)", "%s -(%s)"))
                .as((one, two, both) -> String.format(both, one, two));
    }

    private static final String[] TERMS = {
        "method:GET",
        "method:POST,get,PUT",
        "method:\"\u0000\"",
        "scheme:https",
        "scheme:HTTP,ws",
        "host:shop.example",
        "host:*.example",
        "host:*.Shop.example,localhost",
        "host:[::1]",
        "host:b\u00fccher.example",
        "port:443",
        "port:80,8443",
        "path:/",
        "path:/orders/1",
        "path:/orders/*",
        "path:/**/1",
        "path:*",
        "path:/*%",
        "url:orders",
        "url:%",
        "url:_",
        "url:\"'\"",
        "url:\"\u0000\"",
        "url:\"\ud83d\"",
        "url:?",
        "shop",
        "SHOP",
        "regex:^https?://[a-z.]+/$",
        "regex:\\d$",
        "regex:(?s).*",
        "query:a",
        "query:a=1",
        "query:b=x+y",
        "header:accept",
        "header:accept=*/*",
        "response-header:content-type",
        "request-header:x-odd",
        "type:application/json",
        "type:image/*",
        "type:*/*",
        "type:application/*json",
        "type:text/%,text/_tml",
        "request-type:application/*",
        "status:200",
        "status:4xx,500-599",
        "status:5XX",
        "outcome:completed",
        "outcome:timed-out,origin_aborted",
        "body:order",
        "request-body:\u00e9",
        "response-body:'{'",
        "json:/order=1",
        "response-json:/order=null",
        "graphql:Cart",
        "duration:>1ms",
        "duration:<2ms",
        "duration:<999999999m",
        "duration:>999999999m",
        "size:>10",
        "size:<1",
        "size:<1k",
        "request-size:>0",
        "client:10.0.0.0/8",
        "client:::1,192.168.0.0/16",
        "client:0.0.0.0/0",
        "client:::/0",
        "user:ann",
        "user:ann,bob",
        "label:app",
        "label:a\"'\"b",
        "is:failed",
        "is:tunnelled",
        "is:media",
        "is:api",
        "is:preflight,media",
    };

    private static Arbitrary<Exchange> exchanges() {
        Arbitrary<Optional<HttpOrigin>> origins = Arbitraries.of(
                        new HttpOrigin("https", "shop.example", 443),
                        new HttpOrigin("https", "www.shop.example", 8443),
                        new HttpOrigin("http", "localhost", 80),
                        new HttpOrigin("http", "::1", 8080),
                        new HttpOrigin("wss", "b\u00fccher.example", 443))
                .optional(0.9);
        Arbitrary<String> targets = Arbitraries.of(
                "/",
                "/orders/1",
                "/orders/2?a=1&b=x+y",
                "/orders/x/1?a",
                "/Shop/%25_'",
                "*",
                "http://shop.example/?",
                "https://u@odd/orders?a=2",
                "shop:443?a=1",
                "",
                "/n\u0000l?\u0000",
                "/caf\u00e9.png",
                "/a\nb/style.css",
                "/orders/%");
        Arbitrary<String> methods = Arbitraries.of("GET", "POST", "OPTIONS", "PUT", "get", "O'DD");
        Arbitrary<ClientInfo> clients = Combinators.combine(
                        Arbitraries.of(
                                new InetSocketAddress("10.1.2.3", 1),
                                new InetSocketAddress("192.168.7.7", 2),
                                new InetSocketAddress("::1", 3),
                                InetSocketAddress.createUnresolved("10.1.2.3", 4)),
                        Arbitraries.of("app", "main", "a'b"),
                        Arbitraries.of("ann", "").optional(0.5))
                .as((address, label, user) -> new ClientInfo(address, 1, label, user));
        Arbitrary<CapturedRequest> requests = Combinators.combine(methods, targets, origins, headers(), bodies())
                .as((method, target, origin, headers, body) -> new CapturedRequest(
                        method,
                        target,
                        "HTTP/1.1",
                        origin.orElse(null),
                        headers,
                        CapturedBody.of(body.getBytes(StandardCharsets.UTF_8), headers),
                        HeaderList.empty()));
        Arbitrary<Outcome> outcomes =
                Arbitraries.of(Outcome.Status.class).map(status -> new Outcome(status, Outcome.Side.NONE, 0, ""));
        return Combinators.combine(
                        requests,
                        clients,
                        Arbitraries.of(100, 101, 200, 204, 301, 404, 500, 599, 999)
                                .optional(0.8),
                        headers(),
                        bodies(),
                        outcomes,
                        Arbitraries.longs().between(-1, 3_000_000),
                        Arbitraries.integers().between(0, 1_000))
                .as(FilterEquivalenceTest::exchange);
    }

    @SuppressWarnings("TooManyParameters") // As the combinator has it.
    private static Exchange exchange(
            CapturedRequest request,
            ClientInfo client,
            Optional<Integer> status,
            HeaderList headers,
            String body,
            Outcome outcome,
            long wait,
            int time) {
        Exchange.Builder builder = Exchange.builder(time, client, request)
                .timings(Stored.START.plusMillis(time), new Timings(-1, -1, 5, 3, 0, wait, -1))
                .outcome(outcome);
        status.ifPresent(code -> builder.response(Stored.response(code, headers, body)));
        if (time % 3 == 0) {
            builder.tunnel(time, Tunnel.Reason.INTERCEPTED);
        }
        return builder.build();
    }

    private static Arbitrary<HeaderList> headers() {
        List<HeaderList> all = new ArrayList<>();
        all.add(HeaderList.empty());
        all.add(HeaderList.of("Accept", "*/*", "X-Odd", "'; DROP TABLE entry; --"));
        all.add(HeaderList.of("Content-Type", "application/json; charset=utf-8"));
        all.add(HeaderList.of("content-type", "Application/Problem+JSON"));
        all.add(HeaderList.of("Content-Type", "image/png"));
        all.add(HeaderList.of("Content-Type", "text/%html"));
        all.add(HeaderList.of("Content-Type", "no type"));
        all.add(HeaderList.of("Access-Control-Request-Method", "PUT"));
        return Arbitraries.of(all);
    }

    private static Arbitrary<String> bodies() {
        return Arbitraries.of(
                "",
                "{\"order\":1}",
                "{\"order\":null}",
                "order \u00e9\u20ac",
                "{\"query\":\"query Cart { a }\"}",
                "\u0000");
    }
}
