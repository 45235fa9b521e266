package io.github.captureproxy.engine;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static io.github.captureproxy.rules.RequestMatcher.header;
import static io.github.captureproxy.rules.RequestMatcher.path;
import static io.github.captureproxy.rules.RequestMatcher.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.rules.Answer;
import io.github.captureproxy.rules.RequestMatcher;
import io.github.captureproxy.rules.TrafficRule;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.testkit.TestTls;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rules do on the wire of HTTP/1. */
class RulesTest {
    private RawOrigin origin;
    private CaptureProxy proxy;
    private RawSocket client;

    @BeforeEach
    void start() throws IOException {
        origin = new RawOrigin();
        proxy = CaptureProxy.builder()
                .port(0)
                .ioThreads(1)
                .rule(
                        TrafficRule.on(path("/hi")).answer(Answer.of(200).body("hi")),
                        TrafficRule.on(path("/computed"))
                                .answer(request ->
                                        Answer.of(200).body(request.body().text())),
                        TrafficRule.on(path("/maybe").and(where("never", request -> false)))
                                .block(),
                        TrafficRule.on(path("/ruled")).setRequestHeader("X-Ruled", "1"),
                        TrafficRule.on(path("/renamed")).requestTarget(sent -> "/new" + sent),
                        TrafficRule.on(path("/stall")).stall(),
                        TrafficRule.on(header("X-Block")).block())
                .firstByteTimeout(Duration.ofMillis(200))
                .start();
        client = RawSocket.connect(proxy.address());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        proxy.close();
        origin.close();
    }

    private String forProxy(String method, String path, String rest) {
        return method + " http://" + origin.authority() + path + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n"
                + rest;
    }

    private static final String HI = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
        client.send(forProxy("GET", "/hi", "\r\n")
                + forProxy("POST", "/computed", "Content-Length: 3\r\n\r\none")
                + forProxy("GET", "/hi", "Connection: close\r\n\r\n"));
        assertThat(client.readToEnd())
                .isEqualTo(HI + "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none"
                        + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
        assertThat(proxy.history().snapshot()).hasSize(3);
    }

    @Test
    void theBodyOfAnAnsweredRequestIsNotTakenForAnotherRequest() throws Exception {
        String inner = "GET /evil HTTP/1.1\r\nHost: evil\r\n\r\n";
        client.send(forProxy("POST", "/hi", "Content-Length: " + inner.length() + "\r\n\r\n" + inner)
                + forProxy("GET", "/hi", "Connection: close\r\n\r\n"));
        assertThat(client.readToEnd()).startsWith(HI).endsWith("Connection: close\r\n\r\nhi");
        assertThat(proxy.history().snapshot())
                .extracting(exchange -> exchange.request().path())
                .containsExactly("/hi", "/hi");
    }

    @Test
    void aClientOfHttp10GetsItsAnswer() throws Exception {
        client.send("GET http://" + origin.authority() + "/hi HTTP/1.0\r\n\r\n");
        assertThat(client.readToEnd()).endsWith("Connection: close\r\n\r\nhi");
    }

    @Test
    void theProxysOwnAddressCanBeABaseUrl() throws Exception {
        client.send("POST /computed HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nab");
        assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK");
        assertThat(client.read(2)).isEqualTo("ab");
        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.request().url())
                .isEqualTo("http://127.0.0.1:" + proxy.address().getPort() + "/computed");
        assertThat(exchange.outcome().status()).isEqualTo(Status.ANSWERED_BY_PROXY);
    }

    @Test
    void whatNoRuleAnswersIsNoRequestToTheProxy() throws Exception {
        client.send("GET /other HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ").contains("this is a proxy");
    }

    @Test
    void whatARuleDoesNotAnswerAfterAllIsNoRequestToTheProxyEither() throws Exception {
        client.send("GET /maybe HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ").contains("this is a proxy");
        assertThat(proxy.history().single(any()).outcome().status()).isEqualTo(Status.MALFORMED_REQUEST);
    }

    @Test
    void aChunkedBodyWithoutContentIsStillEnded() throws Exception {
        client.send(forProxy("POST", "/ruled", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
        try (RawSocket server = origin.accept()) {
            assertThat(server.readHead()).contains("Transfer-Encoding: chunked", "X-Ruled: 1");
            assertThat(server.read(5)).isEqualTo("0\r\n\r\n");
            server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
            assertThat(client.readThrough("0\r\n\r\n"))
                    .isEqualTo("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void aTargetKeepsItsFormForAnUpstream() throws Exception {
        client.send(forProxy("GET", "/renamed", "\r\n"));
        try (RawSocket server = origin.accept()) {
            assertThat(server.readHead())
                    .isEqualTo("GET /new/renamed HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
            server.send("HTTP/1.1 204 No Content\r\n\r\n");
            client.readHead();
        }
        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.request().path()).isEqualTo("/renamed");
        assertThat(exchange.sentRequest().orElseThrow().path()).isEqualTo("/new/renamed");
    }

    @Test
    void anUpgradeGoesThroughRules() throws Exception {
        client.send(forProxy("GET", "/ruled", "Connection: Upgrade\r\nUpgrade: chat\r\n\r\n"));
        try (RawSocket server = origin.accept()) {
            assertThat(server.readHead()).contains("Upgrade: chat", "X-Ruled: 1");
            server.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\nhello");
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(client.read(5)).isEqualTo("hello");
            client.send("bye").halfClose();
            assertThat(server.read(3)).isEqualTo("bye");
        }
        client.readToEnd();
        Exchange exchange = proxy.history().await(any(), Duration.ofSeconds(10));
        assertThat(exchange.upgradedTo()).contains("chat");
        assertThat(exchange.rules()).hasSize(1);
    }

    @Test
    void whatIsStalledWithoutATimeEndsWithTheFirstByteTimeout() throws Exception {
        client.send(forProxy("GET", "/stall", "\r\n"));
        assertThat(client.endsByReset()).isTrue();
        assertThat(proxy.history().single(any()).outcome().status()).isEqualTo(Status.BROKEN_BY_RULE);
    }

    @Test
    void aRefusedClientMeetsNoRules() throws Exception {
        try (CaptureProxy closed = CaptureProxy.builder()
                        .port(0)
                        .credentials("u", "p")
                        .rule(TrafficRule.on(RequestMatcher.any()).answer(200))
                        .start();
                RawSocket other = RawSocket.connect(closed.address())) {
            other.send("GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(other.readToEnd()).startsWith("HTTP/1.1 407 ");
        }
    }

    @Test
    void aRedirectMayLeadToAnOriginInTls() throws Exception {
        TestTls key = TestTls.create();
        try (RecordingOrigin secure = RecordingOrigin.start(key);
                CaptureProxy other = CaptureProxy.builder()
                        .port(0)
                        .rule(TrafficRule.on(RequestMatcher.any())
                                .redirectTo(URI.create("https://" + secure.authority()), key.context()))
                        .start();
                RawSocket socket = RawSocket.connect(other.address())) {
            socket.send("GET http://nowhere.test/hello HTTP/1.1\r\nHost: nowhere.test\r\nConnection: close\r\n\r\n");
            assertThat(socket.readToEnd()).startsWith("HTTP/1.1 ");
            assertThat(secure.received("/hello")).hasSize(1);
            Exchange exchange = other.history().single(any());
            assertThat(exchange.sentRequest().orElseThrow().url())
                    .isEqualTo("https://" + secure.authority() + "/hello");
            assertThat(exchange.originTls()).isPresent();
        }
    }

    @Test
    void connectIsNotARulesBusiness() throws Exception {
        client.send("CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: " + origin.authority()
                + "\r\nX-Block: 1\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
        client.send("GET /hi HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
        assertThat(client.readThrough("hi")).isEqualTo(HI); // what is inside is
    }
}
