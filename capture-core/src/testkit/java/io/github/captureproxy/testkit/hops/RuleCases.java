package io.github.captureproxy.testkit.hops;

import static io.github.captureproxy.rules.RequestMatcher.bodyContains;
import static io.github.captureproxy.rules.RequestMatcher.header;
import static io.github.captureproxy.rules.RequestMatcher.method;
import static io.github.captureproxy.rules.RequestMatcher.path;
import static io.github.captureproxy.rules.RequestMatcher.where;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.testkit.Gzip;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.rules.Answer;
import io.github.captureproxy.rules.TrafficRule;
import io.github.captureproxy.testkit.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules do to traffic, and what the record says of it. */
public abstract class RuleCases extends HopsTest {
    private static final long CANCEL = 8;
    private static final int MAX_BODY = 2_000;

    protected RuleCases(Hops hops) {
        super(hops);
    }

    @Override
    @BeforeEach
    void start() throws Exception {
        restart(RuleCases::rules);
    }

    private static CaptureProxyBuilder rules(CaptureProxyBuilder options) {
        return options.maxRuleBodyBytes(MAX_BODY)
                .rule(
                        TrafficRule.on(path("/all/*")).named("first").setRequestHeader("X-First", "1"),
                        TrafficRule.on(path("/all/pass")).named("pass").pass(),
                        TrafficRule.on(path("/all/pass")).named("never").block(),
                        TrafficRule.on(path("/all/two")).named("second").addRequestHeader("X-First", "2"),
                        TrafficRule.on(path("/answer"))
                                .named("stub")
                                .answer(Answer.json("{\"a\":1}").status(201).header("X-Stub", "yes")),
                        TrafficRule.on(path("/computed"))
                                .named("computed")
                                .answer(request -> Answer.of(200)
                                        .body(request.method() + " " + request.body().text())),
                        TrafficRule.on(path("/empty")).answer(204),
                        TrafficRule.on(path("/block")).named("wall").block(),
                        TrafficRule.on(path("/reset")).named("hammer").reset(),
                        TrafficRule.on(path("/stall")).named("tar").stall(Duration.ofMillis(20)),
                        TrafficRule.on(path("/head"))
                                .named("edits")
                                .requestMethod("PUT")
                                .requestTarget("/other?x=1")
                                .setRequestHeader("X-Set", "new")
                                .removeRequestHeader("X-Secret")
                                .responseStatus(503)
                                .setResponseHeader("X-Answer", "changed")
                                .removeResponseHeader("X-Gone"),
                        TrafficRule.on(path("/body"))
                                .named("upper")
                                .rewriteRequestBody(RuleCases::upper)
                                .rewriteResponseBody(RuleCases::upper),
                        TrafficRule.on(path("/delay"))
                                .named("late")
                                .delayRequest(Duration.ofMillis(5))
                                .delayResponse(Duration.ofMillis(5)),
                        TrafficRule.on(path("/later")).named("much later").delayRequest(Duration.ofHours(1)),
                        TrafficRule.on(path("/held")).named("held").delayResponse(Duration.ofHours(1)),
                        TrafficRule.on(path("/slow"))
                                .named("slow")
                                .throttleRequest(100_000)
                                .throttleResponse(100_000),
                        TrafficRule.on(path("/cut")).named("scissors").cutResponseAfter(5),
                        TrafficRule.on(path("/looks").and(where("never", request -> false)))
                                .block(),
                        TrafficRule.on(path("/looks").and(bodyContains("magic")))
                                .named("reader")
                                .answer(400),
                        TrafficRule.on(path("/throws").and(where("throws", RuleCases::thrower)))
                                .named("broken")
                                .block(),
                        TrafficRule.on(path("/fails")).named("failing").rewriteResponseBody(body -> {
                            throw new IllegalStateException("the test wants it");
                        }));
    }

    private static boolean thrower(CapturedRequest request) {
        throw new IllegalStateException("the test wants it");
    }

    private static byte[] upper(byte[] text) {
        return new String(text, UTF_8).toUpperCase(Locale.ROOT).getBytes(UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(Ending ending) {
        return new String(ending.content(), UTF_8);
    }

    private static String text(Half half) throws IOException {
        return text(whole(half));
    }

    private ClientExchange postWhole(String path, String content, String... fields) throws IOException {
        ClientExchange client = post(path, fields);
        client.send(bytes(content));
        client.end();
        return client;
    }

    private void assertOutcome(Exchange exchange, Status status, Side side, String detail) {
        assertThat(exchange.outcome().status()).as("%s", exchange).isEqualTo(status);
        assertThat(exchange.outcome().side()).isEqualTo(side);
        assertThat(exchange.outcome().detail()).isEqualTo(detail);
    }

    @Test
    void anAnswerTakesTheOriginsPlaceAndTheConnectionGoesOn() throws Exception {
        ClientExchange client = postWhole("/answer", "an order");
        TestResponse response = client.response();
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.fields().first("x-stub")).contains("yes");
        assertThat(response.fields().first("content-length")).contains("7");
        assertThat(text(client)).isEqualTo("{\"a\":1}");
        Exchange exchange = recorded();
        assertOutcome(exchange, Status.ANSWERED_BY_PROXY, Side.PROXY, "by the rule \"stub\"");
        assertThat(exchange.rules()).containsExactly("stub");
        assertThat(exchange.request().body().text()).isEqualTo("an order");
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo("{\"a\":1}");
        assertThat(exchange.sentRequest()).isEmpty();
        assertThat(exchange.originResponse()).isEmpty();
        assertThat(exchange.originHop()).isEmpty();

        ClientExchange second = get("/answer");
        assertThat(second.response().status()).isEqualTo(201);
        assertThat(text(second)).isEqualTo("{\"a\":1}");
        assertThat(rig().proxy().history().snapshot()).hasSize(2);
    }

    @Test
    void anAnswerToHeadSaysTheLengthThatItWouldHave() throws Exception {
        ClientExchange client = client().requestEmpty(head("HEAD", "/answer"));
        assertThat(client.response().fields().first("content-length")).contains("7");
        assertThat(text(client)).isEmpty();
        assertThat(recorded().response().orElseThrow().body().size()).isZero();
    }

    @Test
    void anAnswerMayHaveNoContent() throws Exception {
        ClientExchange client = get("/empty");
        TestResponse response = client.response();
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.fields().has("content-length")).isFalse();
        assertThat(text(client)).isEmpty();
    }

    @Test
    void anAnswerIsComputedFromTheWholeRequest() throws Exception {
        ClientExchange client = post("/computed");
        client.send(bytes("one "));
        client.send(bytes("two"));
        client.end();
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(text(client)).isEqualTo("POST one two");
        assertThat(recorded().outcome().status()).isEqualTo(Status.ANSWERED_BY_PROXY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/answer", "/computed", "/body"})
    void aClientThatWaitsToBeToldToGoOnIsTold(String path) throws Exception {
        ClientExchange client = post(path, "Content-Length", "2", "Expect", "100-continue");
        assertThat(client.response().status()).isEqualTo(100);
        client.send(bytes("ok"));
        client.end();
        if (path.equals("/body")) {
            OriginExchange server = taken();
            assertThat(server.request().fields().has("expect")).isFalse();
            assertThat(text(server)).isEqualTo("OK");
            server.respondEmpty(TestResponse.of(200, "Content-Length", "0"));
        }
        assertThat(client.response().status()).isBetween(200, 201);
        whole(client);
    }

    @Test
    void aBlockedRequestIsRefusedWhateverIsStillToCome() throws Exception {
        ClientExchange client = post("/block");
        assertThat(client.response().status()).isEqualTo(403);
        Exchange exchange = recorded();
        assertOutcome(exchange, Status.FORBIDDEN, Side.PROXY, "the rule \"wall\" blocks this request");
        assertThat(exchange.rules()).containsExactly("wall");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reset", "/stall"})
    void aBrokenExchangeIsCutShort(String path) throws Exception {
        ClientExchange client = get(path);
        client.awaitAbort();
        Exchange exchange = recorded();
        assertThat(exchange.outcome().status()).isEqualTo(Status.BROKEN_BY_RULE);
        assertThat(exchange.outcome().side()).isEqualTo(Side.PROXY);
        assertThat(exchange.response()).isEmpty();
    }

    @Test
    void aRedirectedRequestGoesElsewhere() throws Exception {
        try (TestOrigin other = new TestOrigin(Version.HTTP_1_1, null)) {
            URI origin = URI.create("http://" + other.authority());
            restart(options -> options.rule(
                    TrafficRule.on(method("POST")).named("detour").redirectTo(origin)));
            ClientExchange client = postWhole("/path?q=1", "content");
            OriginExchange server = other.take();
            assertThat(server.request().authority()).isEqualTo(other.authority());
            assertThat(server.request().path()).isEqualTo("/path?q=1");
            assertThat(text(server)).isEqualTo("content");
            server.respond(TestResponse.of(200, "Content-Length", "2"));
            server.send(bytes("hi"));
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(text(client)).isEqualTo("hi");
            Exchange exchange = recorded();
            assertThat(exchange.outcome().status()).isEqualTo(Status.COMPLETED);
            assertThat(exchange.request().url()).endsWith("/path?q=1").doesNotContain(other.authority());
            CapturedRequest sent = exchange.sentRequest().orElseThrow();
            assertThat(sent.url()).isEqualTo(origin + "/path?q=1");
            assertThat(sent.body().text()).isEqualTo("content");
            assertThat(exchange.remoteAddress().orElseThrow().getPort()).isEqualTo(origin.getPort());
        }
    }

    @Test
    void headsAreChangedOnBothWaysWhileContentStreams() throws Exception {
        ClientExchange client = post("/head", "X-Secret", "s", "X-Set", "old", "X-Kept", "k");
        client.send(bytes("first "));
        OriginExchange server = taken();
        assertThat(server.read(6)).isEqualTo(bytes("first "));
        client.send(bytes("last"));
        client.end();
        assertThat(text(server)).isEqualTo("last");
        TestRequest got = server.request();
        assertThat(got.method()).isEqualTo("PUT");
        assertThat(got.path()).isEqualTo("/other?x=1");
        assertThat(got.fields().has("x-secret")).isFalse();
        assertThat(got.fields().all("x-set")).containsExactly("new");
        assertThat(got.fields().first("x-kept")).contains("k");
        server.respond(TestResponse.of(200, "X-Answer", "as it was", "X-Gone", "g"));
        server.send(bytes("streams "));
        TestResponse response = client.response();
        assertThat(client.read(8)).isEqualTo(bytes("streams "));
        server.send(bytes("on"));
        server.end();
        assertThat(text(client)).isEqualTo("on");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.fields().first("x-answer")).contains("changed");
        assertThat(response.fields().has("x-gone")).isFalse();
        assertBothSides(completed(bytes("first last"), bytes("streams on")));
    }

    private void assertBothSides(Exchange exchange) {
        assertThat(exchange.rules()).containsExactly("edits");
        assertThat(exchange.request().method()).isEqualTo("POST");
        assertThat(exchange.request().headers().first("x-secret")).contains("s");
        assertThat(exchange.response().orElseThrow().status()).isEqualTo(503);
        CapturedRequest sent = exchange.sentRequest().orElseThrow();
        assertThat(sent.method()).isEqualTo("PUT");
        assertThat(sent.url()).endsWith("/other?x=1");
        assertThat(sent.headers().has("x-secret")).isFalse();
        assertThat(sent.body().text()).isEqualTo("first last");
        CapturedResponse got = exchange.originResponse().orElseThrow();
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.headers().first("x-answer")).contains("as it was");
        assertThat(got.body().text()).isEqualTo("streams on");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bodiesAreChangedOnBothWays(boolean lengthKnown) throws Exception {
        ClientExchange client =
                postWhole("/body", "request", lengthKnown ? new String[] {"Content-Length", "7"} : new String[0]);
        OriginExchange server = taken();
        assertThat(server.request().fields().first("content-length")).contains("7");
        assertThat(text(server)).isEqualTo("REQUEST");
        byte[] zipped = Gzip.of(bytes("a response"));
        server.respond(
                lengthKnown
                        ? TestResponse.of(
                                200, "Content-Encoding", "gzip", "Content-Length", String.valueOf(zipped.length))
                        : TestResponse.of(200, "Content-Encoding", "gzip"));
        server.send(zipped);
        server.end();
        HeaderList fields = client.response().fields();
        assertThat(fields.has("content-encoding")).isFalse();
        assertThat(fields.all("content-length")).containsExactly("10");
        assertThat(text(client)).isEqualTo("A RESPONSE");
        Exchange exchange = completed(bytes("request"), bytes("A RESPONSE"));
        assertThat(exchange.sentRequest().orElseThrow().body().text()).isEqualTo("REQUEST");
        CapturedResponse got = exchange.originResponse().orElseThrow();
        assertThat(got.body().bytes()).isEqualTo(zipped);
        assertThat(got.body().text()).isEqualTo("a response");
    }

    @Test
    void aResponseWithoutContentKeepsItsHead() throws Exception {
        ClientExchange client = client().requestEmpty(head("HEAD", "/body"));
        taken().respondEmpty(TestResponse.of(200, "Content-Length", "1000"));
        assertThat(client.response().fields().first("content-length")).contains("1000");
        assertThat(text(client)).isEmpty();
        assertThat(completed().rules()).containsExactly("upper");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/delay", "/slow"})
    void whatIsSlowedDownPassesUnchanged(String path) throws Exception {
        byte[] content = pattern(3_000);
        ClientExchange client = post(path);
        client.send(content);
        client.end();
        OriginExchange server = taken();
        assertThat(whole(server).content()).isEqualTo(content);
        server.respond(TestResponse.of(200));
        server.send(content);
        server.end();
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(whole(client).content()).isEqualTo(content);
        Exchange exchange = completed(content, content);
        assertThat(exchange.rules()).hasSize(1);
        assertThat(exchange.sentRequest()).isEmpty();
        assertThat(exchange.originResponse()).isEmpty();
    }

    /** The cut may end the origin's connection, too, so that there may be nobody to send the response's end to. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aResponseThatARuleCutsNeverLooksWhole(boolean lengthKnown) throws Exception {
        ClientExchange client = get("/cut");
        OriginExchange server = taken();
        server.respond(
                lengthKnown ? TestResponse.of(200, "Content-Length", "10") : TestResponse.of(200));
        server.send(bytes("0123456789"));
        client.awaitAbort();
        Exchange exchange = recorded();
        assertOutcome(
                exchange,
                Status.BROKEN_BY_RULE,
                Side.PROXY,
                "the rule \"scissors\" cuts the response after 5 bytes");
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo("01234");
        assertThat(exchange.response().orElseThrow().body().isComplete()).isFalse();
        assertThat(exchange.originResponse().orElseThrow().body().text()).isEqualTo("0123456789");
    }

    @Test
    void aResponseThatIsNoLongerThanTheCutPasses() throws Exception {
        ClientExchange client = get("/cut");
        OriginExchange server = taken();
        server.respond(TestResponse.of(200));
        server.send(bytes("01234"));
        server.end();
        client.response();
        assertThat(text(client)).isEqualTo("01234");
        completed();
    }

    @Test
    void aMatcherMayLookAtTheBody() throws Exception {
        ClientExchange matched = postWhole("/looks", "some magic word");
        assertThat(matched.response().status()).isEqualTo(400);
        whole(matched);
        ClientExchange other = postWhole("/looks", "a word");
        OriginExchange server = taken();
        assertThat(text(server)).isEqualTo("a word");
        server.respondEmpty(TestResponse.of(200, "Content-Length", "0"));
        assertThat(other.response().status()).isEqualTo(200);
        whole(other);
        assertThat(rig().proxy().history().snapshot())
                .extracting(Exchange::rules)
                .containsExactly(List.of("reader"), List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pass", "two"})
    void whatRulesChangeAddsUpUntilOneSettlesTheRequest(String path) throws Exception {
        ClientExchange client = get("/all/" + path);
        OriginExchange server = taken();
        boolean both = path.equals("two");
        assertThat(server.request().fields().all("x-first"))
                .containsExactly(both ? new String[] {"1", "2"} : new String[] {"1"});
        server.respondEmpty(TestResponse.of(200, "Content-Length", "0"));
        assertThat(client.response().status()).isEqualTo(200);
        whole(client);
        assertThat(completed().rules()).containsExactly("first", both ? "second" : "pass");
    }

    @Test
    void aPredicateThatThrowsEndsItsExchange() throws Exception {
        ClientExchange client = get("/throws");
        assertThat(client.response().status()).isEqualTo(502);
        assertOutcome(
                recorded(),
                Status.INTERNAL_ERROR,
                Side.PROXY,
                "the rule \"broken\" failed: IllegalStateException");
        assertThat(rig().proxy().counts().ruleErrors()).isEqualTo(1);
    }

    @Test
    void aFunctionThatThrowsEndsItsExchangeAndTheRecordHasTheOriginsResponse() throws Exception {
        ClientExchange client = get("/fails");
        OriginExchange server = taken();
        server.respond(TestResponse.of(200, "X-Origin", "o"));
        server.send(bytes("content"));
        server.end();
        assertThat(client.response().status()).isEqualTo(502);
        Exchange exchange = recorded();
        assertThat(exchange.outcome().status()).isEqualTo(Status.INTERNAL_ERROR);
        assertThat(exchange.response().orElseThrow().status()).isEqualTo(502);
        CapturedResponse got = exchange.originResponse().orElseThrow();
        assertThat(got.headers().first("x-origin")).contains("o");
        assertThat(got.body().text()).isEqualTo("content");
    }

    @Test
    void aRequestThatIsTooLargeToBeHeldIsRefused() throws Exception {
        ClientExchange client = post("/computed");
        client.send(pattern(MAX_BODY + 1));
        assertThat(client.response().status()).isEqualTo(413);
        assertThat(recorded().outcome().status()).isEqualTo(Status.LIMIT_REACHED);
    }

    @Test
    void aResponseThatIsTooLargeToBeHeldBecomesAnError() throws Exception {
        ClientExchange client = get("/body");
        OriginExchange server = taken();
        server.respond(TestResponse.of(200));
        server.send(pattern(MAX_BODY + 1));
        assertThat(client.response().status()).isEqualTo(502);
        server.awaitAbort();
        assertThat(recorded().outcome().status()).isEqualTo(Status.LIMIT_REACHED);
    }

    @Test
    void aResponseThatTheOriginCutsShortIsNeverGivenToAFunction() throws Exception {
        ClientExchange client = get("/body");
        OriginExchange server = taken();
        server.respond(TestResponse.of(200));
        server.send(bytes("part"));
        server.breakConnection();
        assertThat(client.response().status()).isEqualTo(502);
        assertThat(recorded().outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
    }

    private void awaitInFlight(String path) {
        Eventually.holds(
                "the request waits",
                () -> rig().proxy().history().inFlight().stream()
                        .anyMatch(it -> it.request().path().equals(path)));
    }

    @Test
    void aClientThatLeavesWhileItsRequestWaitsEndsTheExchange() throws Exception {
        ClientExchange client = get("/later");
        awaitInFlight("/later");
        client.abort(CANCEL);
        assertThat(awaited().outcome().status()).isEqualTo(Status.CLIENT_ABORTED);
        assertThat(recorded().originHop()).isEmpty();
    }

    @Test
    void aClientThatLeavesWhileItsResponseWaitsEndsTheExchange() throws Exception {
        ClientExchange client = get("/held");
        OriginExchange server = taken();
        server.respond(TestResponse.of(200));
        server.send(bytes("part"));
        client.abort(CANCEL);
        server.awaitAbort();
        assertThat(awaited().outcome().status()).isEqualTo(Status.CLIENT_ABORTED);
    }

    @Test
    void aRequestThatNoRuleIsForPassesUntouched() throws Exception {
        restart(options -> options.rule(TrafficRule.on(header("X-Rule")).block()));
        ClientExchange client = get("/");
        taken().respondEmpty(TestResponse.of(200, "Content-Length", "0"));
        assertThat(client.response().status()).isEqualTo(200);
        whole(client);
        assertThat(completed().rules()).isEmpty();
    }

    @Test
    void theProxyClosesWhileExchangesWait() throws Exception {
        get("/later");
        awaitInFlight("/later");
        rig().proxy().close();
        assertThat(recorded().outcome().status()).isEqualTo(Status.PROXY_CLOSED);
    }
}
