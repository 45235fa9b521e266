package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An origin's response that two readers could understand in two ways becomes a 502, and its connection ends. */
class ResponseSmugglingTest extends WireTest {
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    static Stream<String> brokenHeads() {
        return Stream.of(
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" + CHUNKED + "\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: +4\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0x4\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 4 4\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\n" + CHUNKED + CHUNKED + "\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked;q=1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n",
                "HTTP/1.0 200 OK\r\n" + CHUNKED + "\r\n",
                "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n",
                "HTTP/1.1 200 OK\nA: b\n\n",
                "HTTP/1.1 200 OK\r\nA: b\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: \u0000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: \u0001\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
                "HTTP/1.1 200 OK\r\n A: b\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 O\u0001K\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/1.1 +20 OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/11 200 OK\r\n\r\n",
                "http/1.1 200 OK\r\n\r\n",
                "\r\nHTTP/1.1 200 OK\r\n\r\n",
                "ICY 200 OK\r\n\r\n",
                "220 mail.example ESMTP\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("brokenHeads")
    void becomesA502(String head) throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send(head);
        assertThat(client.readToEnd())
                .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                .contains("\r\nConnection: close\r\n")
                .contains("the origin's response breaks the rules of HTTP: ")
                .containsOnlyOnce("HTTP/1.1 ");
        assertThat(server.endsByReset()).isTrue();
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.MALFORMED_RESPONSE);
        assertThat(recorded().outcome().side()).isEqualTo(Outcome.Side.ORIGIN);
        assertThat(recorded().response().orElseThrow().status()).isEqualTo(502);
    }

    @Test
    void becomesA502BehindAnInterimResponseToo() throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 103 Early Hints\r\n\r\n");
        client.readHead();
        server.send("HTTP/1.1 200 OK\r\nA : b\r\n\r\n");
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 204 None\r\n\r\n",
                "HTTP/1.1 304 Same\r\nContent-Length: 9\r\n\r\n"
            })
    void surplusBytesHarmNoResponseButEndTheirConnection(String response) throws IOException {
        RawSocket client = clientSending(get("/1"));
        RawSocket server = accept();
        server.readHead();
        server.send(response + "HTTP/1.1 200 Poison\r\nContent-Length: 0\r\n\r\n");
        assertThat(client.read(response.length())).isEqualTo(response);
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
        client.send(get("/2"));
        RawSocket next = accept();
        assertThat(next.readHead()).isEqualTo(forwarded("GET", "/2"));
        next.send(response("200 Second", ""));
        assertThat(client.readHead()).isEqualTo(response("200 Second", ""));
    }

    @Test
    void bytesOnAConnectionThatWaitsForARequestEndIt() throws IOException {
        RawSocket client = clientSending(get("/1"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", ""));
        client.readHead();
        server.send("HTTP/1.1 200 Poison\r\nContent-Length: 0\r\n\r\n");
        letProxyRead();
        client.send(get("/2"));
        RawSocket next = accept();
        assertThat(next.readHead()).isEqualTo(forwarded("GET", "/2"));
        next.send(response("200 Second", ""));
        assertThat(client.readHead()).isEqualTo(response("200 Second", ""));
    }
}
