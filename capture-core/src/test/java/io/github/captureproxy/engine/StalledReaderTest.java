package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A client that takes nothing makes no event, and is still given up in time. */
class StalledReaderTest extends WireTest {
    private static final int MANY_BYTES = 64 << 20;

    private static final byte[] PIECE = new byte[1 << 20];

    @Test
    void aResponseThatItsClientDoesNotReadEndsInTime() throws Exception {
        restart(options().transferTimeout(Duration.ofMillis(300)));
        clientSending(get("/endless"));
        RawSocket server = accept();
        server.send("HTTP/1.1 200 OK\r\nContent-Length: " + MANY_BYTES + "\r\n\r\n");
        flood(server);

        Exchange exchange = awaited();
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.TIMED_OUT);
        assertThat(exchange.outcome().side()).isEqualTo(Outcome.Side.CLIENT);
    }

    @Test
    void aRequestThatItsOriginDoesNotReadEndsInTime() throws Exception {
        restart(options().transferTimeout(Duration.ofMillis(300)));
        RawSocket client = clientSending("POST http://" + origin.authority() + "/endless HTTP/1.1\r\nHost: "
                + origin.authority() + "\r\nContent-Length: " + MANY_BYTES + "\r\n\r\n");
        accept().readHead();
        for (int sent = 0; sent < MANY_BYTES; sent += PIECE.length) {
            client.send(PIECE); // also behind the answer, which would else be lost to a reset
        }

        assertThat(client.readToEnd()).startsWith("HTTP/1.1 504 ");
        Exchange exchange = awaited();
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.TIMED_OUT);
        assertThat(exchange.outcome().side()).isEqualTo(Outcome.Side.ORIGIN);
        assertThat(exchange.error()).contains("waiting for the origin to take the request took too long");
    }

    @Test
    void aTunnelWhoseClientDoesNotReadEndsInTime() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.tunnelIdleTimeout(Duration.ofMillis(300)))) {
            TunnelRig.Ends ends = rig.open();
            flood(ends.server());

            Tunnel tunnel = rig.ended();
            assertThat(tunnel.outcome().status()).isEqualTo(Outcome.Status.TIMED_OUT);
        }
    }

    @Test
    void aLastResponseThatItsClientDoesNotReadEndsInTime() throws Exception {
        restart(CaptureProxy.builder().port(0).transferTimeout(Duration.ofMillis(300)));
        RawSocket client = clientSending(get("/endless", "Connection: close"));
        RawSocket server = accept();
        server.send("HTTP/1.1 200 OK\r\nContent-Length: " + MANY_BYTES + "\r\n\r\n");
        flood(server);

        assertThat(awaited().outcome().status()).isEqualTo(Outcome.Status.TIMED_OUT);
        assertThat(client.endsByReset()).isTrue();
    }

    /** Sends until the proxy ends the connection, which it does because nobody takes it. */
    private static void flood(RawSocket server) {
        try {
            for (int sent = 0; sent < MANY_BYTES; sent += PIECE.length) {
                server.send(PIECE);
            }
        } catch (IOException e) { // as it should be
            return;
        }
        throw new AssertionError("all was taken");
    }
}
