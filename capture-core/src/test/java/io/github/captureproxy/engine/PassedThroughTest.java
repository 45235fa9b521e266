package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.spi.TlsInterceptor;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.TestTls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tunnel that is passed through shows both sides each other's own bytes, on a connection that has seen no others */
class PassedThroughTest {
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

    @Test
    void aDecisionToPassKeepsTheFirstConnection() throws Exception {
        rig.interceptor.passThrough =
                Optional.of(new TlsInterceptor.Decision.PassThrough(Reason.HOST_RULE, "as the test wants it"));
        byte[] hello = TlsHello.of(TlsRig.NAME).bytes();
        RawSocket client = rig.tunnel().send(hello);
        RawSocket server = rig.tunnels.accept();
        assertThat(server.readBytes(hello.length)).isEqualTo(hello);
        server.send("the origin's own").close();
        assertThat(client.readToEnd()).isEqualTo("the origin's own");
        client.close();
        assertThat(rig.ended().reason()).isEqualTo(Reason.HOST_RULE);
        assertThat(rig.interceptor.originHandshakes).hasValue(0);
    }

    @Test
    void anInterceptorThatFailsToDecidePassesThrough() throws Exception {
        rig.interceptor.failingCall = "decide";
        byte[] hello = TlsHello.of(TlsRig.NAME).bytes();
        rig.tunnel().send(hello);
        assertThat(rig.tunnels.accept().readBytes(hello.length)).isEqualTo(hello);
    }

    @Test
    void aHandshakeThatFailsWithTheOriginIsTriedByTheClientItself() throws Exception {
        byte[] hello = TlsHello.of(TlsRig.NAME).bytes();
        RawSocket client = rig.tunnel().send(hello);
        RawSocket trial = rig.tunnels.accept();
        trial.read(5); // else it would be the one that speaks first
        trial.send("\u0015\u0003\u0003\u0000\u0002\u0002\u0028");
        RawSocket server = rig.tunnels.accept();
        assertThat(server.readBytes(hello.length)).isEqualTo(hello);
        server.close();
        assertThat(client.readToEnd()).isEmpty();
        client.close();
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.reason()).isEqualTo(Reason.ORIGIN_TLS_FAILED);
        assertThat(tunnel.bytesSent()).isEqualTo(hello.length);
        assertThat(tunnel.bytesReceived()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOriginThatLeavesInItsHandshakeIsTriedByTheClientItself(boolean byReset) throws Exception {
        byte[] hello = TlsHello.of(TlsRig.NAME).bytes();
        rig.tunnel().send(hello);
        RawSocket trial = rig.tunnels.accept();
        trial.read(5);
        if (byReset) {
            trial.reset();
        } else {
            trial.close();
        }
        assertThat(rig.tunnels.accept().readBytes(hello.length)).isEqualTo(hello);
    }

    @Test
    void aHelloThatTheProxyCannotServeIsPassedThrough() throws Exception {
        rig.interceptor.clientSetting =
                engine -> engine.setEnabledCipherSuites(new String[] {"TLS_RSA_WITH_AES_128_CBC_SHA"});
        assertPassedAfterTrial();
    }

    @Test
    void aNameWithoutACertificateIsPassedThrough() throws Exception {
        rig.interceptor.clientSetting = engine -> {
            throw new GeneralSecurityException("as the test wants it");
        };
        assertPassedAfterTrial();
    }

    private void assertPassedAfterTrial() throws Exception {
        byte[] hello = TlsHello.of(TlsRig.NAME).bytes();
        Future<RawSocket> trial = rig.serving();
        RawSocket client = rig.tunnel().send(hello);
        rig.taken(trial);
        RawSocket server = rig.tunnels.accept();
        assertThat(server.readBytes(hello.length)).isEqualTo(hello);
        server.close();
        assertThat(client.readToEnd()).isEmpty();
        client.close();
        assertThat(rig.ended().reason()).isEqualTo(Reason.CLIENT_TLS_UNSUPPORTED);
        assertThat(rig.interceptor.ends).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"originEngine", "originHandshaken"})
    void anInterceptorThatFailsOverTheOriginPassesThrough(String call) throws Exception {
        rig.interceptor.failingCall = call;
        byte[] hello = TlsHello.of(TlsRig.NAME).bytes();
        Future<RawSocket> trial = rig.serving();
        RawSocket client = rig.tunnel().send(hello);
        Eventually.holds("the trial is over", trial::isDone);
        RawSocket server = rig.tunnels.accept();
        assertThat(server.readBytes(hello.length)).isEqualTo(hello);
        server.close();
        client.close();
        assertThat(rig.ended().reason()).isEqualTo(Reason.ORIGIN_TLS_FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clientHandshaken", "poolKey"})
    void anInterceptorThatFailsOtherwiseEndsTheTunnel(String call) throws Exception {
        rig.interceptor.failingCall = call;
        Future<RawSocket> trial = rig.serving();
        RawSocket tunnel = rig.tunnel();
        assertThatThrownBy(() -> rig.secure(tunnel, "TLSv1.2").send("x").read(1))
                .isInstanceOf(IOException.class);
        assertThat(rig.ended().outcome().status()).isNotEqualTo(Status.COMPLETED);
        Eventually.holds("the origin's side is over", trial::isDone);
    }
}
