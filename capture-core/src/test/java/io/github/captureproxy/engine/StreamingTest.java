package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in goes out, before more comes: each step here waits for the one before it at the other side. */
class StreamingTest extends WireTest {
    @Test
    void sendsTheHeadOnBeforeTheBodyIsThere() throws IOException {
        clientSending(request("POST", "/", "", "Content-Length: 3"));
        assertThat(accept().readHead()).isEqualTo(forwarded("POST", "/", "Content-Length: 3"));
    }

    @Test
    void streamsARequestInChunks() throws IOException {
        RawSocket client = clientSending(request("POST", "/", "3\r\nabc\r\n", "Transfer-Encoding: chunked"));
        RawSocket server = accept();
        server.readHead();
        assertThat(server.read(8)).isEqualTo("3\r\nabc\r\n");
        client.send("5\r\nde");
        assertThat(server.read(5)).isEqualTo("5\r\nde");
        client.send("fgh\r\n");
        assertThat(server.read(5)).isEqualTo("fgh\r\n");
        client.send("0\r\n\r\n");
        assertThat(server.read(5)).isEqualTo("0\r\n\r\n");
    }

    @Test
    void streamsAResponseInChunks() throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.readHead();
        server.send("3\r\nabc\r\n");
        assertThat(client.read(8)).isEqualTo("3\r\nabc\r\n");
        server.send("5\r\nde");
        assertThat(client.read(5)).isEqualTo("5\r\nde");
        server.send("fgh\r\n0\r\n\r\n");
        assertThat(client.read(10)).isEqualTo("fgh\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 4\r\n", ""})
    void streamsAResponseByteByByte(String framing) throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\n" + framing + "\r\n");
        client.readHead();
        for (String data : new String[] {"a", "b", "c", "d"}) {
            server.send(data);
            assertThat(client.read(1)).isEqualTo(data);
        }
    }

    @Test
    void carriesBothBodiesAtOnce() throws IOException {
        RawSocket client = clientSending(request("POST", "/", "", "Transfer-Encoding: chunked"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.readHead();
        for (int i = 0; i < 50; i++) {
            client.send("4\r\nping\r\n");
            assertThat(server.read(9)).isEqualTo("4\r\nping\r\n");
            server.send("4\r\npong\r\n");
            assertThat(client.read(9)).isEqualTo("4\r\npong\r\n");
        }
        client.send("0\r\n\r\n");
        assertThat(server.read(5)).isEqualTo("0\r\n\r\n");
        server.send("0\r\n\r\n");
        assertThat(client.read(5)).isEqualTo("0\r\n\r\n");
        assertThat(recorded().outcome().bytes()).isEqualTo(200);
        assertThat(recorded().request().body().text()).isEqualTo("ping".repeat(50));
    }

    @Test
    void letsTheRequestGoOnBehindAnEarlyResponse() throws IOException {
        RawSocket client = clientSending(request("POST", "/", "ab", "Content-Length: 4"));
        RawSocket server = accept();
        server.readHead();
        server.read(2);
        server.send(response("200 OK", "abc"));
        assertThat(client.readHead() + client.read(3)).isEqualTo(response("200 OK", "abc"));
        assertThat(recorded().request().body().isComplete()).isFalse();
        client.send("cd" + get("/next"));
        assertThat(server.read(2)).isEqualTo("cd");
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/next"));
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
    }

    @Test
    void showsWhatAnExchangeWaitsFor() throws IOException {
        RawSocket client = clientSending(request("POST", "/", "ab", "Content-Length: 4"));
        RawSocket server = accept();
        server.readHead();
        assertThat(waiting()).isEqualTo(InFlightExchange.WaitingFor.REQUEST_BODY);
        client.send("cd");
        server.read(4);
        letProxyRead();
        assertThat(waiting()).isEqualTo(InFlightExchange.WaitingFor.RESPONSE_HEAD);
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n");
        client.readHead();
        letProxyRead();
        assertThat(waiting()).isEqualTo(InFlightExchange.WaitingFor.RESPONSE_BODY);
        server.send("x");
        client.read(1);
        letProxyRead();
        assertThat(proxy.history().inFlight()).isEmpty();
    }

    private InFlightExchange.WaitingFor waiting() {
        assertThat(proxy.history().inFlight()).hasSize(1);
        return proxy.history().inFlight().get(0).waitingFor();
    }
}
