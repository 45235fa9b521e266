package io.github.captureproxy.clients;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.clients.Client.Answer;
import io.github.captureproxy.clients.Client.Call;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RecordingOrigin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every client does through the proxy, and what History then holds. */
abstract class ClientContract {
    private static final int PARALLEL = 50;
    private static final int CALLS_IN_TURN = 10;
    private static final byte[] BODY = {1, 2, 3};

    RecordingOrigin origin;
    CaptureProxy proxy;
    Client client;

    /** Makes the client under test. */
    abstract Client open(CaptureProxy through) throws Exception;

    /** Tells if it uses CONNECT for plain HTTP too. */
    boolean tunnels() {
        return false;
    }

    /** Tells if it undoes gzip by itself. */
    boolean unpacks() {
        return false;
    }

    /** How many calls are made one after the other to see that none is missing when it has returned. */
    int callsInARow() {
        return 200;
    }

    @BeforeEach
    void start() throws Exception {
        origin = RecordingOrigin.start();
        proxy = CaptureProxy.builder().port(0).start();
        client = open(proxy);
    }

    @AfterEach
    void stop() throws Exception {
        if (client != null) {
            client.close(); // null where the client is not installed
        }
        proxy.close();
        origin.close();
    }

    @Test
    void getIsRecordedAsBothSidesSawIt() throws Exception {
        Answer answer = client.send(Call.get(origin.url("/hello?a=%20b&c")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).asString(UTF_8).isEqualTo("hello");
        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.request().method()).isEqualTo("GET");
        assertThat(exchange.request().url()).isEqualTo(origin.url("/hello?a=%20b&c"));
        assertThat(exchange.request().target())
                .isEqualTo(tunnels() ? "/hello?a=%20b&c" : origin.url("/hello?a=%20b&c"));
        assertThat(exchange.request().body().isEmpty()).isTrue();
        assertThat(exchange.response().orElseThrow().status()).isEqualTo(200);
        assertThat(exchange.response().orElseThrow().headers().first("X-Served"))
                .contains("by/test");
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo("hello");
        Recorded.check(exchange, origin);
    }

    @Test
    void postIsRecordedWithItsBody() throws Exception {
        byte[] body = "{\"größe\": 7}".getBytes(UTF_8);

        Answer answer = client.send(Call.post(origin.url("/echo"), body));

        assertThat(answer.body()).isEqualTo(body);
        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.request().method()).isEqualTo("POST");
        assertThat(exchange.request().headers().first("content-length")).contains("" + body.length);
        assertThat(exchange.request().body().bytes()).isEqualTo(body);
        Recorded.check(exchange, origin);
    }

    @Test
    void chunkedUploadIsRecordedWithoutItsChunks() throws Exception {
        byte[] body = "twelve bytes".repeat(10_000).getBytes(UTF_8);

        Answer answer = client.send(Call.chunked(origin.url("/echo"), body));

        assertThat(answer.body()).isEqualTo(body);
        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.request().headers().first("transfer-encoding")).contains("chunked");
        assertThat(exchange.request().headers().has("content-length")).isFalse();
        assertThat(exchange.request().body().bytes()).isEqualTo(body);
        Recorded.check(exchange, origin);
    }

    @Test
    void chunkedResponseIsRecordedWithoutItsChunks() throws Exception {
        Answer answer = client.send(Call.get(origin.url("/chunked")));

        assertThat(answer.body()).asString(UTF_8).isEqualTo("hello, world");
        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo("hello, world");
        assertThat(exchange.sizes().responseBody()).isEqualTo(12);
        Recorded.check(exchange, origin);
    }

    @Test
    void gzipIsRecordedPackedAndReadUnpacked() throws Exception {
        Answer answer = client.send(Call.get(origin.url("/gzip")));

        Exchange exchange = proxy.history().single(any());
        byte[] packed = exchange.response().orElseThrow().body().bytes();
        assertThat(packed).startsWith(0x1f, 0x8b).hasSizeLessThan(RecordingOrigin.GZIPPED.length());
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo(RecordingOrigin.GZIPPED);
        assertThat(answer.body()).isEqualTo(unpacks() ? RecordingOrigin.GZIPPED.getBytes(UTF_8) : packed);
        Recorded.check(exchange, origin);
    }

    @Test
    void bigBodiesPassBothWays() throws Exception {
        byte[] big = RecordingOrigin.big();

        assertThat(client.send(Call.get(origin.url("/big"))).body()).isEqualTo(big);
        assertThat(client.send(Call.post(origin.url("/echo"), big)).body()).isEqualTo(big);

        Exchange down = proxy.history().single(path("/big"));
        assertThat(down.response().orElseThrow().body().bytes()).isEqualTo(big);
        Recorded.check(down, origin);
        Exchange up = proxy.history().single(path("/echo"));
        assertThat(up.request().body().bytes()).isEqualTo(big);
        assertThat(up.response().orElseThrow().body().bytes()).isEqualTo(big);
        Recorded.check(up, origin);
    }

    @Test
    void callsInTurnShareConnectionsWhichAreNotTimedAgain() throws Exception {
        Set<Integer> connections = new HashSet<>();
        for (int i = 1; i <= CALLS_IN_TURN; i++) {
            client.send(i % 2 == 0 ? Call.get(origin.url("/echo?" + i)) : Call.post(origin.url("/echo?" + i), BODY));

            String query = "" + i;
            Exchange exchange =
                    proxy.history().single(it -> it.request().query().orElse("").equals(query));
            boolean fresh = connections.add(origin.received("/echo?" + i).get(0).connection());
            assertThat(exchange.timings().connectNanos() >= 0).isEqualTo(fresh && !tunnels());
            Recorded.check(exchange, origin);
        }
        // An asynchronous client may want a connection before the last one is back in its pool.
        assertThat(connections).hasSizeLessThan(CALLS_IN_TURN);
        assertThat(proxy.counts().connectionsAccepted()).isLessThan(CALLS_IN_TURN);
    }

    @Test
    void aBodyThatTheOriginCutsFailsAtTheClientToo() {
        assertThatThrownBy(() -> client.send(Call.post(origin.url("/abort"), new byte[] {1})))
                .isInstanceOf(Exception.class);

        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.ORIGIN_ABORTED);
        assertThat(exchange.outcome().side()).isEqualTo(Outcome.Side.ORIGIN);
        assertThat(exchange.outcome().bytes()).isEqualTo(10);
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo("ten bytes!");
        assertThat(exchange.response().orElseThrow().body().isComplete()).isFalse();
    }

    @Test
    void anOriginThatClosesWithoutAResponseIsABadGateway() throws Exception {
        Answer answer = client.send(Call.post(origin.url("/none"), new byte[] {1}));

        assertThat(answer.status()).isEqualTo(502);
        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.ORIGIN_ABORTED);
        assertThat(exchange.response().orElseThrow().body().bytes()).isEqualTo(answer.body());
        assertThat(origin.received()).hasSize(1);
    }

    @Test
    void parallelCallsAreAllRecordedEachWithItsOwn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < PARALLEL; i++) {
                byte[] body = ("body " + i).repeat(1_000 * (i % 3) + 1).getBytes(UTF_8);
                Call call = new Call("POST", origin.url("/echo?" + i), body, i % 2 == 0);
                answers.add(threads.submit(() -> client.send(call)));
            }
            for (int i = 0; i < PARALLEL; i++) {
                assertThat(answers.get(i).get(30, TimeUnit.SECONDS).body())
                        .asString(UTF_8)
                        .startsWith("body " + i);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(proxy.history().size()).isEqualTo(PARALLEL);
        for (int i = 0; i < PARALLEL; i++) {
            String query = "" + i;
            Exchange exchange =
                    proxy.history().single(it -> it.request().query().orElse("").equals(query));
            assertThat(exchange.request().body().text()).startsWith("body " + i);
            assertThat(exchange.response().orElseThrow().body().bytes())
                    .isEqualTo(exchange.request().body().bytes());
            Recorded.check(exchange, origin);
        }
    }

    @Test
    void everyCallIsInHistoryOnceItHasReturned() throws Exception {
        for (int i = 1; i <= callsInARow(); i++) {
            client.send(i % 2 == 0 ? Call.get(origin.url("/chunked")) : Call.post(origin.url("/echo"), new byte[i]));
            assertThat(proxy.history().size()).isEqualTo(i);
        }
        assertThat(proxy.history().snapshot()).extracting(Exchange::id).isSorted();
    }
}
