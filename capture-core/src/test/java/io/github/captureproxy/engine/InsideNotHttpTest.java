package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.TestTls;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not HTTP inside TLS is relayed, decrypted on one side and encrypted on the other */
class InsideNotHttpTest {
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
    void aClientThatSpeaksFirstIsRelayed() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send("\u0000\u0001ping");
        assertThat(ends.server().read(6)).isEqualTo("\u0000\u0001ping");
        ends.server().send("pong");
        assertThat(ends.client().read(4)).isEqualTo("pong");
        assertEndsWhole(ends);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anOriginThatSpeaksFirstIsRelayed(String version) throws Exception {
        TunnelRig.Ends ends = rig.open(version);
        ends.server().send("* OK IMAP4rev1 ready\r\n");
        assertThat(ends.client().readThrough("\r\n")).isEqualTo("* OK IMAP4rev1 ready\r\n");
        ends.client().send("a1 LOGOUT\r\n");
        assertThat(ends.server().readThrough("\r\n")).isEqualTo("a1 LOGOUT\r\n");
        assertEndsWhole(ends);
    }

    private void assertEndsWhole(TunnelRig.Ends ends) throws Exception {
        ends.server().halfClose();
        assertThat(ends.client().endsWhole()).isTrue();
        ends.client().close();
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.reason()).isEqualTo(Reason.INTERCEPTED_NOT_HTTP);
        assertThat(tunnel.outcome().status()).isEqualTo(Status.COMPLETED);
        assertThat(rig.tunnels.proxy.history().isEmpty()).isTrue();
    }

    @Test
    void aHalfCloseIsPassedOn() throws Exception {
        TunnelRig.Ends ends = rig.open("TLSv1.3");
        ends.client().send("\u0001all").halfClose();
        assertThat(ends.server().readToEnd()).isEqualTo("\u0001all");
        ends.server().send("answer behind it").halfClose();
        assertThat(ends.client().readToEnd()).isEqualTo("answer behind it");
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aTruncatedStreamNeverLooksWhole() throws Exception {
        Future<RawSocket> raw = TlsRig.beside(() -> rig.origin().accept());
        RawSocket tunnel = rig.tunnel();
        RawSocket plain = rig.taken(raw);
        Future<RawSocket> serving = TlsRig.beside(() -> plain.secureAsServer(rig.serverContext));
        RawSocket client = rig.secure(tunnel);
        rig.taken(serving).send("\u0001half");
        assertThat(client.read(5)).isEqualTo("\u0001half");
        plain.halfClose();
        assertThat(client.endsWhole()).isFalse();
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
    }

    @Test
    void aSecondTunnelGetsAConnectionOfItsOwnThoughOneIsKept() throws Exception {
        rig.used();
        RawSocket tunnel = rig.tunnel();
        RawSocket spare = rig.tunnels.accept();
        RawSocket client = rig.secure(tunnel);
        Future<RawSocket> serving = rig.serving();
        client.send("\u0001other");
        RawSocket server = rig.taken(serving);
        assertThat(server.read(6)).isEqualTo("\u0001other");
        server.send("answer");
        assertThat(client.read(6)).isEqualTo("answer");
        assertThat(spare.readToEnd()).isEmpty();
        server.halfClose();
        assertThat(client.endsWhole()).isTrue();
        client.close();
        assertThat(rig.ended().reason()).isEqualTo(Reason.INTERCEPTED_NOT_HTTP);
    }

    @Test
    void theHttp2PrefaceIsRelayed() throws Exception {
        String preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        TunnelRig.Ends ends = rig.open();
        ends.client().send(preface);
        assertThat(ends.server().read(preface.length())).isEqualTo(preface);
        assertEndsWhole(ends);
    }
}
