package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.testkit.RawSocket;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tunnel carries any bytes, both ways, and ends the way its two sides end it. */
class TunnelRelayTest {
    private static final String BINARY = "\u0000\u00ff\u0001\r\n\r\n\u0080";

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
    void carriesAnyBytesBothWays() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(BINARY);
        assertThat(ends.server().read(BINARY.length())).isEqualTo(BINARY);
        ends.server().send(BINARY + "back");
        assertThat(ends.client().read(BINARY.length() + 4)).isEqualTo(BINARY + "back");
        assertThat(rig.proxy.history().isEmpty()).isTrue();
    }

    @Test
    void recordsWhoWhereHowMuchAndHowLong() throws Exception {
        Instant before = Instant.now();
        TunnelRig.Ends ends = rig.open();
        ends.client().send(BINARY);
        ends.server().read(BINARY.length());
        ends.server().send("ok");
        ends.client().read(2);
        ends.client().halfClose();
        ends.server().readToEnd();
        ends.server().close();
        Tunnel tunnel = rig.ended();
        assertThat(rig.proxy.history().tunnels()).containsExactly(tunnel);
        assertThat(tunnel.host()).isEqualTo("127.0.0.1");
        assertThat(tunnel.port()).isEqualTo(rig.origin.port());
        assertThat(tunnel.client().address().getPort())
                .isEqualTo(ends.client().socket().getLocalPort());
        assertThat(tunnel.route()).isEqualTo(new Route(Route.Kind.DIRECT, rig.origin.authority()));
        assertThat(tunnel.reason()).isEqualTo(Reason.NOT_TLS);
        assertThat(tunnel.bytesSent()).isEqualTo(BINARY.length());
        assertThat(tunnel.bytesReceived()).isEqualTo(2);
        assertThat(tunnel.startedAt()).isBetween(before, Instant.now());
        assertThat(tunnel.duration()).isPositive();
        assertThat(tunnel.outcome()).isEqualTo(new Outcome(Status.COMPLETED, Side.NONE, 2, ""));
        assertThat(rig.proxy.counts().tunnels()).isEqualTo(1);
        assertThat(rig.proxy.counts().tunnelsOpen()).isZero();
    }

    @Test
    void isInFlightWhileItIsOpen() throws Exception {
        rig.open();
        assertThat(rig.proxy.history().inFlight()).singleElement().satisfies(tunnel -> {
            assertThat(tunnel.request().method()).isEqualTo("CONNECT");
            assertThat(tunnel.request().host()).isEqualTo("127.0.0.1");
        });
        assertThat(rig.proxy.counts().tunnelsOpen()).isEqualTo(1);
    }

    @Test
    void sendsOnWhatCameInOnePacketWithTheConnect() throws Exception {
        RawSocket client = rig.client().send(TunnelRig.connect(rig.origin.authority()) + BINARY);
        RawSocket server = rig.accept();
        assertThat(server.read(BINARY.length())).isEqualTo(BINARY);
        assertThat(client.readHead()).isEqualTo(TunnelRig.ESTABLISHED);
    }

    @Test
    void letsTheServerSpeakFirst() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.server().send("220 mail\r\n");
        assertThat(ends.client().read(10)).isEqualTo("220 mail\r\n");
        ends.client().send("QUIT\r\n");
        assertThat(ends.server().read(6)).isEqualTo("QUIT\r\n");
        ends.client().close();
        ends.server().close();
        assertThat(rig.ended().reason()).isEqualTo(Reason.SERVER_SPEAKS_FIRST);
    }

    @Test
    void goesOnToTheClientAfterTheClientHasEndedItsStream() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(BINARY).halfClose();
        assertThat(ends.server().readToEnd()).isEqualTo(BINARY);
        ends.server().send("late").close();
        assertThat(ends.client().readToEnd()).isEqualTo("late");
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void goesOnToTheServerAfterTheServerHasEndedItsStream() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.server().send(BINARY).halfClose();
        assertThat(ends.client().readToEnd()).isEqualTo(BINARY);
        ends.client().send("late").close();
        assertThat(ends.server().readToEnd()).isEqualTo("late");
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void passesOnAnEndOfStreamBeforeAnyByte() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().halfClose();
        assertThat(ends.server().readToEnd()).isEmpty();
        ends.server().close();
        assertThat(ends.client().readToEnd()).isEmpty();
        assertThat(rig.ended().reason()).isEqualTo(Reason.NOTHING_SENT);
    }

    @Test
    void tellsThatTheServerSpokeAfterTheClientHadEndedItsStreamInSilence() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().halfClose();
        ends.server().readToEnd();
        ends.server().send("12:00").close();
        assertThat(ends.client().readToEnd()).isEqualTo("12:00");
        assertThat(rig.ended().reason()).isEqualTo(Reason.SERVER_SPEAKS_FIRST);
    }

    @Test
    void takesAnEndOfStreamThatCameWithTheConnect() throws Exception {
        RawSocket client = rig.client()
                .send(TunnelRig.connect(rig.origin.authority()) + BINARY)
                .halfClose();
        RawSocket server = rig.accept();
        assertThat(server.readToEnd()).isEqualTo(BINARY);
        server.send("answer").close();
        assertThat(client.readToEnd()).isEqualTo(TunnelRig.ESTABLISHED + "answer");
    }

    @Test
    void resetsTheServerWhenTheClientResets() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(BINARY);
        ends.server().read(BINARY.length());
        ends.client().reset();
        assertThat(ends.server().endsByReset()).isTrue();
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.CLIENT_ABORTED);
    }

    @Test
    void resetsTheClientWhenTheServerResets() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(BINARY);
        ends.server().read(BINARY.length());
        ends.server().reset();
        assertThat(ends.client().endsByReset()).isTrue();
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
    }

    @Test
    void resetsTheServerWhenTheClientResetsBeforeAnyByte() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().reset();
        assertThat(ends.server().endsByReset()).isTrue();
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.outcome().status()).isEqualTo(Status.CLIENT_ABORTED);
        assertThat(tunnel.reason()).isEqualTo(Reason.NOTHING_SENT);
        assertThat(rig.proxy.counts().tunnelsOpen()).isZero();
    }

    @Test
    void resetsTheClientWhenTheServerResetsBeforeAnyByte() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.server().reset();
        assertThat(ends.client().endsByReset()).isTrue();
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
    }
}
