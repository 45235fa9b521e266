package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An exchange is in History when the client has read the end of its response (design: promise 2), and exactly once
 * (promise 3). Looked at straight after the last byte, so often that a race would show.
 */
class ReadYourOwnWritesTest extends WireTest {
    private static final int KEPT_ROUNDS = 1_000;
    private static final int CLOSED_ROUNDS = 400;

    @Override
    CaptureProxyBuilder options() {
        return CaptureProxy.builder().port(0);
    }

    static Stream<Arguments> framings() {
        String ok = "HTTP/1.1 200 OK\r\n";
        return Stream.of(
                Arguments.of("GET", ok + "Content-Length: 3\r\n\r\n", "abc"),
                Arguments.of("GET", ok + "Content-Length: 0\r\n\r\n", ""),
                Arguments.of("HEAD", ok + "Content-Length: 3\r\n\r\n", ""),
                Arguments.of("GET", "HTTP/1.1 204 None\r\n\r\n", ""),
                Arguments.of("GET", "HTTP/1.1 304 Same\r\nContent-Length: 3\r\n\r\n", ""),
                Arguments.of("GET", ok + "Transfer-Encoding: chunked\r\n\r\n", "3\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("GET", ok + "Transfer-Encoding: chunked\r\n\r\n", "3\r\nabc\r\n0\r\nA: 1\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("framings")
    void anExchangeIsThereWhenItsLastByteIs(String method, String head, String body) throws IOException {
        RawSocket client = client();
        RawSocket server = null;
        for (int i = 1; i <= KEPT_ROUNDS; i++) {
            client.send(request(method, "/" + i, ""));
            server = server == null ? accept() : server;
            server.readHead();
            server.send(head);
            client.readHead();
            server.send(body);
            client.read(body.length());
            Exchange last = proxy.history().last(ExchangeFilter.any()).orElseThrow();
            assertThat(last.request().path()).isEqualTo("/" + i);
            assertThat(last.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
        }
        assertOnceEach(KEPT_ROUNDS);
    }

    @Test
    void anExchangeIsThereWhenTheStreamEnds() throws IOException {
        for (int i = 1; i <= CLOSED_ROUNDS; i++) {
            try (RawSocket client = RawSocket.connect(proxy.address()).send(get("/" + i));
                    RawSocket server = origin.accept()) {
                server.readHead();
                server.send("HTTP/1.1 200 OK\r\n\r\nabc").halfClose();
                assertThat(client.readToEnd()).endsWith("abc");
                Exchange last = proxy.history().last(ExchangeFilter.any()).orElseThrow();
                assertThat(last.request().path()).isEqualTo("/" + i);
                assertThat(last.response().orElseThrow().body().text()).isEqualTo("abc");
            }
        }
        assertOnceEach(CLOSED_ROUNDS);
    }

    @Test
    void aFailureIsThereWhenItsAnswerIs() throws IOException {
        for (int i = 1; i <= CLOSED_ROUNDS; i++) {
            try (RawSocket client = RawSocket.connect(proxy.address()).send(get("/" + i, "A : b"))) {
                client.readHead();
                assertThat(proxy.history()
                                .last(ExchangeFilter.any())
                                .orElseThrow()
                                .request()
                                .path())
                        .isEqualTo("/" + i);
            }
        }
        assertOnceEach(CLOSED_ROUNDS);
    }

    private void assertOnceEach(int count) {
        assertThat(proxy.counts().exchanges()).isEqualTo(count);
        assertThat(proxy.history().stream().map(Exchange::id).distinct())
                .hasSize(proxy.history().size());
        assertThat(proxy.history().stream()
                        .map(exchange -> exchange.request().path())
                        .distinct())
                .hasSize(proxy.history().size());
    }
}
