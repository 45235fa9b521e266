package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.TestTls;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that a proxy answers itself, on the reserved host and on its own address */
class OwnHostTest {
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

    private String inside(String request) throws Exception {
        RawSocket client = rig.secure(rig.tunnelTo("own.test:443"));
        return client.send(request).readToEnd();
    }

    private static String get(String method, String target) {
        return method + " " + target + " HTTP/1.1\r\nHost: own.test\r\n\r\n";
    }

    @Test
    void areShownInsideTls() throws Exception {
        String response = inside(get("GET", "/"));
        assertThat(response).startsWith("HTTP/1.1 200 ").contains("X-Secure: true");
        assertThat(response).endsWith("127.0.0.1:" + rig.tunnels.proxy.port());
        Exchange exchange = rig.exchange();
        assertThat(exchange.outcome().status()).isEqualTo(Status.ANSWERED_BY_PROXY);
        assertThat(exchange.request().url()).isEqualTo("https://own.test/");
        assertThat(rig.ended().reason()).isEqualTo(Reason.INTERCEPTED);
        assertThat(rig.interceptor.originHandshakes).hasValue(0);
    }

    @Test
    void areNotFoundInsideTlsWhereThereIsNone() throws Exception {
        assertThat(inside(get("GET", "/none"))).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void areOnlyForReadingInsideTls() throws Exception {
        assertThat(inside(get("DELETE", "/"))).startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD");
    }

    @Test
    void haveNoBodyWhereTheHeadIsAskedForInsideTls() throws Exception {
        assertThat(inside(get("HEAD", "/"))).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
    }

    @Test
    void areShownInATunnelWithoutTls() throws Exception {
        RawSocket client = rig.tunnelTo("own.test:80");
        String response = client.send(get("GET", "/")).readToEnd();
        assertThat(response).startsWith("HTTP/1.1 200 ").contains("X-Secure: false");
        client.close();
        assertThat(rig.ended().reason()).isEqualTo(Reason.PLAIN_HTTP);
        assertThat(rig.exchange().request().url()).isEqualTo("http://own.test/");
    }

    @Test
    void areRecordedWithThePortThatTheyWereAskedForBy() throws Exception {
        inside("GET / HTTP/1.1\r\nHost: own.test:8443\r\n\r\n");
        assertThat(rig.exchange().request().url()).isEqualTo("https://own.test:8443/");
    }

    @Test
    void tellTheProxysOwnAddressWhateverNameTheyAreAskedBy() throws Exception {
        String response = rig.tunnels
                .client()
                .send("GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n")
                .readToEnd();
        assertThat(response).endsWith("127.0.0.1:" + rig.tunnels.proxy.port());
    }

    @Test
    void tellTheAddressThatTheyAreAskedBy() throws Exception {
        String response = rig.tunnels
                .client()
                .send("GET / HTTP/1.1\r\nHost: 192.0.2.7\r\n\r\n")
                .readToEnd();
        assertThat(response).endsWith("192.0.2.7:80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "http://own.test/", "http://own.test:80/?x"})
    void areShownWithoutTls(String target) throws Exception {
        String response = rig.tunnels.client().send(get("GET", target)).readToEnd();
        assertThat(response).startsWith("HTTP/1.1 200 ").contains("X-Secure: false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /none 404", "POST / 405", "GET http://own.test/none 404", "PUT http://own.test/ 405"})
    void areAnsweredAsOutsideOfTls(String line) throws Exception {
        String[] parts = line.split(" ", -1);
        assertThat(rig.tunnels.client().send(get(parts[0], parts[1])).readToEnd())
                .startsWith("HTTP/1.1 " + parts[2]);
    }

    @Test
    void areNotThereForOtherProtocolsInTheTunnel() throws Exception {
        RawSocket client = rig.tunnelTo("own.test:443").send("SSH-2.0-x\r\n");
        assertThat(client.readToAnyEnd()).isEmpty();
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.outcome().status()).isEqualTo(Status.MALFORMED_REQUEST);
        assertThat(tunnel.reason()).isEqualTo(Reason.NOT_TLS);
    }

    @Test
    void blameNobodyWhoLeavesTheTunnelInSilence() throws Exception {
        RawSocket client = rig.tunnelTo("own.test:443").halfClose();
        assertThat(client.endsWhole()).isTrue();
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.reason()).isEqualTo(Reason.NOTHING_SENT);
        assertThat(tunnel.outcome().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void areNotThereForOtherProtocolsInsideTls() throws Exception {
        RawSocket client = rig.secure(rig.tunnelTo("own.test:443")).send("SSH-2.0-x\r\n");
        assertThat(client.endsWhole()).isFalse();
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.MALFORMED_REQUEST);
    }

    @Test
    void areNotThereOnAReverseProxy() throws Exception {
        try (RawOrigin origin = new RawOrigin();
                TlsRig reverse =
                        new TlsRig(tls, options -> options.forwardTo(URI.create("http://" + origin.authority())))) {
            reverse.tunnels.client().send(get("GET", "/"));
            RawSocket server = reverse.tunnels.closing(origin.accept());
            assertThat(server.readHead()).startsWith("GET / HTTP/1.1");
        }
    }

    @Test
    void needNoCredentialsThoughAllElseDoes() throws Exception {
        try (TlsRig strict = new TlsRig(tls, options -> options.credentials("user", "s3cret"))) {
            TunnelRig tunnels = strict.tunnels;
            assertThat(tunnels.client().send(get("GET", "/")).readToEnd()).startsWith("HTTP/1.1 200 ");
            assertThat(tunnels.client().send(get("GET", "http://own.test/")).readToEnd())
                    .startsWith("HTTP/1.1 200 ");
            assertThat(tunnels.client().send(get("GET", "http://other.test/")).readToEnd())
                    .startsWith("HTTP/1.1 407 ");
            assertThat(tunnels.client().send(TunnelRig.connect("own.test:443")).readToEnd())
                    .startsWith("HTTP/1.1 407 ");
        }
    }
}
