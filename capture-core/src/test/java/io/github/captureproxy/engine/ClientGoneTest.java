package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A client that leaves takes its exchange with it: the origin is not kept busy for nobody. */
class ClientGoneTest extends WireTest {
    private static final String NO_LEAVERS =
            "the selector of macOS tells nothing of a peer that resets behind its half close";

    @Test
    void aResetEndsAnExchangeThatWaitsForItsResponse() throws Exception {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        client.reset();
        assertThat(server.endsByReset()).isTrue();
        assertAborted(0);
    }

    @Test
    void aResetEndsAResponse() throws Exception {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        client.readHead();
        client.read(3);
        client.reset();
        assertThat(server.endsByReset()).isTrue();
        assertAborted(3);
    }

    /** As the system of a client does whose process has ended, once it has waited long enough for the other half's end. */
    @Test
    @DisabledOnOs(value = OS.MAC, disabledReason = NO_LEAVERS)
    void aResetBehindAHalfCloseEndsAnExchangeThatWaitsForItsResponse() throws Exception {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        client.halfClose();
        letProxyRead();
        client.reset();
        assertThat(server.endsByReset()).isTrue();
        assertAborted(0);
    }

    @Test
    @DisabledOnOs(value = OS.MAC, disabledReason = NO_LEAVERS)
    void aResetBehindAHalfCloseEndsAResponse() throws Exception {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        client.halfClose();
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        client.readHead();
        client.read(3);
        client.reset();
        assertThat(server.endsByReset()).isTrue();
        assertAborted(3);
    }

    @Test
    void aCloseEndsAResponseAsSoonAsMoreOfItComes() throws Exception {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        client.readThrough("abc\r\n");
        client.close();
        sendUntilBroken(server);
        Exchange exchange = awaited();
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.CLIENT_ABORTED);
        assertThat(exchange.response().orElseThrow().body().isComplete()).isFalse();
    }

    private static void sendUntilBroken(RawSocket server) throws IOException {
        try {
            for (int i = 0; i < 1_000_000; i++) {
                server.send("3\r\ndef\r\n");
            }
        } catch (SocketException e) {
            return;
        }
        throw new AssertionError("the origin could go on sending");
    }

    @Test
    void aResetEndsAnExchangeThatIsStillConnecting() throws Exception {
        CountDownLatch resolve = new CountDownLatch(1);
        restart(options().resolver(host -> {
            try {
                resolve.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of(InetAddress.getLoopbackAddress());
        }));
        RawSocket client = clientSending("GET http://slow.example:" + origin.port()
                + "/ HTTP/1.1\r\nHost: slow.example:" + origin.port() + "\r\n\r\n");
        letProxyRead();
        client.reset();
        assertAborted(0);
        resolve.countDown();
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }

    @Test
    void aClientThatLeavesBehindTheResponseIsNoFailure() throws Exception {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", "abc"));
        client.readHead();
        client.read(3);
        client.reset();
        letProxyRead();
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
        assertThat(nextAtOrigin(server)).isEqualTo(sentinel());
    }

    private void assertAborted(long bytes) throws Exception {
        Outcome outcome = awaited().outcome();
        assertThat(outcome.status()).isEqualTo(Outcome.Status.CLIENT_ABORTED);
        assertThat(outcome.side()).isEqualTo(Outcome.Side.CLIENT);
        assertThat(outcome.bytes()).isEqualTo(bytes);
        assertThat(proxy.history().inFlight()).isEmpty();
    }
}
