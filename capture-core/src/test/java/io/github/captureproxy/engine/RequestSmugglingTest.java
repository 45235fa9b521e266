package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A request's head that two readers could understand in two ways is refused: the client is told and disconnected, the
 * origin sees nothing, and no byte behind the head is taken for a request.
 */
class RequestSmugglingTest extends WireTest {
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    static Stream<List<String>> ambiguousFraming() {
        return Stream.of(
                List.of("400", "Content-Length: 5\r\n" + CHUNKED),
                List.of("400", CHUNKED + "Content-Length: 5\r\n"),
                List.of("400", "Content-Length: 5\r\nContent-Length: 6\r\n"),
                List.of("400", "Content-Length: 5\r\nContent-Length: 5\r\n"),
                List.of("400", "Content-Length: 5, 5\r\n"),
                List.of("400", "Content-Length: 5,6\r\n"),
                List.of("400", "Content-Length: +4\r\n"),
                List.of("400", "Content-Length: -1\r\n"),
                List.of("400", "Content-Length: 4 4\r\n"),
                List.of("400", "Content-Length: 0x4\r\n"),
                List.of("400", "Content-Length: 4.0\r\n"),
                List.of("400", "Content-Length: \u0664\r\n"),
                List.of("400", "Content-Length:\r\n"),
                List.of("400", "Content-Length: 99999999999999999999\r\n"),
                List.of("400", "Content-Length: 18446744073709551621\r\n"),
                List.of("501", "Transfer-Encoding: gzip\r\n"),
                List.of("501", "Transfer-Encoding: gzip, chunked\r\n"),
                List.of("501", "Transfer-Encoding: gzip\r\n" + CHUNKED),
                List.of("501", "Transfer-Encoding: xchunked\r\n"),
                List.of("501", "Transfer-Encoding: identity\r\n"),
                List.of("400", "Transfer-Encoding: chunked, chunked\r\n"),
                List.of("400", CHUNKED + CHUNKED),
                List.of("400", "Transfer-Encoding: chunked, gzip\r\n"),
                List.of("400", "Transfer-Encoding: chunked;q=1\r\n"),
                List.of("400", "Transfer-Encoding: \"chunked\"\r\n"),
                List.of("400", "Transfer-Encoding: chunked,\r\n"),
                List.of("400", "Transfer-Encoding: ,chunked\r\n"),
                List.of("400", "Transfer-Encoding: \u000bchunked\r\n"),
                List.of("400", "Transfer-Encoding:\r\n"),
                List.of("400", "Transfer-Encoding:\r\n chunked\r\n"));
    }

    @ParameterizedTest
    @MethodSource("ambiguousFraming")
    void refusesAmbiguousFraming(List<String> row) throws IOException {
        assertRefused(row.get(0), "POST", head("POST %s HTTP/1.1\r\nHost: %s\r\n" + row.get(1) + "\r\n"));
    }

    @Test
    void refusesChunkedFromAnOldClient() throws IOException {
        assertRefused("400", "POST", head("POST %s HTTP/1.0\r\nHost: %s\r\n" + CHUNKED + "\r\n"));
    }

    static Stream<List<String>> brokenHeads() {
        return Stream.of(
                List.of("400", "GET %s HTTP/1.1\r\nHost: %s\r\nA: b\rc\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\rHost: %s\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\nHost: %s\n\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: %s\nA: b\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: %s\r\n\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: %s\r\nA: \u0000\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: %s\r\nA\u0000: b\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: %s\r\nA: \u0001\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: %s\r\nA: \u007f\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: %s\r\nA : b\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: %s\r\nA\t: b\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: %s\r\nA: b\r\n c\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\n Host: %s\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: %s\r\n: b\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: %s\r\nno colon\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: %s\r\n\u00e9: b\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: %2$s\r\nHost: %2$s\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: %2$s\r\nhost: b\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: a b\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: a/b\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: u@a\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: a,b\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: a:99999\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost: [::1\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\nHost:\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1\r\n\r\n"),
                List.of("400", "G(T %s HTTP/1.1\r\nHost: %s\r\n\r\n"),
                List.of("400", "G\u00e9T %s HTTP/1.1\r\nHost: %s\r\n\r\n"),
                List.of("400", " GET %s HTTP/1.1\r\nHost: %s\r\n\r\n"),
                List.of("400", "GET  %s HTTP/1.1\r\nHost: %s\r\n\r\n"),
                List.of("400", "GET\t%s HTTP/1.1\r\nHost: %s\r\n\r\n"),
                List.of("400", "GET %s  HTTP/1.1\r\nHost: %s\r\n\r\n"),
                List.of("400", "GET %sa b HTTP/1.1\r\nHost: %s\r\n\r\n"),
                List.of("400", "GET %sa\u0001b HTTP/1.1\r\nHost: %s\r\n\r\n"),
                List.of("400", "GET %sa\u007fb HTTP/1.1\r\nHost: %s\r\n\r\n"),
                List.of("400", "GET %sa\tb HTTP/1.1\r\nHost: %s\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.1 \r\nHost: %s\r\n\r\n"),
                List.of("400", "GET %s HTTP/11\r\nHost: %s\r\n\r\n"),
                List.of("400", "GET %s HTTP/1.10\r\nHost: %s\r\n\r\n"),
                List.of("400", "GET %s http/1.1\r\nHost: %s\r\n\r\n"),
                List.of("400", "GET %s HTTPS/1.1\r\nHost: %s\r\n\r\n"),
                List.of("400", "GET %s\r\nHost: %s\r\n\r\n"),
                List.of("505", "GET %s HTTP/2.0\r\nHost: %s\r\n\r\n"),
                List.of("505", "GET %s HTTP/0.9\r\nHost: %s\r\n\r\n"),
                List.of("400", "GET http://u:p@a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
                List.of("400", "GET http:///a HTTP/1.1\r\nHost: a\r\n\r\n"),
                List.of("400", "GET http:/a HTTP/1.1\r\nHost: a\r\n\r\n"),
                List.of("400", "GET http://a:b/ HTTP/1.1\r\nHost: a\r\n\r\n"),
                List.of("400", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001"));
    }

    @ParameterizedTest
    @MethodSource("brokenHeads")
    void refusesABrokenHead(List<String> row) throws IOException {
        assertRefused(row.get(0), null, head(row.get(1)));
    }

    @ParameterizedTest
    @MethodSource("ambiguousFraming")
    void refusesAmbiguousFramingOnAConnectionThatHasServed(List<String> row) throws IOException {
        RawSocket client = clientSending(get("/first"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", ""));
        client.readHead();
        client.send(head("POST %s HTTP/1.1\r\nHost: %s\r\n" + row.get(1) + "\r\n") + get("/smuggled"));
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 " + row.get(0) + " ");
        assertThat(nextAtOrigin(server)).isEqualTo(sentinel());
    }

    @Test
    void refusesAHeadBehindAPipelinedOneOnlyAfterItsAnswer() throws IOException {
        RawSocket client = clientSending(get("/first") + head("GET %s HTTP/1.1\r\nA : b\r\n\r\n") + get("/smuggled"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", ""));
        assertThat(client.readToEnd()).startsWith(response("200 OK", "") + "HTTP/1.1 400 ");
        assertThat(nextAtOrigin(server)).isEqualTo(sentinel());
    }

    @Test
    void recordsWhatCanBeToldOfABrokenHead() throws IOException {
        RawSocket client = clientSending("\r\n" + head("DELETE %s HTTP/1.1\r\nA : b\r\n\r\n"));
        client.readToEnd();
        assertThat(recorded().request().method()).isEqualTo("DELETE");
        assertThat(recorded().request().target()).isEqualTo("http://" + origin.authority() + "/");
    }

    private String head(String format) {
        return format.formatted("http://" + origin.authority() + "/", origin.authority());
    }

    private void assertRefused(String status, String method, String head) throws IOException {
        RawSocket client = clientSending(head + get("/smuggled"));
        String answer = client.readToEnd();
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\r\nConnection: close\r\n")
                .containsOnlyOnce("HTTP/1.1 ");
        Exchange exchange = recorded();
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.MALFORMED_REQUEST);
        assertThat(exchange.outcome().side()).isEqualTo(Outcome.Side.CLIENT);
        assertThat(exchange.response().orElseThrow().status()).isEqualTo(Integer.parseInt(status));
        if (method != null) {
            assertThat(exchange.request().method()).isEqualTo(method);
        }
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }
}
