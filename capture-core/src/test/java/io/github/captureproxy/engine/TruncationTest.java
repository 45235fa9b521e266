package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that is cut short never looks whole at the other side (design: promise 4). */
class TruncationTest extends WireTest {
    private static final String LENGTH = "Content-Length: 10\r\n\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                LENGTH + "abc",
                CHUNKED + "3\r\nabc\r\n",
                CHUNKED + "5\r\nabc",
                CHUNKED + "3\r\nabc",
                CHUNKED + "3\r\nabc\r\n0\r\n",
                CHUNKED + "3\r\nabc\r\n0\r\nA: 1\r\n"
            })
    void aResponseCutByTheOriginsCloseResetsTheClient(String rest) throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\n" + rest);
        client.readHead();
        client.readThrough("abc");
        server.close();
        assertThat(client.endsByReset()).isTrue();
        assertAborted();
    }

    @ParameterizedTest
    @ValueSource(strings = {LENGTH + "abc", CHUNKED + "3\r\nabc\r\n", "\r\nabc"})
    void aResponseCutByTheOriginsResetResetsTheClient(String rest) throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\n" + rest);
        client.readHead();
        client.readThrough("abc");
        server.reset();
        assertThat(client.endsByReset()).isTrue();
        assertAborted();
    }

    @ParameterizedTest
    @ValueSource(strings = {LENGTH + "abc", CHUNKED + "3\r\nabc\r\n", "\r\nabc"})
    void aResponseCutByTheProxysCloseResetsTheClient(String rest) throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\n" + rest);
        client.readHead();
        client.readThrough("abc");
        proxy.close();
        assertThat(client.endsByReset()).isTrue();
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.PROXY_CLOSED);
        assertThat(recorded().outcome().side()).isEqualTo(Outcome.Side.PROXY);
    }

    private void assertAborted() {
        Exchange exchange = recorded();
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.ORIGIN_ABORTED);
        assertThat(exchange.outcome().side()).isEqualTo(Outcome.Side.ORIGIN);
        assertThat(exchange.outcome().bytes()).isEqualTo(3);
        assertThat(exchange.response().orElseThrow().status()).isEqualTo(200);
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo("abc");
        assertThat(exchange.response().orElseThrow().body().isComplete()).isFalse();
    }

    @Test
    void aResponseCutForAnOldClientThatGotItWithoutChunksResetsItToo() throws IOException {
        RawSocket client = clientSending(get("/").replace("HTTP/1.1", "HTTP/1.0"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\n" + CHUNKED + "3\r\nabc\r\n");
        client.readThrough("abc");
        server.close();
        assertThat(client.endsByReset()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n"
            })
    void aResponseThatEndsBeforeItsHeadDoesBecomesA502(String part) throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send(part).close();
        assertThat(client.readToEnd()).contains("HTTP/1.1 502 Bad Gateway\r\n").doesNotContain("200 OK");
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.ORIGIN_ABORTED);
        assertThat(recorded().outcome().side()).isEqualTo(Outcome.Side.ORIGIN);
        assertThat(recorded().response().orElseThrow().status()).isEqualTo(502);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LENGTH + "abc",
                CHUNKED + "3\r\nabc\r\n",
                CHUNKED + "5\r\nabc",
                CHUNKED + "3\r\nabc\r\n0\r\n",
            })
    void aRequestCutByTheClientsCloseResetsTheOrigin(String rest) throws Exception {
        RawSocket client = clientSending(
                "POST http://" + origin.authority() + "/ HTTP/1.1\r\nHost: " + origin.authority() + "\r\n" + rest);
        RawSocket server = accept();
        server.readHead();
        server.readThrough("abc");
        client.close();
        assertThat(server.endsByReset()).isTrue();
        Exchange exchange = awaited();
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.CLIENT_ABORTED);
        assertThat(exchange.outcome().side()).isEqualTo(Outcome.Side.CLIENT);
        assertThat(exchange.outcome().bytes()).isEqualTo(3);
        assertThat(exchange.request().body().text()).isEqualTo("abc");
        assertThat(exchange.request().body().isComplete()).isFalse();
        assertThat(exchange.response()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestCutByAHalfCloseResetsBothSides(boolean responseStarted) throws IOException {
        RawSocket client = clientSending(request("POST", "/", "abc", "Content-Length: 10"));
        RawSocket server = accept();
        server.readHead();
        server.read(3);
        if (responseStarted) {
            server.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            client.readHead();
            client.read(3);
        }
        client.halfClose();
        assertThat(client.endsByReset()).isTrue();
        assertThat(server.endsByReset()).isTrue();
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.CLIENT_ABORTED);
    }

    @Test
    void anOriginThatResetsDuringAnUploadBecomesA502() throws IOException {
        RawSocket client = clientSending(request("POST", "/", "abc", "Content-Length: 10"));
        RawSocket server = accept();
        server.readHead();
        server.read(3);
        server.reset();
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 Bad Gateway\r\n");
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.ORIGIN_ABORTED);
        assertThat(recorded().request().body().isComplete()).isFalse();
    }

    @Test
    void anOriginThatResetsBehindAWholeEarlyResponseHarmsItNot() throws IOException {
        RawSocket client = clientSending(request("POST", "/", "abc", "Content-Length: 10"));
        RawSocket server = accept();
        server.readHead();
        server.read(3);
        server.send(response("200 OK", "abc"));
        assertThat(client.readHead() + client.read(3)).isEqualTo(response("200 OK", "abc"));
        server.reset();
        assertThat(client.readToAnyEnd()).isEmpty();
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
    }
}
