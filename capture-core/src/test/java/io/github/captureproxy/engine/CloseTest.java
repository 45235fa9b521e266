package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Closing the proxy ends all that is under way, records it, and leaves nothing behind. */
class CloseTest {
    @Test
    void recordsAnOpenTunnelAndResetsBothSides() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            TunnelRig.Ends ends = rig.open();
            ends.client().send("\u0001x");
            ends.server().read(2);
            rig.proxy.close();
            assertThat(rig.proxy.history().tunnels()).singleElement().satisfies(tunnel -> {
                assertThat(tunnel.outcome().status()).isEqualTo(Status.PROXY_CLOSED);
                assertThat(tunnel.bytesSent()).isEqualTo(2);
            });
            assertThat(ends.client().endsByReset()).isTrue();
            assertThat(ends.server().endsByReset()).isTrue();
        }
    }

    @Test
    void recordsATunnelThatHasSaidNothing() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            rig.open();
            rig.proxy.close();
            assertThat(rig.proxy.history().tunnels())
                    .extracting(tunnel -> tunnel.outcome().status())
                    .containsExactly(Status.PROXY_CLOSED);
        }
    }

    @Test
    void recordsPlainHttpInsideATunnelAndTheTunnel() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            TunnelRig.Ends ends = rig.open();
            ends.client().send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            ends.server().readHead();
            rig.proxy.close();
            assertThat(rig.proxy.history().snapshot())
                    .extracting(exchange -> exchange.outcome().status())
                    .containsExactly(Status.PROXY_CLOSED);
            assertThat(rig.proxy.history().tunnels())
                    .extracting(tunnel -> tunnel.outcome().status())
                    .containsExactly(Status.PROXY_CLOSED);
        }
    }

    @Test
    void recordsAnOpenWebSocket() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            WebSocketRig.open(rig, "");
            rig.proxy.close();
            Exchange exchange = rig.exchange();
            assertThat(exchange.outcome().status()).isEqualTo(Status.PROXY_CLOSED);
            assertThat(exchange.upgradedTo()).contains("websocket");
        }
    }

    @Test
    void cutsABodyThatIsUnderWaySoThatItDoesNotLookWhole() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            RawSocket client = rig.client()
                    .send("GET http://" + rig.origin.authority() + "/ HTTP/1.1\r\nHost: " + rig.origin.authority()
                            + "\r\n\r\n");
            RawSocket server = rig.accept();
            server.readHead();
            server.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhalf");
            client.readHead();
            assertThat(client.read(4)).isEqualTo("half");
            rig.proxy.close();
            assertThat(client.endsByReset()).isTrue();
            Exchange exchange = rig.exchange();
            assertThat(exchange.outcome().status()).isEqualTo(Status.PROXY_CLOSED);
            assertThat(exchange.outcome().bytes()).isEqualTo(4);
        }
    }

    @Test
    void recordsATunnelThatIsBeingOpened() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.resolver(host -> {
            awaitInterrupt();
            return List.of();
        }))) {
            rig.client().send(TunnelRig.connect("slow.test:443"));
            Eventually.holds(
                    "the tunnel is in flight",
                    () -> !rig.proxy.history().inFlight().isEmpty());
            rig.proxy.close();
            Tunnel tunnel = rig.ended();
            assertThat(tunnel.outcome().status()).isEqualTo(Status.PROXY_CLOSED);
            assertThat(tunnel.reason()).isEqualTo(Tunnel.Reason.NOT_OPENED);
        }
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) { // the proxy closes
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void endsItsThreadsAndSocketsAndMayBeCalledTwice() throws Exception {
        Set<String> before = TunnelRig.threads();
        try (TunnelRig rig = new TunnelRig()) {
            rig.open();
            rig.proxy.close();
            rig.proxy.close();
            assertThat(before).containsAll(TunnelRig.threads());
            assertThatThrownBy(() -> RawSocket.connect(rig.proxy.address())).isInstanceOf(IOException.class);
            assertThat(rig.proxy.history().inFlight()).isEmpty();
            assertThat(rig.proxy.history().counts()).isNotNull();
            assertThat(rig.proxy.counts().tunnelsOpen()).isZero();
            assertThat(rig.proxy.counts().connectionsOpen()).isZero();
        }
    }
}
