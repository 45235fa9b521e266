package io.github.captureproxy.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.replay.Difference.Part;
import io.github.captureproxy.spi.UpstreamProxy;
import io.github.captureproxy.spi.UpstreamSelector;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.testkit.RecordingOrigin.Received;
import io.github.captureproxy.testkit.TestTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are sent again. */
class ReplayTest {
    private static RecordingOrigin origin;

    @BeforeAll
    static void start() throws IOException {
        origin = RecordingOrigin.start();
    }

    @AfterAll
    static void stop() throws IOException {
        origin.close();
    }

    private static Exchange capture(CaptureProxyBuilder builder, String request) throws IOException {
        try (CaptureProxy proxy = builder.port(0).start();
                RawSocket client = RawSocket.connect(proxy.address())) {
            client.send(request.replace("ORIGIN", origin.authority())).readToEnd();
            List<Exchange> all = proxy.history().snapshot();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static Exchange capture(String request) throws IOException {
        return capture(CaptureProxy.builder(), request);
    }

    private static Received last(int fromEnd) {
        List<Received> all = origin.received();
        return all.get(all.size() - 1 - fromEnd);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://ORIGIN/a?b=%20&c=|^{} HTTP/1.1\r\nhOST: ORIGIN\r\nX-b: 1\r\nx-B: two  three\r\nCookie: id=7\r\nAuthorization: Basic eDp5\r\nA: \r\n\u00ff-1: x\r\nConnection: close\r\n\r\n",
                "POST http://ORIGIN/echo HTTP/1.1\r\nHost: ORIGIN\r\nContent-Length: 5\r\nConnection: close\r\n\r\n\u0000\r\n\u00ff!",
                "POST http://ORIGIN/echo HTTP/1.1\r\nHost: ORIGIN\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                "put http://ORIGIN/echo HTTP/1.1\r\nHost: ORIGIN\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
                "DELETE http://ORIGIN HTTP/1.1\r\nHost: ORIGIN\r\nConnection: close\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: ORIGIN\r\nConnection: close\r\n\r\n",
            })
    void theOriginSeesTheSameRequestAgainAndTheAnswersAreTheSame(String request) throws Exception {
        boolean isReverse =
                request.startsWith("OPTIONS *") || request.indexOf('\u00ff') > 0 && request.startsWith("GET");
        Exchange captured = isReverse
                ? capture(
                        CaptureProxy.builder().forwardTo(URI.create("http://" + origin.authority())),
                        request.replace("http://ORIGIN", "").replace("\u00ff-1", "Y-1"))
                : capture(request);

        ReplayResult result = Replay.toOrigins().run(captured);

        assertThat(result.comparison().toString()).isEqualTo("same");
        assertThat(result.isSame()).isTrue();
        assertThat(result.warnings()).isEmpty();
        assertThat(last(0).head()).isEqualTo(last(1).head());
        assertThat(last(0).body()).isEqualTo(last(1).body());
        assertThat(last(0).connection()).isNotEqualTo(last(1).connection());
        assertThat(result.replayed().orElseThrow().timings().total()).isPositive();
        assertThat(result.toString()).contains("\n  now: ", "\n  same");
    }

    @Test
    void aHostWithAnUnderscoreIsOneToo() throws IOException, InterruptedException {
        String host = "my_shop.localhost:" + origin.port();
        Exchange exchange =
                capture("GET http://" + host + "/ HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(Replay.toOrigins().run(exchange).problem()).isEmpty();
        assertThat(Replay.to(URI.create("http://" + host)).run(exchange).problem())
                .isEmpty();
    }

    @Test
    void aLargeBodyGoesThereAndComesBackAtOnce() throws Exception {
        byte[] body = RecordingOrigin.big();
        HeaderList headers = HeaderList.of("Host", "x", "Content-Length", "" + body.length);
        Exchange exchange = Exchange.builder(1, client(), request("POST", "/echo", "HTTP/1.1", headers, body))
                .build();

        Exchange answered = Replay.toOrigins().run(exchange).replayed().orElseThrow();

        assertThat(answered.response().orElseThrow().body().bytes()).isEqualTo(body);
    }

    private static ClientInfo client() {
        return new ClientInfo(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), 1, "default", Optional.empty());
    }

    private static CapturedRequest request(
            String method, String target, String version, HeaderList fields, byte[] body) {
        HttpOrigin to = new HttpOrigin("http", "127.0.0.1", origin.port());
        return new CapturedRequest(method, target, version, to, fields, CapturedBody.of(body), HeaderList.empty());
    }

    @Test
    void aRequestOfHttp2GetsHostAndFraming() throws Exception {
        HeaderList fields = HeaderList.of("accept", "*/*", "cookie", "a=1; b=2");
        Exchange exchange = Exchange.builder(
                        1, client(), request("POST", "/echo", "HTTP/2", fields, "hi".getBytes(UTF_8)))
                .build();

        Replay.toOrigins().run(exchange);

        assertThat(last(0).requestLine()).isEqualTo("POST /echo HTTP/1.1");
        assertThat(last(0).fieldLines())
                .contains(
                        "accept: */*", "cookie: a=1; b=2", "Transfer-Encoding: chunked", "Host: " + origin.authority());
        assertThat(new String(last(0).body(), UTF_8)).isEqualTo("hi");
    }

    @Test
    void theOriginCanBeAnotherAndHostNamesIt() throws Exception {
        Exchange exchange = capture("GET http://ORIGIN/a?q=1 HTTP/1.1\r\nHost: ORIGIN\r\nConnection: close\r\n\r\n");
        try (RecordingOrigin other = RecordingOrigin.start()) {
            ReplayResult result =
                    Replay.to(URI.create("http://localhost:" + other.port())).run(exchange);

            assertThat(result.isSame()).isTrue();
            Received received = other.received().get(0);
            assertThat(received.requestLine()).isEqualTo("GET /a?q=1 HTTP/1.1");
            assertThat(received.field("host")).contains("localhost:" + other.port());
            assertThat(result.replayed().orElseThrow().request().url())
                    .isEqualTo("http://localhost:" + other.port() + "/a?q=1");
        }
    }

    @Test
    void anHttpsOriginIsReachedWithTheGivenTrustAlone() throws Exception {
        Exchange exchange = capture("GET http://ORIGIN/ HTTP/1.1\r\nHost: ORIGIN\r\nConnection: close\r\n\r\n");
        TestTls tls = TestTls.create();
        try (RecordingOrigin secure = RecordingOrigin.start(tls)) {
            URI there = URI.create("https://127.0.0.1:" + secure.port());

            ReplayResult result = Replay.to(there).tls(tls.context()).run(exchange);
            ReplayResult distrusted = Replay.to(there).run(exchange);

            assertThat(result.isSame()).as("%s", result).isTrue();
            Exchange now = result.replayed().orElseThrow();
            assertThat(now.request().url()).isEqualTo(there + "/");
            OriginTls facts = now.originTls().orElseThrow();
            assertThat(facts.version()).startsWith("TLS");
            assertThat(facts.serverName()).as("an address").isEmpty();
            assertThat(facts.certificates()).isNotEmpty();
            assertThat(distrusted.replayed().orElseThrow().outcome().status()).isEqualTo(Outcome.Status.TLS_FAILED);
        }
    }

    @Test
    void anOriginThatIsNotThereIsAResult() throws Exception {
        Exchange exchange = capture("GET http://ORIGIN/ HTTP/1.1\r\nHost: ORIGIN\r\nConnection: close\r\n\r\n");
        RawOrigin closed = new RawOrigin();
        closed.close();

        ReplayResult result =
                Replay.to(URI.create("http://" + closed.authority())).run(exchange);

        assertThat(result.isSame()).isFalse();
        assertThat(result.comparison().differences(Part.OUTCOME).get(0).after()).startsWith("CONNECT_FAILED");
        assertThat(result.comparison().differences()).hasSize(1);
    }

    @Test
    void anOriginThatDoesNotAnswerEndsInTime() throws Exception {
        Exchange exchange = capture("GET http://ORIGIN/ HTTP/1.1\r\nHost: ORIGIN\r\nConnection: close\r\n\r\n");
        try (RawOrigin silent = new RawOrigin()) {
            ReplayResult result = Replay.to(URI.create("http://" + silent.authority()))
                    .timeout(Duration.ofMillis(150))
                    .run(exchange);

            assertThat(result.replayed().orElseThrow().outcome().isSuccess()).isFalse();
            assertThat(result.replayed().orElseThrow().response().map(response -> response.status()))
                    .isNotEqualTo(Optional.of(200));
        }
    }

    @Test
    void aCutBodyCannotBeSentAndAllElseOfASessionIs() throws Exception {
        Exchange whole = capture("GET http://ORIGIN/ HTTP/1.1\r\nHost: ORIGIN\r\nConnection: close\r\n\r\n");
        Exchange cut = capture(
                CaptureProxy.builder().maxBodyBytes(2),
                "POST http://ORIGIN/echo HTTP/1.1\r\nHost: ORIGIN\r\nContent-Length: 5\r\nConnection: close\r\n\r\nabcde");

        assertThatThrownBy(() -> Replay.toOrigins().run(cut))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only 2 of 5 bytes")
                .hasMessageContaining("maxBodyBytes");
        List<ReplayResult> results = Replay.toOrigins().atOriginalPace().runAll(List.of(whole, cut, whole));
        assertThat(results).extracting(ReplayResult::isSame).containsExactly(true, false, true);
        assertThat(results.get(1).problem()).contains("only 2 of 5 bytes");
        assertThat(results.get(1).toString()).contains("now: the request of");
        assertThat(last(0).connection()).as("connections are shared").isEqualTo(last(1).connection());
    }

    @Test
    void whatIsNoSingleRequestCannotBeSent() {
        Exchange connect = Exchange.builder(
                        1, client(), request("CONNECT", "a:1", "HTTP/1.1", HeaderList.empty(), new byte[0]))
                .build();
        Exchange upgraded = Exchange.builder(
                        1, client(), request("GET", "/ws", "HTTP/1.1", HeaderList.empty(), new byte[0]))
                .upgraded("websocket", List.of())
                .build();
        Exchange split = Exchange.builder(
                        1, client(), request("GET", "/", "HTTP/1.1", HeaderList.of("a", "b\r\nc: d"), new byte[0]))
                .build();

        for (Exchange exchange : List.of(connect, upgraded, split)) {
            assertThatThrownBy(() -> Replay.toOrigins().run(exchange)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Replay.to(URI.create("http://a/path"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Replay.toOrigins().timeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anImportedHostCannotAddFields() {
        CapturedRequest smuggled = new CapturedRequest(
                "GET",
                "/",
                "HTTP/1.1",
                new HttpOrigin("http", "a\r\nX-Admin: 1", 80),
                HeaderList.empty(),
                CapturedBody.empty(),
                HeaderList.empty());
        Exchange exchange = Exchange.builder(1, client(), smuggled).build();

        assertThatThrownBy(() -> Replay.to(URI.create("http://localhost:1")).run(exchange))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void placeholdersAndAnotherLengthAreWarnedOf() throws Exception {
        HeaderList fields = HeaderList.of("Authorization", "redacted-3f9a1c2b7d", "Content-Length", "9");
        Exchange exchange = Exchange.builder(
                        1, client(), request("POST", "/echo", "HTTP/1.1", fields, "hi".getBytes(UTF_8)))
                .build();

        ReplayResult result = Replay.toOrigins().run(exchange);

        assertThat(result.warnings()).hasSize(2).anyMatch(text -> text.contains("placeholders"));
        assertThat(last(0).field("content-length")).contains("2");
    }

    @Test
    void pausesAreThoseOfTheCaptureUpToALimit() {
        Pace pace = new Pace(Duration.ofMinutes(1));
        Instant start = Instant.EPOCH;

        assertThat(pace.pause(start, start.plusMillis(300))).isEqualTo(Duration.ofMillis(300));
        assertThat(pace.pause(start, start.minusSeconds(1))).isEqualTo(Duration.ZERO);
        assertThat(pace.pause(start, start.plusSeconds(3600))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void anUpstreamProxyIsGoneThrough() throws Exception {
        Exchange exchange = capture("GET http://ORIGIN/via HTTP/1.1\r\nHost: ORIGIN\r\nConnection: close\r\n\r\n");
        try (CaptureProxy upstream = CaptureProxy.builder().port(0).start()) {
            UpstreamProxy next =
                    UpstreamProxy.parse("127.0.0.1:" + upstream.address().getPort());
            ReplayResult result = Replay.toOrigins()
                    .upstream(UpstreamSelector.always(next))
                    .timeout(Duration.ofSeconds(20))
                    .run(exchange);
            assertThat(result.comparison().isSame()).as(result.toString()).isTrue();
            assertThat(upstream.history()
                            .single(ExchangeFilter.path("/via"))
                            .request()
                            .url())
                    .isEqualTo(exchange.request().url());
        }
    }
}
