package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.TestTls;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tunnels that are looked into on their way through an upstream proxy */
class InterceptionThroughUpstreamTest {
    private static TestTls tls;
    private TlsRig rig;

    @BeforeAll
    static void makeKey() throws Exception {
        tls = TestTls.create();
    }

    @BeforeEach
    void start() throws Exception {
        rig = new TlsRig(
                tls, options -> options.upstreamProxy(URI.create("http://user:s3cret@" + upstream.authority())));
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private static final String ASKED = String.join(
            "\r\n",
            "CONNECT origin.test:443 HTTP/1.1",
            "Host: origin.test:443",
            "Proxy-Authorization: Basic dXNlcjpzM2NyZXQ=",
            "",
            "");
    private static RawOrigin upstream;

    @BeforeAll
    static void listen() throws Exception {
        upstream = new RawOrigin();
    }

    @AfterAll
    static void stopListening() throws Exception {
        upstream.close();
    }

    /** The upstream proxy's next connection, which has been asked for the tunnel. */
    private RawSocket asked() throws Exception {
        RawSocket server = rig.tunnels.closing(upstream.accept());
        assertThat(server.readHead()).isEqualTo(ASKED);
        return server;
    }

    private RawSocket opened() throws Exception {
        return asked().send("HTTP/1.1 200 OK\r\n\r\n");
    }

    private TunnelRig.Ends open() throws Exception {
        Future<RawSocket> serving = TlsRig.beside(() -> opened().secureAsServer(rig.serverContext));
        RawSocket client = rig.secure(rig.tunnelTo("origin.test:443"));
        return new TunnelRig.Ends(client, rig.taken(serving));
    }

    @Test
    void theOriginIsAskedAsIfNoneWereThere() throws Exception {
        TunnelRig.Ends ends = open();
        ends.client().send(rig.get("/path"));
        assertThat(ends.server().readHead()).isEqualTo(rig.get("/path"));
        ends.server().send(WireTest.response("200 OK", "hello"));
        ends.client().readThrough("hello");
        Exchange exchange = rig.exchange();
        assertThat(exchange.request().url()).isEqualTo("https://origin.test/path");
        assertThat(exchange.route().toString()).contains(upstream.authority()).doesNotContain("s3cret");
    }

    @Test
    void aConnectionThatItRefusesLaterIsAnsweredInside() throws Exception {
        TunnelRig.Ends ends = open();
        ends.client().send(rig.get("/1"));
        ends.server().readHead();
        ends.server()
                .send(WireTest.response("200 OK", "hello", "Connection: close"))
                .close();
        ends.client().readThrough("hello");
        ends.client().send(rig.get("/2"));
        asked().send("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        assertThat(ends.client().readToEnd()).startsWith("HTTP/1.1 502 ");
    }

    @Test
    void anOriginThatIsRefusedIsPassedThroughItAsWell() throws Exception {
        rig.interceptor.originRefusal = Optional.of(Reason.ORIGIN_CERTIFICATE_INVALID);
        byte[] hello = TlsHello.of(TlsRig.NAME).bytes();
        Future<RawSocket> trial = TlsRig.beside(() -> opened().secureAsServer(rig.serverContext));
        RawSocket client = rig.tunnelTo("origin.test:443").send(hello);
        rig.taken(trial);
        RawSocket server = opened();
        assertThat(server.readBytes(hello.length)).isEqualTo(hello);
        server.send("answer");
        assertThat(client.read(6)).isEqualTo("answer");
    }

    @Test
    void aPassThroughThatItRefusesEndsTheTunnel() throws Exception {
        rig.interceptor.originRefusal = Optional.of(Reason.ORIGIN_CERTIFICATE_INVALID);
        Future<RawSocket> trial = TlsRig.beside(() -> opened().secureAsServer(rig.serverContext));
        RawSocket client =
                rig.tunnelTo("origin.test:443").send(TlsHello.of(TlsRig.NAME).bytes());
        rig.taken(trial);
        asked().send("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        assertThat(client.endsByReset()).isTrue();
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.CONNECT_FAILED);
    }
}
