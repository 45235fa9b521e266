package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** At a limit a client is told so, and the proxy lives on for the next one. */
class LimitsTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private static String get(TunnelRig rig, String fields) {
        return "GET http://" + rig.origin.authority() + "/ HTTP/1.1\r\nHost: " + rig.origin.authority() + "\r\n"
                + fields + "\r\n";
    }

    private static void assertWorks(TunnelRig rig, RawSocket client) throws IOException {
        client.send(get(rig, ""));
        RawSocket server = rig.accept();
        server.readHead();
        server.send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").close();
        assertThat(client.readHead()).startsWith("HTTP/1.1 204 ");
    }

    @Test
    void answers503BeyondTheConnectionsInAll() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.maxConnections(1))) {
            RawSocket first = rig.client();
            assertWorks(rig, first);
            RawSocket second = rig.client().send(get(rig, ""));
            assertThat(second.readToEnd()).startsWith("HTTP/1.1 503 ").contains("too many connections");
            assertThat(rig.proxy.counts().connectionsRefused()).isEqualTo(1);
            assertThat(rig.proxy.counts().connectionsOpen()).isEqualTo(1);
            assertWorks(rig, first);
        }
    }

    @Test
    void takesAClientAgainOnceAnotherHasGone() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.maxConnections(1))) {
            RawSocket first = rig.client();
            first.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").halfClose();
            assertThat(first.readToEnd()).startsWith("HTTP/1.1 400 ");
            first.close();
            Eventually.holds("no connection is open", () -> rig.proxy.counts().connectionsOpen() == 0);
            RawSocket next = rig.client();
            assertWorks(rig, next);
        }
    }

    @Test
    void answers503BeyondTheConnectionsOfOneClientAndServesOthers() throws Exception {
        try (TunnelRig rig = new TunnelRig(
                options -> options.maxConnectionsPerClient(1).bind("0.0.0.0").allowClients("127.0.0.0/8"))) {
            InetSocketAddress address = new InetSocketAddress(TunnelRig.LOOPBACK, rig.proxy.port());
            RawSocket first = rig.closing(RawSocket.connect(address));
            assertWorks(rig, first);
            RawSocket second = rig.closing(RawSocket.connect(address)).send(get(rig, ""));
            assertThat(second.readHead()).startsWith("HTTP/1.1 503 ");
            assertWorks(rig, first);
        }
    }

    @Test
    void answers503BeyondTheTunnels() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.maxTunnels(1))) {
            TunnelRig.Ends ends = rig.open();
            RawSocket second = rig.client().send(TunnelRig.connect(rig.origin.authority()));
            assertThat(second.readToEnd()).startsWith("HTTP/1.1 503 ").contains("too many tunnels");
            Tunnel refused = rig.ended();
            assertThat(refused.outcome().status()).isEqualTo(Status.LIMIT_REACHED);
            assertThat(refused.reason()).isEqualTo(Tunnel.Reason.NOT_OPENED);
            ends.client().close();
            ends.server().close();
            rig.ended();
            rig.open();
        }
    }

    @Test
    void answers431BeyondTheHeadersBytes() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.maxHeaderBytes(2_048))) {
            RawSocket client = rig.client().send(get(rig, "X: " + "x".repeat(2_048) + "\r\n"));
            assertThat(client.readHead()).startsWith("HTTP/1.1 431 ");
            assertThat(rig.exchange().outcome().status()).isEqualTo(Status.MALFORMED_REQUEST);
            assertWorks(rig, rig.client());
        }
    }

    @Test
    void answers431BeyondTheHeadersFields() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.maxHeaderFields(10))) {
            RawSocket client = rig.client().send(get(rig, "X: x\r\n".repeat(10)));
            assertThat(client.readHead()).startsWith("HTTP/1.1 431 ");
            assertWorks(rig, rig.client());
        }
    }

    @Test
    void answers502ToAResponseBeyondTheHeadersBytes() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.maxHeaderBytes(2_048))) {
            RawSocket client = rig.client().send(get(rig, ""));
            RawSocket server = rig.accept();
            server.readHead();
            server.send("HTTP/1.1 200 OK\r\nX: " + "x".repeat(2_048) + "\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
            assertThat(rig.exchange().outcome().status()).isEqualTo(Status.MALFORMED_RESPONSE);
        }
    }

    @Test
    void answers408ToAHeadThatDoesNotEnd() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.headTimeout(SHORT))) {
            RawSocket client = rig.client().send("GET / HTTP/1.1\r\nHo");
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 408 ");
            Exchange exchange = rig.exchange();
            assertThat(exchange.request().method()).isEqualTo("GET");
            assertWorks(rig, rig.client());
        }
    }

    @Test
    void closesAnIdleClientWithoutAWord() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.idleTimeout(SHORT))) {
            assertThat(rig.client().readToEnd()).isEmpty();
            assertThat(rig.proxy.history().isEmpty()).isTrue();
        }
    }

    @Test
    void resetsAnIdleTunnelThatSaidNothing() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.tunnelIdleTimeout(SHORT))) {
            TunnelRig.Ends ends = rig.open();
            assertThat(ends.client().endsByReset()).isTrue();
            assertThat(ends.server().endsByReset()).isTrue();
            assertThat(rig.ended().outcome().status()).isEqualTo(Status.TIMED_OUT);
            assertThat(rig.proxy.counts().tunnelsOpen()).isZero();
        }
    }

    @Test
    void resetsATunnelThatHasGoneIdle() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.tunnelIdleTimeout(SHORT))) {
            TunnelRig.Ends ends = rig.open();
            ends.client().send("\u0001x");
            assertThat(ends.server().read(2)).isEqualTo("\u0001x");
            assertThat(ends.client().endsByReset()).isTrue();
            assertThat(ends.server().endsByReset()).isTrue();
            Tunnel tunnel = rig.ended();
            assertThat(tunnel.outcome().status()).isEqualTo(Status.TIMED_OUT);
            assertThat(tunnel.outcome().detail()).isEqualTo("no byte passed within 200 ms");
            assertThat(tunnel.bytesSent()).isEqualTo(2);
        }
    }

    @Test
    void endsAnIdleWebSocketLikewise() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.tunnelIdleTimeout(SHORT))) {
            TunnelRig.Ends ends = WebSocketRig.open(rig, "");
            assertThat(ends.client().endsByReset()).isTrue();
            assertThat(rig.exchange().outcome().status()).isEqualTo(Status.TIMED_OUT);
        }
    }
}
