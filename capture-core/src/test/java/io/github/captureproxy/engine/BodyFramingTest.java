package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies keep the framing that they came with, wherever the receiver can read it (RFC 9112 section 6). */
class BodyFramingTest extends WireTest {
    private static final String CHUNKS = "3\r\nabc\r\n5\r\ndefgh\r\n";

    @Test
    void keepsAContentLengthInBothDirections() throws IOException {
        RawSocket client = clientSending(request("POST", "/", "abc", "Content-Length: 003"));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("POST", "/", "Content-Length: 003"));
        assertThat(server.read(3)).isEqualTo("abc");
        server.send("HTTP/1.1 200 OK\r\ncontent-length:  05 \r\n\r\nABCDE");
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 OK\r\ncontent-length:  05 \r\n\r\n");
        assertThat(client.read(5)).isEqualTo("ABCDE");
        assertThat(recorded().request().body().text()).isEqualTo("abc");
        assertThat(recorded().response().orElseThrow().body().text()).isEqualTo("ABCDE");
    }

    @Test
    void keepsChunksAndTrailersInBothDirections() throws IOException {
        String body = CHUNKS + "0\r\nX-Sum: 1\r\nx-sum:2\r\n\r\n";
        RawSocket client = clientSending(request("POST", "/", body, "Transfer-Encoding: chunked"));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("POST", "/", "Transfer-Encoding: chunked"));
        assertThat(server.read(body.length())).isEqualTo(body);
        String head = "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n";
        server.send(head + body);
        assertThat(client.readHead()).isEqualTo(head);
        assertThat(client.read(body.length())).isEqualTo(body);
        assertThat(recorded().request().body().text()).isEqualTo("abcdefgh");
        assertThat(recorded().request().trailers().all("X-Sum")).containsExactly("1", "2");
        assertThat(recorded().response().orElseThrow().body().text()).isEqualTo("abcdefgh");
        assertThat(recorded().response().orElseThrow().trailers().all("X-Sum")).containsExactly("1", "2");
    }

    @Test
    void writesChunkSizesAnewWithoutExtensionsAndZeros() throws IOException {
        String body = "0003;a=b\r\nabc\r\n00A ; c=\"d\"\r\n0123456789\r\n000;e\r\n\r\n";
        clientSending(request("POST", "/", body, "Transfer-Encoding: chunked"));
        RawSocket server = accept();
        server.readHead();
        assertThat(server.readThrough("0\r\n\r\n")).isEqualTo("3\r\nabc\r\na\r\n0123456789\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 9", "Transfer-Encoding: chunked", "Host: x", "Trailer: x", "Keep-Alive: 1"})
    void keepsTrailersBackThatCouldBeTakenForFraming(String trailer) throws IOException {
        String body = "0\r\nA: 1\r\n" + trailer + "\r\nB: 2\r\n\r\n";
        clientSending(request("POST", "/", body, "Transfer-Encoding: chunked"));
        RawSocket server = accept();
        server.readHead();
        assertThat(server.readThrough("\r\n\r\n")).isEqualTo("0\r\nA: 1\r\nB: 2\r\n\r\n");
    }

    @Test
    void keepsTrailersBackThatConnectionNames() throws IOException {
        clientSending(request(
                "POST", "/", "0\r\nX-Foo: 1\r\nB: 2\r\n\r\n", "Transfer-Encoding: chunked", "Connection: x-foo"));
        RawSocket server = accept();
        server.readHead();
        assertThat(server.readThrough("\r\n\r\n")).isEqualTo("0\r\nB: 2\r\n\r\n");
    }

    @Test
    void takesChunksOffForAnOldClient() throws IOException {
        RawSocket client = clientSending(get("/", "Connection: keep-alive").replace("HTTP/1.1", "HTTP/1.0"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nA: 1\r\n\r\n" + CHUNKS + "0\r\nX-Sum: 1\r\n\r\n");
        assertThat(client.readToEnd()).isEqualTo("HTTP/1.1 200 OK\r\nA: 1\r\nConnection: close\r\n\r\nabcdefgh");
        assertThat(recorded().response().orElseThrow().trailers().all("X-Sum")).containsExactly("1");
    }

    @Test
    void endsACloseDelimitedBodyByClosing() throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\nA: 1\r\n\r\nab");
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 OK\r\nA: 1\r\nConnection: close\r\n\r\n");
        assertThat(client.read(2)).isEqualTo("ab");
        server.send("cd").close();
        assertThat(client.readToEnd()).isEqualTo("cd");
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
        assertThat(recorded().response().orElseThrow().body().text()).isEqualTo("abcd");
    }

    @Test
    void takesAnEmptyCloseDelimitedBody() throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.0 200 OK\r\n\r\n").close();
        assertThat(client.readToEnd()).isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD,200 OK,Content-Length: 5000",
        "HEAD,200 OK,Transfer-Encoding: chunked",
        "HEAD,404 No,A: 1",
        "GET,204 None,A: 1",
        "GET,304 Same,Content-Length: 5000",
        "GET,304 Same,Transfer-Encoding: chunked",
        "GET,200 OK,Content-Length: 0",
        "DELETE,204 None,Content-Length: 0"
    })
    void knowsResponsesWithoutABodyAndKeepsBothConnections(String method, String line, String field)
            throws IOException {
        String head = "HTTP/1.1 " + line + "\r\n" + field + "\r\n\r\n";
        RawSocket client = clientSending(request(method, "/", ""));
        RawSocket server = accept();
        server.readHead();
        server.send(head);
        assertThat(client.readHead()).isEqualTo(head);
        assertThat(recorded().outcome()).isEqualTo(new Outcome(Outcome.Status.COMPLETED, Outcome.Side.NONE, 0, ""));
        assertThat(recorded().response().orElseThrow().body().size()).isZero();
        client.send(get("/next"));
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/next"));
        server.send(response("200 OK", "abc"));
        assertThat(client.readHead() + client.read(3)).isEqualTo(response("200 OK", "abc"));
    }

    /** It is known to be wrong, and must not go on (RFC 9110 section 8.6): some clients would wait for the content. */
    @ParameterizedTest
    @ValueSource(strings = {"103 Early", "204 None"})
    void doesNotPassOnThePromiseOfContentThatThereCannotBe(String line) throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 " + line + "\r\nContent-Length: 7\r\nA: 1\r\n\r\n");
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 " + line + "\r\nA: 1\r\n\r\n");
        if (line.startsWith("1")) {
            server.send(response("200 OK", "abc"));
            assertThat(client.readHead() + client.read(3)).isEqualTo(response("200 OK", "abc"));
        } else {
            assertThat(recorded().response().orElseThrow().headers().first("Content-Length"))
                    .contains("7"); // as it came
        }
        client.send(get("/next"));
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/next"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4_096, 65_536, 131_072, 300_000, 5_000_000})
    void carriesAnySizeWhole(int size) throws Exception {
        String body = "0123456789abcdef".repeat(size / 16 + 1).substring(0, size);
        RawSocket client = client();
        Thread upload = Background.run(() -> client.send(request("PUT", "/", body, "Content-Length: " + size)));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("PUT", "/", "Content-Length: " + size));
        assertThat(server.read(size)).isEqualTo(body);
        Thread download = Background.run(() -> server.send(response("200 OK", body)));
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
        assertThat(client.read(size)).isEqualTo(body);
        upload.join();
        download.join();
        assertThat(recorded().request().body().text()).isEqualTo(body);
        assertThat(recorded().response().orElseThrow().body().text()).isEqualTo(body);
        assertThat(recorded().outcome().bytes()).isEqualTo(size);
    }
}
