package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code forwardTo}, a client that knows of no proxy talks to it as to the origin. */
class ReverseProxyTest extends WireTest {
    @BeforeEach
    void forward() {
        restart(options().forwardTo(URI.create("http://" + origin.authority())));
    }

    private String direct(String method, String target, String body, String... fields) {
        return method + " " + target + " HTTP/1.1\r\nHost: " + proxy.address().getHostString() + "\r\n" + lines(fields)
                + "\r\n" + body;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a%2Fb?x={1}|2", "//a", "/a/../b", "/?\u00e9"})
    void takesOriginFormAndNamesTheTargetInHost(String target) throws IOException {
        RawSocket client = clientSending(direct("GET", target, "", "B: 1", "a: 2"));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("GET", target, "B: 1", "a: 2"));
        server.send(response("200 OK", "abc"));
        assertThat(client.readHead() + client.read(3)).isEqualTo(response("200 OK", "abc"));
        assertThat(recorded().request().url()).isEqualTo("http://" + origin.authority() + target);
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
    }

    @Test
    void takesAbsoluteFormToo() throws IOException {
        clientSending("GET http://elsewhere.example/a?b HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n");
        assertThat(accept().readHead()).isEqualTo(forwarded("GET", "/a?b"));
    }

    @Test
    void sendsOptionsForTheWholeOriginOn() throws IOException {
        clientSending(direct("OPTIONS", "*", ""));
        assertThat(accept().readHead()).isEqualTo(forwarded("OPTIONS", "*"));
    }

    @Test
    void addsTheHostThatAnOldClientLeftOut() throws IOException {
        clientSending("GET / HTTP/1.0\r\n\r\n");
        assertThat(accept().readHead()).isEqualTo(forwarded("GET", "/"));
    }

    @Test
    void keepsTheConnectionOfAnOldClientThatAsksForItAsAnOriginDoes() throws IOException {
        RawSocket client = clientSending("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", "abc"));
        assertThat(client.readHead() + client.read(3)).contains("\r\nConnection: keep-alive\r\n");
        client.send("GET /2 HTTP/1.0\r\n\r\n");
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/2"));
    }

    @Test
    void removesHopByHopFieldsInBothDirections() throws IOException {
        RawSocket client = clientSending(direct("GET", "/", "", "Connection: x", "X: 1", "Proxy-Authorization: s"));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/"));
        server.send(response("200 OK", "", "Connection: y", "Y: 1", "Keep-Alive: 1"));
        assertThat(client.readHead()).isEqualTo(response("200 OK", ""));
    }

    @Test
    void carriesBothBodiesInChunks() throws IOException {
        String body = "3\r\nabc\r\n0\r\nA: 1\r\n\r\n";
        RawSocket client = clientSending(direct("POST", "/", body, "Transfer-Encoding: chunked"));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("POST", "/", "Transfer-Encoding: chunked"));
        assertThat(server.read(body.length())).isEqualTo(body);
        server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
        client.readHead();
        assertThat(client.read(body.length())).isEqualTo(body);
    }

    @Test
    void refusesAmbiguousFraming() throws IOException {
        RawSocket client = clientSending(
                direct("POST", "/", direct("GET", "/smuggled", ""), "Content-Length: 5", "Transfer-Encoding: chunked"));
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1 ");
        clientSending(direct("GET", "/sentinel", ""));
        assertThat(accept().readHead()).isEqualTo(sentinel());
    }

    @Test
    void answersForAnOriginThatSaysNothing() throws IOException {
        RawSocket client = clientSending(direct("GET", "/", ""));
        accept().close();
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ");
        assertThat(recorded().outcome().side()).isEqualTo(Outcome.Side.ORIGIN);
    }
}
