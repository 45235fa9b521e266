package io.github.captureproxy.examples.inspector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.ServerSentEvent;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.testkit.Gzip;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the program answers of an exchange, to a page that has the key. */
class DetailApiTest {
    private static final String JSON = "{\"id\":9007199254740993,\"html\":\"<script>\"}";
    private static final Calls CALLS = new Calls();
    private static final LiveTraffic LIVE = new LiveTraffic();

    private static InspectorServer server;
    private static PageCalls page;

    /** Rows from 1 on. */
    private static final class Calls implements CallSource {
        private final List<Exchange> exchanges = new ArrayList<>();

        long add(String method, String url, HeaderList sent, byte[] body, CapturedResponse response) {
            URI uri = URI.create(url);
            HttpOrigin origin = new HttpOrigin("http", uri.getHost(), 80);
            HeaderList headers = HeaderList.of(sent.stream().toList());
            CapturedRequest request = new CapturedRequest(
                    method, url, "HTTP/1.1", origin, headers, CapturedBody.of(body, headers), HeaderList.empty());
            ClientInfo client = new ClientInfo(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000), 1, "default", Optional.empty());
            exchanges.add(Exchange.builder(exchanges.size() + 1, client, request)
                    .response(response)
                    .build());
            return exchanges.size();
        }

        @Override
        public Optional<Exchange> exchange(long row) {
            return row > 0 && row <= exchanges.size() ? Optional.of(exchanges.get((int) row - 1)) : Optional.empty();
        }

        @Override
        public Optional<Tunnel> tunnel(long row) {
            return Optional.empty();
        }

        @Override
        public Optional<String> process(long row) {
            return row == 1 ? Optional.of("curl (4711)") : Optional.empty();
        }

        @Override
        public List<TlsFailure> tlsFailures(Tunnel tunnel) {
            return List.of();
        }

        @Override
        public List<NearCall> near(long row) {
            return exchanges.stream()
                    .filter(each -> each.id() != row)
                    .map(each -> new NearCall(
                            each.id(),
                            each.request().url(),
                            each.response().map(CapturedResponse::status).orElse(0),
                            "127.0.0.1"))
                    .toList();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Routes routes = new Routes();
        new DetailApi(CALLS).addTo(routes);
        new BodyApi(CALLS, LIVE).addTo(routes);
        new CopyApi(CALLS).addTo(routes);
        new MessagesApi(CALLS, LIVE, List::of).addTo(routes);
        server = InspectorServer.start(0, routes, new Events());
        page = PageCalls.open(server.newLink(() -> {}));
    }

    @AfterAll
    static void stop() {
        server.close();
        page = null; // its client ends once nobody can call it
    }

    @Test
    void theClientsProcessIsTold() throws Exception {
        CALLS.add(
                "GET",
                "http://localhost/",
                HeaderList.empty(),
                new byte[0],
                response(200, HeaderList.empty(), new byte[0]));
        assertThat(json("/api/exchanges/1").at("/client/process").asText()).isEqualTo("curl (4711)");
    }

    @Test
    void aCodedBodyIsReadAsTextAsATreeAndAsItWasSent() throws Exception {
        byte[] coded = Gzip.of(JSON.getBytes(UTF_8));
        long row = CALLS.add(
                "GET",
                "http://a.example/x.json",
                HeaderList.empty(),
                new byte[0],
                response(200, HeaderList.of("Content-Type", "application/json", "Content-Encoding", "gzip"), coded));
        String body = "/api/exchanges/" + row + "/body/response";

        assertThat(json(body + "/facts").path("kind").asText()).isEqualTo("JSON");
        assertThat(json(body + "/facts").path("decoded").asLong()).isEqualTo(JSON.length());
        assertThat(json(body + "/text").path("text").asText()).isEqualTo(JSON);
        assertThat(json(body + "/json?depth=2").at("/node/members/0/text").asText())
                .isEqualTo("9007199254740993");
        assertThat(bytes(body + "?offset=1&length=4")).isEqualTo("\"id\"".getBytes(UTF_8));
        assertThat(bytes(body + "?raw=1")).isEqualTo(coded);
        assertThat(get(body + "?download=1")
                        .headers()
                        .firstValue("Content-Disposition")
                        .orElse(""))
                .contains("filename=\"x.json\"");
    }

    @Test
    void aCodingThatBreaksIsReadToWhereItBreaks() throws Exception {
        byte[] coded = Gzip.of("text ".repeat(100_000).getBytes(UTF_8));
        byte[] broken = java.util.Arrays.copyOf(coded, coded.length / 2);
        long row = CALLS.add(
                "GET",
                "http://a.example/broken",
                HeaderList.empty(),
                new byte[0],
                response(200, HeaderList.of("Content-Type", "text/plain", "Content-Encoding", "gzip"), broken));
        JsonNode facts = json("/api/exchanges/" + row + "/body/response/facts");

        assertThat(facts.path("problem").asText()).isNotEmpty();
        assertThat(facts.path("decoded").asLong()).isPositive();
        assertThat(json("/api/exchanges/" + row + "/body/response/text")
                        .path("text")
                        .asText())
                .startsWith("text text");
    }

    @Test
    void aValueThatIsCutIsSaidToBe() throws Exception {
        long row = CALLS.add(
                "GET",
                "http://a.example/cut.json",
                HeaderList.empty(),
                new byte[0],
                response(
                        200, HeaderList.of("Content-Type", "application/json"), "{\"a\":1,\"b\":\"xx".getBytes(UTF_8)));
        String value = "/api/exchanges/" + row + "/body/response/json-value?path=";

        assertThat(json(value + "0").path("text").asText()).isEqualTo("1");
        assertThat(get(value + "1").statusCode()).isEqualTo(422);
        assertThat(new String(get(value + "1").body(), UTF_8)).contains("this is not whole JSON: Unexpected end");
    }

    @SuppressWarnings("StringConcatToTextBlock") // lines end as on the wire
    @Test
    void partsOfAMultipartBodyAreBodiesOfTheirOwn() throws Exception {
        String parts = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"<b>.json\"\r\n"
                + "Content-Type: application/json\r\n\r\n{\"a\":1}\r\n--b--\r\n";
        long row = CALLS.add(
                "POST",
                "http://a.example/upload",
                HeaderList.of("Content-Type", "multipart/form-data; boundary=b"),
                parts.getBytes(UTF_8),
                response(204, HeaderList.empty(), new byte[0]));
        String body = "/api/exchanges/" + row + "/body/request";

        assertThat(json(body + "/parts").at("/parts/0/filename").asText()).isEqualTo("<b>.json");
        assertThat(json(body + "/json?part=0").at("/node/members/0/text").asText())
                .isEqualTo("1");
        assertThat(get(body + "/facts?part=7").statusCode()).isEqualTo(404);
        assertThat(get(body + "/facts?part=x").statusCode()).isEqualTo(400);
    }

    @Test
    void aRedirectKnowsWhatFollowedItAndTheOtherWayRound() throws Exception {
        long from = CALLS.add(
                "GET",
                "http://r.example/old",
                HeaderList.empty(),
                new byte[0],
                response(302, HeaderList.of("Location", "/new#top"), new byte[0]));
        long to = CALLS.add(
                "GET",
                "http://r.example/new",
                HeaderList.empty(),
                new byte[0],
                response(200, HeaderList.empty(), new byte[0]));

        assertThat(json("/api/exchanges/" + from).at("/redirectedTo/row").asLong())
                .isEqualTo(to);
        assertThat(json("/api/exchanges/" + to).at("/redirectedFrom/row").asLong())
                .isEqualTo(from);
    }

    @Test
    void whatDiffersIsToldByName() throws Exception {
        long a = CALLS.add(
                "GET",
                "http://d.example/",
                HeaderList.of("X-A", "1", "X-B", "2"),
                new byte[0],
                response(200, HeaderList.empty(), new byte[0]));
        long b = CALLS.add(
                "GET",
                "http://d.example/",
                HeaderList.of("x-a", "1", "X-C", "3"),
                new byte[0],
                response(200, HeaderList.empty(), new byte[0]));
        JsonNode headers = json("/api/diff?a=" + a + "&b=" + b).path("requestHeaders");

        assertThat(headers.findValuesAsText("name")).containsExactly("X-A", "X-B", "X-C");
        assertThat(headers.findValuesAsText("same")).containsExactly("true", "false", "false");
    }

    @Test
    void aCopyIsAsSentOrWithoutSecrets() throws Exception {
        long row = CALLS.add(
                "GET",
                "http://c.example/",
                HeaderList.of("Authorization", "Bearer t0ken"),
                new byte[0],
                response(200, HeaderList.empty(), new byte[0]));
        String copy = "/api/exchanges/" + row + "/copy/";

        for (String form : List.of("curl", "powershell", "cmd", "fetch", "java", "raw")) {
            assertThat(text(copy + form)).as(form).contains("t0ken");
            assertThat(text(copy + form + "?redact=1")).as(form).doesNotContain("t0ken");
            assertThat(json(copy + form + "?about=1").path("secrets").asBoolean())
                    .isTrue();
        }
        assertThat(get(copy + "other").statusCode()).isEqualTo(404);
    }

    @Test
    void eventsOfAStreamAreMessages() throws Exception {
        String stream = "data: one\n\nevent: tick\nid: 2\ndata: {\"n\":2}\n\n";
        long row = CALLS.add(
                "GET",
                "http://e.example/",
                HeaderList.empty(),
                new byte[0],
                response(200, HeaderList.of("Content-Type", "text/event-stream"), stream.getBytes(UTF_8)));
        JsonNode page = json("/api/exchanges/" + row + "/messages?after=1");

        assertThat(page.path("total").asLong()).isEqualTo(2);
        assertThat(page.at("/items/0/type").asText()).isEqualTo("tick");
        assertThat(json("/api/exchanges/" + row + "/body/message/json?message=1")
                        .at("/node/members/0/text")
                        .asText())
                .isEqualTo("2");
    }

    @Test
    void messagesOfWhatIsOpenAreKeptUntilItEnds() throws Exception {
        LIVE.onWebSocketMessage(
                900,
                new WebSocketMessage(
                        WebSocketMessage.Direction.SENT,
                        WebSocketMessage.Type.TEXT,
                        Instant.EPOCH,
                        "hi".getBytes(UTF_8),
                        false,
                        2));
        LIVE.onServerSentEvent(901, new ServerSentEvent("tick", "x", "", OptionalLong.empty(), false));

        assertThat(json("/api/live/900/messages").at("/items/0/preview/words").asText())
                .isEqualTo("hi");
        assertThat(text("/api/live/900/body/message?message=0")).isEqualTo("hi");
        assertThat(get("/api/live/900").statusCode()).isEqualTo(404);
        LIVE.onExchange(CALLS.exchange(1).orElseThrow().toBuilder().id(900).build());
        assertThat(json("/api/live/900/messages").path("total").asLong()).isZero();
        assertThat(json("/api/live/901/messages").path("total").asLong()).isEqualTo(1);
    }

    @Test
    void whatIsOpenTakesNoMoreThanItsBound() {
        LiveTraffic live = new LiveTraffic();
        String data = "x".repeat(100_000);
        for (int i = 0; i < 1_000; i++) {
            live.onServerSentEvent(1, new ServerSentEvent("message", data, "", OptionalLong.empty(), false));
        }

        assertThat(live.of(1).total()).isEqualTo(1_000);
        assertThat(live.of(1).kept().size() * 200_000L).isLessThanOrEqualTo(LiveTraffic.MAX_BYTES);
        assertThat(live.of(1).kept())
                .extracting(LiveTraffic.LiveMessage::index)
                .last()
                .isEqualTo(999L);
    }

    @Test
    void aRowThatIsGoneIsNoError() throws Exception {
        assertThat(get("/api/exchanges/12345").statusCode()).isEqualTo(404);
        assertThat(get("/api/exchanges/x").statusCode()).isEqualTo(400);
    }

    private static CapturedResponse response(int status, HeaderList headers, byte[] body) {
        return new CapturedResponse(
                status, "", "HTTP/1.1", headers, CapturedBody.of(body, headers), HeaderList.empty());
    }

    private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return page.download(path);
    }

    private static byte[] bytes(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    private static String text(String path) throws IOException, InterruptedException {
        return new String(bytes(path), UTF_8);
    }

    private static JsonNode json(String path) throws IOException, InterruptedException {
        return Json.read(bytes(path));
    }
}
