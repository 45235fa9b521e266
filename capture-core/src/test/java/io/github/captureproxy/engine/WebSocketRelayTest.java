package io.github.captureproxy.engine;

import static io.github.captureproxy.engine.WebSocketRig.frame;
import static io.github.captureproxy.engine.WebSocketRig.masked;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.testkit.RawSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A WebSocket passes untouched, however it was opened and however it ends. */
class WebSocketRelayTest {
    private TunnelRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new TunnelRig();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void passesHandshakeAndFramesUntouched() throws Exception {
        TunnelRig.Ends ends = WebSocketRig.open(rig, "x-unknown; a=1");
        String sent = masked(WebSocketRig.TEXT, "hello");
        String received = frame(WebSocketRig.BINARY, "\u0000\u00ff");
        ends.client().send(sent);
        assertThat(ends.server().read(sent.length())).isEqualTo(sent);
        ends.server().send(received);
        assertThat(ends.client().read(received.length())).isEqualTo(received);
    }

    @Test
    void opensThroughATunnel() throws Exception {
        TunnelRig.Ends ends = rig.open();
        String request = WebSocketRig.request("/chat", "h", "");
        ends.client().send(request);
        assertThat(ends.server().readHead()).isEqualTo(request);
        ends.server().send(WebSocketRig.response(""));
        assertThat(ends.client().readHead()).isEqualTo(WebSocketRig.response(""));
        ends.client().send(masked(WebSocketRig.TEXT, "in"));
        assertThat(rig.message().text()).isEqualTo("in");
        ends.client().close();
        ends.server().close();
        Exchange exchange = rig.exchange();
        Tunnel tunnel = rig.ended();
        assertThat(exchange.tunnelId()).hasValue(tunnel.id());
        assertThat(exchange.upgradedTo()).contains("websocket");
        assertThat(tunnel.reason()).isEqualTo(Tunnel.Reason.PLAIN_HTTP);
        assertThat(rig.proxy.counts().tunnelsOpen()).isZero();
    }

    @Test
    void passesOnWhatCameRightBehindTheHeads() throws Exception {
        String authority = rig.origin.authority();
        String sent = masked(WebSocketRig.TEXT, "early");
        String received = frame(WebSocketRig.TEXT, "welcome");
        RawSocket client =
                rig.client().send(WebSocketRig.request("http://" + authority + "/chat", authority, "") + sent);
        RawSocket server = rig.accept();
        server.readHead();
        server.send(WebSocketRig.response("") + received);
        assertThat(client.readHead()).isEqualTo(WebSocketRig.response(""));
        assertThat(client.read(received.length())).isEqualTo(received);
        assertThat(server.read(sent.length())).isEqualTo(sent);
        assertThat(rig.message().text()).isIn("early", "welcome");
        assertThat(rig.message().text()).isIn("early", "welcome");
    }

    @Test
    void isInFlightWhileItIsOpen() throws Exception {
        WebSocketRig.open(rig, "");
        assertThat(rig.proxy.history().isEmpty()).isTrue();
        assertThat(rig.proxy.history().inFlight()).singleElement().satisfies(open -> {
            assertThat(open.waitingFor()).isEqualTo(InFlightExchange.WaitingFor.CLOSE);
            assertThat(open.request().path()).isEqualTo("/chat");
        });
        assertThat(rig.proxy.counts().tunnelsOpen()).isEqualTo(1);
    }

    @Test
    void saysThatItWasUpgradedWhenTheClientClosesFirst() throws Exception {
        TunnelRig.Ends ends = WebSocketRig.open(rig, "");
        ends.client().send(masked(WebSocketRig.CLOSE, WebSocketRig.CLOSE_1000)).halfClose();
        assertThat(ends.server().readToEnd()).hasSize(8);
        ends.server().send(frame(WebSocketRig.CLOSE, WebSocketRig.CLOSE_1000)).close();
        assertThat(ends.client().readToEnd()).hasSize(4);
        assertUpgraded(rig.exchange());
    }

    @Test
    void saysThatItWasUpgradedWhenTheServerClosesFirst() throws Exception {
        TunnelRig.Ends ends = WebSocketRig.open(rig, "");
        ends.server().send(frame(WebSocketRig.CLOSE, WebSocketRig.CLOSE_1000)).halfClose();
        assertThat(ends.client().readToEnd()).hasSize(4);
        ends.client().close();
        assertThat(ends.server().readToEnd()).isEmpty();
        assertUpgraded(rig.exchange());
    }

    /** RFC 6455 section 7.1.4: it was closed cleanly, and a browser drops the connection then. */
    @Test
    void saysThatItWasUpgradedWhenTheClientDropsTheConnectionBehindBothCloseFrames() throws Exception {
        TunnelRig.Ends ends = closed();
        ends.client().reset();
        assertThat(ends.server().endsByReset()).isFalse();
        assertUpgraded(rig.exchange());
    }

    @Test
    void saysThatItWasUpgradedWhenTheServerDropsTheConnectionBehindBothCloseFrames() throws Exception {
        TunnelRig.Ends ends = closed();
        ends.server().reset();
        assertThat(ends.client().endsByReset()).isFalse();
        assertUpgraded(rig.exchange());
    }

    @Test
    void saysThatItWasUpgradedWhenAConnectionThatIsHalfClosedIsDroppedBehindBothCloseFrames() throws Exception {
        TunnelRig.Ends ends = closed();
        ends.client().halfClose();
        assertThat(ends.server().readToEnd()).isEmpty();
        ends.server().reset();
        assertThat(ends.client().endsByReset()).isFalse();
        assertUpgraded(rig.exchange());
    }

    @Test
    void saysThatItWasUpgradedWhenTheProxyIsClosedBehindBothCloseFrames() throws Exception {
        closed();
        rig.proxy.close();
        assertUpgraded(rig.exchange());
    }

    @Test
    void aCloseFrameThatNobodyAnswersIsNoEnd() throws Exception {
        TunnelRig.Ends ends = WebSocketRig.open(rig, "");
        ends.server().send(frame(WebSocketRig.CLOSE, WebSocketRig.CLOSE_1000));
        assertThat(ends.client().read(4)).hasSize(4);
        ends.client().reset();
        assertThat(ends.server().endsByReset()).isTrue();
        assertThat(rig.exchange().outcome().status()).isEqualTo(Status.CLIENT_ABORTED);
    }

    /** Both ends of a WebSocket through which close frames have passed in both directions. */
    private TunnelRig.Ends closed() throws Exception {
        TunnelRig.Ends ends = WebSocketRig.open(rig, "");
        WebSocketRig.close(ends);
        return ends;
    }

    private void assertUpgraded(Exchange exchange) {
        assertThat(exchange.outcome().status()).isEqualTo(Status.UPGRADED);
        assertThat(exchange.upgradedTo()).contains("websocket");
        assertThat(exchange.response().orElseThrow().status()).isEqualTo(101);
        assertThat(rig.proxy.history().snapshot()).containsExactly(exchange);
    }

    @Test
    void resetsTheOtherSideWhenOneResets() throws Exception {
        TunnelRig.Ends ends = WebSocketRig.open(rig, "");
        ends.server().reset();
        assertThat(ends.client().endsByReset()).isTrue();
        Exchange exchange = rig.exchange();
        assertThat(exchange.outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
        assertThat(exchange.upgradedTo()).contains("websocket");
    }

    @Test
    void goesOnAsHttpWhenTheUpgradeIsRefused() throws Exception {
        String authority = rig.origin.authority();
        String request = WebSocketRig.request("http://" + authority + "/chat", authority, "");
        RawSocket client = rig.client();
        RawSocket server = null;
        for (String status : new String[] {"400 Bad Request", "426 Upgrade Required", "200 OK"}) {
            client.send(request);
            server = server == null ? rig.accept() : server;
            server.readHead();
            String answer = "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nno";
            server.send(answer);
            assertThat(client.read(answer.length())).isEqualTo(answer);
        }
        assertThat(rig.proxy.history().snapshot())
                .hasSize(3)
                .allSatisfy(exchange -> assertThat(exchange.upgradedTo()).isEmpty());
    }
}
