package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.TlsFailure.Phase;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.TestTls;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a tunnel that is looked into ends: recorded once, and an interceptor is told of its client's leaving alone */
class InterceptionEndsTest {
    private static TestTls tls;
    private TlsRig rig;

    @BeforeAll
    static void makeKey() throws Exception {
        tls = TestTls.create();
    }

    @BeforeEach
    void start() throws Exception {
        rig = new TlsRig(tls);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private TlsInspection.ClientEnd end() throws InterruptedException {
        TlsInspection.ClientEnd end = rig.interceptor.ends.poll(20, TimeUnit.SECONDS);
        assertThat(end).isNotNull();
        return end;
    }

    private void assertEnded(Status status) throws Exception {
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.outcome().status()).isEqualTo(status);
        rig.tunnels.proxy.close();
        assertThat(rig.tunnels.proxy.history().tunnels()).hasSize(1);
    }

    private RawSocket trialOf(RawSocket client) throws Exception {
        client.send(TlsHello.of(TlsRig.NAME).bytes());
        return rig.tunnels.accept();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatLeavesInTheOriginsHandshakeHasNotSeenACertificate(boolean byReset) throws Exception {
        RawSocket client = rig.tunnel();
        RawSocket trial = trialOf(client);
        if (byReset) {
            client.reset();
        } else {
            client.close();
        }
        assertEnded(Status.CLIENT_ABORTED);
        assertThat(rig.interceptor.ends).isEmpty();
        trial.readToAnyEnd(); // the proxy has given up on it, too
    }

    @Test
    void aClientThatLeavesWithTheCertificateInHandIsToldOf() throws Exception {
        RawSocket client = rig.tunnel();
        Future<RawSocket> serving = rig.serving();
        client.send(TlsHello.of(TlsRig.NAME).bytes()).read(5);
        rig.taken(serving);
        client.close();
        assertThat(end().phase()).isEqualTo(Phase.CERTIFICATE);
        assertEnded(Status.TLS_FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientThatLeavesWithoutAByteIsToldOf(String version) throws Exception {
        TunnelRig.Ends ends = rig.open(version);
        ends.client().close();
        TlsInspection.ClientEnd end = end();
        assertThat(end.phase()).isEqualTo(Phase.FINISHED);
        assertThat(end.alert()).isEmpty();
        assertThat(end.sinceFinished()).isPositive();
        assertEnded(Status.TLS_FAILED);
    }

    @Test
    void aClientThatHasSentAByteIsNoLongerWatched() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send("G");
        assertThat(rig.interceptor.sent.poll(20, TimeUnit.SECONDS)).isEqualTo(TlsRig.NAME);
        ends.client().close();
        assertEnded(Status.CLIENT_ABORTED);
        assertThat(rig.interceptor.ends).isEmpty();
    }

    @Test
    void aClientThatSaysNothingAtAllTeachesNothing() throws Exception {
        RawSocket client = rig.tunnel();
        RawSocket server = rig.tunnels.accept();
        client.close();
        server.close();
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.reason()).isEqualTo(Reason.NOTHING_SENT);
        assertThat(rig.interceptor.ends).isEmpty();
    }

    @Test
    void aSilentOriginIsPassedThroughWhenTimeIsUp() throws Exception {
        byte[] hello = TlsHello.of(TlsRig.NAME).bytes();
        try (TlsRig hasty = new TlsRig(tls, options -> options.connectTimeout(Duration.ofSeconds(1)))) {
            RawSocket client = hasty.tunnel().send(hello);
            RawSocket trial = hasty.tunnels.accept();
            RawSocket server = hasty.tunnels.accept();
            assertThat(server.readBytes(hello.length)).isEqualTo(hello);
            assertThat(trial.readToAnyEnd()).isNotEmpty();
            server.close();
            client.close();
            assertThat(hasty.ended().reason()).isEqualTo(Reason.ORIGIN_TLS_FAILED);
            assertThat(hasty.interceptor.ends).isEmpty();
        }
    }

    @Test
    void closingTheProxyInTheOriginsHandshakeTeachesNothing() throws Exception {
        RawSocket client = rig.tunnel();
        trialOf(client).read(5);
        assertClosed();
    }

    @Test
    void closingTheProxyInTheClientsHandshakeTeachesNothing() throws Exception {
        Future<RawSocket> serving = rig.serving();
        rig.tunnel().send(TlsHello.of(TlsRig.NAME).bytes()).read(5);
        // The origin may still have session tickets to send when the proxy has all that it needs of it.
        rig.taken(serving);
        assertClosed();
    }

    @Test
    void closingTheProxyBehindTheHandshakesTeachesNothing() throws Exception {
        rig.open();
        Eventually.holds("both hands are shaken", () -> rig.interceptor.clientHandshakes.get() == 1);
        assertClosed();
    }

    @Test
    void closingTheProxyBeforeTheHelloTeachesNothing() throws Exception {
        rig.tunnel();
        assertClosed();
    }

    @Test
    void closingTheProxyInAnExchangeTeachesNothing() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(rig.get("/"));
        ends.server().readHead();
        assertClosed();
        assertThat(rig.exchange().outcome().status()).isEqualTo(Status.PROXY_CLOSED);
    }

    @Test
    void closingTheProxyBetweenExchangesTeachesNothing() throws Exception {
        rig.used();
        assertClosed();
    }

    private void assertClosed() throws Exception {
        rig.tunnels.proxy.close();
        assertEnded(Status.PROXY_CLOSED);
        assertThat(rig.interceptor.ends).isEmpty();
        assertThat(rig.interceptor.originFailures).isEmpty();
        assertThat(rig.interceptor.originBreaks).isEmpty();
    }
}
