package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields about one connection end at the proxy, whichever way they go (RFC 9110 section 7.6.1). */
class HopByHopFieldsTest extends WireTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: keep-alive",
                "Connection: close",
                "connection: Close, X-Foo\r\nx-FOO: 1",
                "X-Foo: 1\r\nConnection: x-foo\r\nx-foo: 2",
                "Connection: x-foo\r\nConnection: x-bar\r\nX-Bar: 1\r\nX-Foo: 2",
                "Connection: , ,x-foo ,\t,\r\nX-Foo:",
                "Keep-Alive: timeout=5, max=100",
                "Proxy-Connection: keep-alive",
                "TE: trailers",
                "TE: trailers, deflate;q=0.5\r\nConnection: TE",
                "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQ",
                "Upgrade: websocket",
                "Proxy-Authorization: Basic dTpw",
                "Connection: trailer\r\nTrailer: X-Sum"
            })
    void removesFromRequests(String fields) throws IOException {
        clientSending(get("/", "X-Before: 1", fields, "X-After: 2"));
        assertThat(accept().readHead()).isEqualTo(forwarded("GET", "/", "X-Before: 1", "X-After: 2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: keep-alive",
                "Connection: x-foo\r\nX-Foo: 1",
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "X-Foo: 1\r\nConnection: keep-alive, x-foo",
                "Upgrade: h2c\r\nConnection: upgrade",
                "TE: trailers"
            })
    void removesFromResponses(String fields) throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", "", "X-Before: 1", fields, "X-After: 2"));
        assertThat(client.readHead()).isEqualTo(response("200 OK", "", "X-Before: 1", "X-After: 2"));
    }

    @Test
    void tellsTheClientItselfWhenTheConnectionCloses() throws IOException {
        RawSocket client = clientSending(get("/", "Connection: close"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", "abc", "Connection: close, x-foo", "X-Foo: 1"));
        assertThat(client.readToEnd())
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "content-length", "Host, Content-Length, x-other"})
    void neverLetsConnectionTakeRoutingOrFramingAway(String nominated) throws IOException {
        clientSending(request("POST", "/", "abc", "Content-Length: 3", "Connection: " + nominated));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("POST", "/", "Content-Length: 3"));
        assertThat(server.read(3)).isEqualTo("abc");
    }

    @Test
    void neverLetsConnectionTakeChunkedAway() throws IOException {
        clientSending(request(
                "POST", "/", "3\r\nabc\r\n0\r\n\r\n", "Transfer-Encoding: chunked", "Connection: transfer-encoding"));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("POST", "/", "Transfer-Encoding: chunked"));
        assertThat(server.read(13)).isEqualTo("3\r\nabc\r\n0\r\n\r\n");
    }

    @Test
    void neverLetsConnectionTakeAResponsesLengthAway() throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", "abc", "Connection: content-length"));
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n");
        assertThat(client.read(3)).isEqualTo("abc");
    }

    @Test
    void passesTrailerWhichTellsOfTheBody() throws IOException {
        clientSending(request("POST", "/", "0\r\nX-Sum: 1\r\n\r\n", "Trailer: X-Sum", "Transfer-Encoding: chunked"));
        assertThat(accept().readHead())
                .isEqualTo(forwarded("POST", "/", "Trailer: X-Sum", "Transfer-Encoding: chunked"));
    }

    @Test
    void passesAnOriginsProxyAuthenticate() throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        String response = response("407 Who", "", "Proxy-Authenticate: Basic realm=\"of the origin\"");
        server.send(response);
        assertThat(client.readHead()).isEqualTo(response);
    }

    @Test
    void recordsWhatItRemoves() throws IOException {
        RawSocket client = clientSending(get("/", "Connection: x-foo", "X-Foo: 1"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", "", "Keep-Alive: timeout=5"));
        client.readHead();
        assertThat(recorded().request().headers().first("X-Foo")).contains("1");
        assertThat(recorded().response().orElseThrow().headers().first("Keep-Alive"))
                .contains("timeout=5");
    }

    @Test
    void addsNoFieldOfItsOwn() throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/"));
        server.send(response("200 OK", ""));
        assertThat(client.readHead()).isEqualTo(response("200 OK", ""));
    }
}
