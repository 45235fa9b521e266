package io.github.captureproxy.engine;

import static io.github.captureproxy.rules.RequestMatcher.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.export.Redaction;
import io.github.captureproxy.rules.Stub;
import io.github.captureproxy.rules.TrafficRule;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was captured is served back. */
class StubTest {
    private static final List<Exchange> CAPTURED = List.of(
            exchange("GET", "/orders?page=1", "", 200, "first", true),
            exchange("GET", "/orders?page=1", "", 200, "second", true),
            exchange("POST", "/orders", "a", 201, "made a", true),
            exchange("POST", "/orders", "b", 409, "there is b", true),
            exchange("GET", "/cut", "", 200, "cut", false));

    private CaptureProxy proxy;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Exchange exchange(
            String method, String target, String body, int status, String answer, boolean complete) {
        HeaderList headers = HeaderList.of("X-Captured", "yes", "Transfer-Encoding", "chunked", "Connection", "close");
        CapturedBody got =
                CapturedBody.of(CapturedBody.inMemory(bytes(answer)), answer.length(), complete, null, headers);
        return Exchange.builder(
                        1,
                        new ClientInfo(new InetSocketAddress(1), 1, "", Optional.empty()),
                        new CapturedRequest(
                                method,
                                target,
                                "HTTP/1.1",
                                new HttpOrigin("https", "api.test", 443),
                                HeaderList.empty(),
                                CapturedBody.of(bytes(body)),
                                HeaderList.empty()))
                .response(new CapturedResponse(status, "", "HTTP/1.1", headers, got, HeaderList.empty()))
                .build();
    }

    @BeforeEach
    void start() {
        Stub stub = Stub.of(CAPTURED);
        proxy = CaptureProxy.builder()
                .port(0)
                .rule(
                        TrafficRule.on(path("/other")).answer(204),
                        stub.matchingBodies().rule(path("/orders")),
                        stub.rule())
                .start();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private String answer(String method, String target, String body) throws IOException {
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send(method + " " + target + " HTTP/1.1\r\nHost: any.test\r\nConnection: close\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);
            return client.readToEnd();
        }
    }

    @Test
    void aRequestIsAnsweredInTurnsAsABaseUrlAndThroughTheProxy() throws Exception {
        assertThat(answer("GET", "/orders?page=1", ""))
                .startsWith("HTTP/1.1 200 OK\r\nX-Captured: yes\r\nContent-Length: 5\r\n")
                .endsWith("\r\n\r\nfirst");
        assertThat(answer("GET", "http://api.test/orders?page=1", "")).endsWith("second");
        assertThat(answer("GET", "/orders?page=1", "")).endsWith("second");
    }

    @Test
    void aBodyCountsWhereItIsSaidTo() throws Exception {
        assertThat(answer("POST", "/orders", "b")).startsWith("HTTP/1.1 409 ").endsWith("there is b");
        assertThat(answer("POST", "/orders", "a")).startsWith("HTTP/1.1 201 ").endsWith("made a");
        assertThat(answer("POST", "/orders", "c"))
                .startsWith("HTTP/1.1 501 ")
                .endsWith("The stub has no exchange for POST /orders\nThe nearest is POST /orders (another body)\n");
    }

    @Test
    void anySecretIsTakenForOneThatWasRedacted() throws Exception {
        List<Exchange> redacted = Stream.of(
                        exchange(
                                "POST",
                                "/in?api_key=one&page=1",
                                "{\"pin\":1234,\"user\":\"ann\"}",
                                200,
                                "first",
                                true),
                        exchange(
                                "POST",
                                "/in?api_key=two&page=1",
                                "{\"pin\":1234,\"user\":\"bob\"}",
                                200,
                                "second",
                                true))
                .map(Redaction.builder().bodyFields("pin").build()::apply)
                .toList();
        try (CaptureProxy stub = CaptureProxy.builder()
                .port(0)
                .rule(Stub.of(redacted).matchingBodies().rule(path("/in")))
                .start()) {
            proxy.close();
            proxy = stub;
            assertThat(answer("POST", "/in?api_key=three&page=1", "{\"pin\":98,\"user\":\"bob\"}"))
                    .endsWith("second");
            assertThat(answer("POST", "/in?api_key=three&page=1", "{\"pin\":98,\"user\":\"ann\"}"))
                    .endsWith("first");
            assertThat(answer("POST", "/in?api_key=three&page=2", "{\"pin\":98,\"user\":\"ann\"}"))
                    .startsWith("HTTP/1.1 501 ")
                    .contains(" (another query)\n");
            assertThat(answer("POST", "/in?api_key=three&all&page=1", "{\"pin\":98,\"user\":\"ann\"}"))
                    .startsWith("HTTP/1.1 501 ");
        }
    }

    @Test
    void whatWasNotCapturedIsSaidSoWithTheNearest() throws Exception {
        assertThat(answer("DELETE", "/cut", ""))
                .startsWith("HTTP/1.1 501 ")
                .contains("The stub has no exchange for DELETE /cut\n", "The nearest is ");
        assertThat(answer("GET", "/cut", "")).startsWith("HTTP/1.1 501 ");
        assertThat(answer("GET", "/orders?page=2", "")).endsWith("The nearest is GET /orders?page=1 (another query)\n");
        assertThat(answer("GET", "/other", "")).startsWith("HTTP/1.1 204 ");
    }

    @Test
    void lengthsOfOtherContentStandAndTrailersCome() throws Exception {
        HeaderList length = HeaderList.of("Content-Length", "15");
        Stub stub = Stub.of(List.of(
                answered("HEAD", "/known", 200, length, "", HeaderList.empty()),
                answered("HEAD", "/streamed", 200, HeaderList.empty(), "", HeaderList.empty()),
                answered("GET", "/cached", 304, length, "", HeaderList.empty()),
                answered("GET", "/ended", 200, HeaderList.empty(), "ok", HeaderList.of("Grpc-Status", "0"))));
        try (CaptureProxy started =
                CaptureProxy.builder().port(0).rule(stub.rule()).start()) {
            proxy.close();
            proxy = started;
            assertThat(answer("HEAD", "/known", ""))
                    .contains("\r\nContent-Length: 15\r\n")
                    .endsWith("\r\n\r\n");
            assertThat(answer("HEAD", "/streamed", ""))
                    .startsWith("HTTP/1.1 200 ")
                    .doesNotContain("Content-Length");
            assertThat(answer("GET", "/cached", "")).startsWith("HTTP/1.1 304 ").contains("Content-Length: 15\r\n");
            assertThat(answer("GET", "/ended", ""))
                    .contains("\r\nTransfer-Encoding: chunked\r\n")
                    .endsWith("\r\n\r\n2\r\nok\r\n0\r\nGrpc-Status: 0\r\n\r\n");
        }
    }

    private static Exchange answered(
            String method, String target, int status, HeaderList headers, String body, HeaderList trailers) {
        CapturedResponse response =
                new CapturedResponse(status, "", "HTTP/1.1", headers, CapturedBody.of(bytes(body)), trailers);
        return exchange(method, target, "", status, body, true).toBuilder()
                .response(response)
                .build();
    }

    @Test
    void anEmptyStubSaysThatItIsEmpty() {
        assertThat(Stub.of(List.of())).hasToString("0 exchanges");
    }
}
