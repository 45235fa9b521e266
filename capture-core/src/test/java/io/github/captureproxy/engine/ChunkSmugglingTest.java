package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chunks that two readers could understand in two ways end both connections, whichever way they go. */
class ChunkSmugglingTest extends WireTest {
    private static final String CHUNKED = "Transfer-Encoding: chunked";

    static Stream<String> brokenChunks() {
        return Stream.of(
                "+5\r\nabcde\r\n",
                "-5\r\nabcde\r\n",
                "0x5\r\nabcde\r\n",
                "5 \r\nabcde\r\n",
                " 5\r\nabcde\r\n",
                "\t5\r\nabcde\r\n",
                "\r\nabcde\r\n",
                ";a=b\r\nabcde\r\n",
                "g\r\nabcde\r\n",
                "5_0\r\nabcde\r\n",
                "5\nabcde\r\n",
                "5\rabcde\r\n",
                "5;a\nabcde\r\n",
                "5;a=\"\r\n\"\r\nabcde\r\n",
                "5;a=\u0000\r\nabcde\r\n",
                "5;\r\nabcde\r\n",
                "8000000000000000\r\nabcde\r\n",
                "10000000000000005\r\nabcde\r\n",
                "5\r\nabcdef\r\n",
                "5\r\nabcde\n",
                "5\r\nabcde5\r\nabcde\r\n",
                "5\r\nabcd\r\n0\r\n\r\n",
                "0\r\nA : b\r\n\r\n",
                "0\r\nA: b\r\n c\r\n\r\n",
                "0\r\nA: b\n\r\n",
                "0\r\nA: \u0000\r\n\r\n",
                "0\r\nno colon\r\n\r\n",
                "0\n\n",
                "0\r\n\n");
    }

    @ParameterizedTest
    @MethodSource("brokenChunks")
    void endBothConnectionsInARequest(String chunks) throws IOException {
        RawSocket client = clientSending(request("POST", "/", "3\r\nabc\r\n", CHUNKED));
        RawSocket server = accept();
        server.readHead();
        assertThat(server.read(8)).isEqualTo("3\r\nabc\r\n");
        client.send(chunks + get("/smuggled"));
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1 ");
        assertThat(server.endsByReset()).isTrue();
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.MALFORMED_REQUEST);
        assertThat(recorded().request().body().isComplete()).isFalse();
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
        assertThat(exchanges().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("brokenChunks")
    void sendNothingOnWhenTheyComeWithTheHead(String chunks) throws IOException {
        RawSocket kept = keptConnection();
        RawSocket client = clientSending(request("POST", "/", chunks + get("/smuggled"), CHUNKED));
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1 ");
        assertThat(kept.readToAnyEnd()).isEmpty();
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }

    private RawSocket keptConnection() throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", ""));
        client.readHead();
        return server;
    }

    @ParameterizedTest
    @MethodSource("brokenChunks")
    void cutAResponseThatHasStarted(String chunks) throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\n" + CHUNKED + "\r\n\r\n3\r\nabc\r\n");
        client.readHead();
        assertThat(client.read(8)).isEqualTo("3\r\nabc\r\n");
        server.send(chunks);
        assertThat(client.endsByReset()).isTrue();
        assertThat(server.endsByReset()).isTrue();
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.MALFORMED_RESPONSE);
        assertThat(recorded().outcome().side()).isEqualTo(Outcome.Side.ORIGIN);
        assertThat(recorded().response().orElseThrow().body().isComplete()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("brokenChunks")
    void becomeA502WhenTheyComeWithAResponsesHead(String chunks) throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\n" + CHUNKED + "\r\n\r\n" + chunks);
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ").contains("\r\nConnection: close\r\n");
        assertThat(server.endsByReset()).isTrue();
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.MALFORMED_RESPONSE);
    }
}
