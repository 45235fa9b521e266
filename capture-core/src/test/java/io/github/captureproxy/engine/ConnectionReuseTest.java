package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both connections go on after an exchange, unless either side says otherwise (RFC 9112 section 9.3). */
class ConnectionReuseTest extends WireTest {
    private static final String OK = response("200 OK", "abc");

    @Test
    void sendsManyRequestsOverOnePairOfConnections() throws IOException {
        RawSocket client = client();
        RawSocket server = null;
        for (int i = 0; i < 20; i++) {
            client.send(request("POST", "/" + i, "abc", "Content-Length: 3"));
            server = server == null ? accept() : server;
            assertThat(server.readHead()).isEqualTo(forwarded("POST", "/" + i, "Content-Length: 3"));
            assertThat(server.read(3)).isEqualTo("abc");
            server.send(OK);
            assertThat(client.read(OK.length())).isEqualTo(OK);
        }
        assertThat(exchanges().size()).isEqualTo(20);
        assertThat(exchanges().stream()
                        .map(exchange -> exchange.client().connection())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void givesAnOriginsConnectionToAnotherClient() throws IOException {
        RawSocket first = clientSending(get("/1"));
        RawSocket server = accept();
        server.readHead();
        server.send(OK);
        first.read(OK.length());
        RawSocket second = clientSending(get("/2"));
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/2"));
        server.send(OK);
        assertThat(second.read(OK.length())).isEqualTo(OK);
    }

    @Test
    void closesTheClientsConnectionWhenTheClientAsks() throws IOException {
        RawSocket client = clientSending(get("/", "Connection: close"));
        RawSocket server = accept();
        server.readHead();
        server.send(OK);
        assertThat(client.readToEnd()).endsWith("Connection: close\r\n\r\nabc");
        assertThat(nextAtOrigin(server)).isEqualTo(sentinel());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nConnection: close\r\n", "HTTP/1.0 200 OK\r\n"})
    void keepsTheClientsConnectionWhenTheOriginEndsIts(String head) throws IOException {
        RawSocket client = clientSending(get("/1"));
        RawSocket server = accept();
        server.readHead();
        server.send(head + "Content-Length: 3\r\n\r\nabc");
        assertThat(client.read(OK.length())).isEqualTo(OK);
        assertThat(server.readToEnd()).isEmpty();
        client.send(get("/2"));
        RawSocket next = accept();
        assertThat(next.readHead()).isEqualTo(forwarded("GET", "/2"));
    }

    @Test
    void keepsTheConnectionOfAnOldOriginThatAsksForIt() throws IOException {
        RawSocket client = clientSending(get("/1"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 3\r\n\r\nabc");
        assertThat(client.read(OK.length())).isEqualTo(OK);
        client.send(get("/2"));
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/2"));
    }

    /** RFC 9112 section 9.3: what asks for it may be an old proxy that passes on what it does not know. */
    @Test
    void keepsNoConnectionOfAnOldClientThatAsksForIt() throws IOException {
        RawSocket client = clientSending(get("/1", "Connection: keep-alive").replace("HTTP/1.1", "HTTP/1.0"));
        RawSocket server = accept();
        server.readHead();
        server.send(OK);
        assertThat(client.readToEnd())
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc");
        clientSending(get("/2"));
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/2"));
    }

    @Test
    void answersPipelinedRequestsInOrderAndSendsThemOneByOne() throws IOException {
        RawSocket client = clientSending(
                get("/1") + request("POST", "/2", "abc", "Content-Length: 3") + request("HEAD", "/3", "") + get("/4"));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/1"));
        letProxyRead();
        assertThat(server.socket().getInputStream().available()).isZero();
        server.send(response("200 One", "1"));
        assertThat(server.readHead()).isEqualTo(forwarded("POST", "/2", "Content-Length: 3"));
        assertThat(server.read(3)).isEqualTo("abc");
        letProxyRead();
        assertThat(server.socket().getInputStream().available()).isZero();
        server.send("HTTP/1.1 200 Two\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n2\r\n0\r\n\r\n");
        assertThat(server.readHead()).isEqualTo(forwarded("HEAD", "/3"));
        server.send("HTTP/1.1 200 Three\r\nContent-Length: 3\r\n\r\n");
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/4"));
        server.send(response("200 Four", "4"));
        assertThat(client.readThrough("Four\r\nContent-Length: 1\r\n\r\n4"))
                .isEqualTo(response("200 One", "1")
                        + "HTTP/1.1 200 Two\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n2\r\n0\r\n\r\n"
                        + "HTTP/1.1 200 Three\r\nContent-Length: 3\r\n\r\n" + response("200 Four", "4"));
        assertThat(exchanges())
                .extracting(exchange -> exchange.request().path())
                .containsExactly("/1", "/2", "/3", "/4");
    }

    @Test
    void pipelinesMoreThanItsBuffersHold() throws Exception {
        int count = 1_000;
        String padding = "X-Padding: " + "p".repeat(300);
        RawSocket client = client();
        Background.run(() -> {
            for (int i = 0; i < count; i++) {
                client.send(get("/" + i, padding));
            }
        });
        RawSocket server = accept();
        for (int i = 0; i < count; i++) {
            assertThat(server.readHead()).isEqualTo(forwarded("GET", "/" + i, padding));
            server.send(OK);
        }
        for (int i = 0; i < count; i++) {
            assertThat(client.read(OK.length())).isEqualTo(OK);
        }
        assertThat(proxy.counts().exchanges()).isEqualTo(count);
    }

    @Test
    void answersNoPipelinedRequestBehindOneThatCloses() throws IOException {
        RawSocket client = clientSending(get("/1", "Connection: close") + get("/2"));
        RawSocket server = accept();
        server.readHead();
        server.send(OK);
        assertThat(client.readToEnd()).endsWith("abc");
        assertThat(nextAtOrigin(server)).isEqualTo(sentinel());
        assertThat(exchanges().size()).isEqualTo(1);
    }

    @Test
    void endsAResponseCleanlyThoughMoreRequestsWerePipelinedThanItReads() throws IOException {
        RawSocket client =
                clientSending(get("/1") + request("POST", "/2", "x".repeat(400_000), "Content-Length: 400000"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\n\r\nabc").close();
        assertThat(client.readToEnd()).endsWith("\r\n\r\nabc");
    }

    @Test
    void answersAClientThatHasEndedItsSide() throws IOException {
        RawSocket client = clientSending(get("/")).halfClose();
        RawSocket server = accept();
        server.readHead();
        letProxyRead();
        server.send(OK);
        assertThat(client.readToEnd()).isEqualTo(OK);
        assertThat(recorded().outcome().isSuccess()).isTrue();
    }

    @Test
    void answersAllPipelinedRequestsOfAClientThatHasEndedItsSide() throws IOException {
        RawSocket client = clientSending(get("/1") + get("/2") + request("PUT", "/3", "abc", "Content-Length: 3"))
                .halfClose();
        RawSocket server = accept();
        for (String path : List.of("/1", "/2")) {
            assertThat(server.readHead()).isEqualTo(forwarded("GET", path));
            server.send(OK);
        }
        server.readHead();
        assertThat(server.read(3)).isEqualTo("abc");
        server.send(OK);
        assertThat(client.readToEnd()).isEqualTo(OK + OK + OK);
    }

    @Test
    void answersAPipelinedRequestThatIsCutByTheEndOfTheStream() throws IOException {
        RawSocket client = clientSending(get("/1") + "GET /2").halfClose();
        RawSocket server = accept();
        server.readHead();
        server.send(OK);
        String received = client.readToEnd();
        assertThat(received).startsWith(OK + "HTTP/1.1 400 ");
        assertThat(exchanges())
                .extracting(Exchange::outcome)
                .extracting(Object::toString)
                .containsExactly("COMPLETED", "MALFORMED_REQUEST (the connection ended within a request's head)");
    }

    @Test
    void closesAClientThatEndsBetweenRequestsWithoutARecord() throws IOException {
        RawSocket client = clientSending(get("/1"));
        RawSocket server = accept();
        server.readHead();
        server.send(OK);
        client.read(OK.length());
        assertThat(client.halfClose().readToEnd()).isEmpty();
        assertThat(exchanges().size()).isEqualTo(1);
    }
}
