package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What takes too long ends, with a status that says whose fault it was. */
class TimeoutTest extends WireTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void aHeadThatDoesNotEndBecomesA408() throws IOException {
        restart(options().headTimeout(SHORT));
        RawSocket client = clientSending("GET http://a/ HTTP/1.1\r\nHost: a\r\n");
        assertThat(client.readToEnd())
                .startsWith("HTTP/1.1 408 Request Timeout\r\n")
                .contains("\r\nConnection: close\r\n");
        assertThat(recorded().outcome().side()).isEqualTo(Outcome.Side.CLIENT);
        assertThat(recorded().request().target()).isEqualTo("http://a/");
    }

    @Test
    void aResponseThatDoesNotBeginBecomesA504() throws IOException {
        restart(options().firstByteTimeout(SHORT));
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 504 Gateway Timeout\r\n");
        assertThat(server.endsByReset()).isTrue();
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.TIMED_OUT);
        assertThat(recorded().outcome().side()).isEqualTo(Outcome.Side.ORIGIN);
    }

    @Test
    void aResponseThatStopsIsCut() throws IOException {
        restart(options().transferTimeout(SHORT));
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        client.readHead();
        assertThat(client.endsByReset()).isTrue();
        assertThat(server.endsByReset()).isTrue();
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.TIMED_OUT);
        assertThat(recorded().outcome().bytes()).isEqualTo(3);
    }

    @Test
    void aRequestThatStopsBecomesA408() throws IOException {
        restart(options().transferTimeout(SHORT));
        RawSocket client = clientSending(request("POST", "/", "abc", "Content-Length: 10"));
        RawSocket server = accept();
        server.readHead();
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 408 Request Timeout\r\n");
        assertThat(server.endsByReset()).isTrue();
        assertThat(recorded().outcome().side()).isEqualTo(Outcome.Side.CLIENT);
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.TIMED_OUT);
    }

    @Test
    void anUnusedClientIsClosedWithoutARecord() throws IOException {
        restart(options().idleTimeout(SHORT));
        assertThat(client().readToEnd()).isEmpty();
        assertThat(proxy.history().isEmpty()).isTrue();
    }

    @Test
    void anUnusedConnectionToAnOriginIsClosed() throws IOException {
        restart(options().idleTimeout(SHORT));
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", ""));
        client.readHead();
        assertThat(server.readToEnd()).isEmpty();
        assertThat(client.readToEnd()).isEmpty();
    }

    @Test
    void aLongPollOutlivesTheIdleTimeout() throws IOException {
        restart(options().idleTimeout(SHORT).headTimeout(SHORT).transferTimeout(SHORT));
        RawSocket poll = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        assertThat(client().readToEnd()).isEmpty(); // came later, and has timed out by now
        server.send(response("200 OK", ""));
        assertThat(poll.readHead()).isEqualTo(response("200 OK", ""));
    }
}
