package io.github.captureproxy.tls;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static io.github.captureproxy.rules.RequestMatcher.host;
import static io.github.captureproxy.rules.RequestMatcher.path;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.rules.Answer;
import io.github.captureproxy.rules.TrafficRule;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.hops.ClientExchange;
import io.github.captureproxy.testkit.hops.TestClient;
import io.github.captureproxy.testkit.hops.TestRequest;
import io.github.captureproxy.testkit.hops.Version;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where rules see to all requests for a host, its tunnels need no origin. */
class RulesStandInTest {
    private static final Answer HELLO = Answer.of(200).body("hello");
    private static TlsInterception tls;
    private static CaptureProxy proxy;

    @BeforeAll
    static void start() {
        tls = TlsInterception.builder()
                .authority(CertificateAuthority.ephemeral())
                .clientTrust(ClientTrust.ASSUMED)
                .passThroughHosts("opaque.test")
                .build();
        proxy = CaptureProxy.builder()
                .port(0)
                .tls(tls)
                .connectTimeout(Duration.ofSeconds(5))
                .resolver(name -> {
                    throw new UnknownHostException("no name is to be looked up: " + name);
                })
                .rule(
                        TrafficRule.on(host("stub.test").and(path("/slowly"))).delayRequest(Duration.ofMillis(5)),
                        TrafficRule.on(host("stub.test")).named("stub").answer(HELLO),
                        TrafficRule.on(host("opaque.test")).answer(HELLO),
                        TrafficRule.on(host("partly.test").and(path("/a"))).answer(HELLO))
                .start();
    }

    @AfterAll
    static void stop() {
        proxy.close();
        tls.close();
    }

    @BeforeEach
    void clear() {
        proxy.history().clear();
    }

    private static RawSocket tunnel(String authority) throws IOException {
        RawSocket client = RawSocket.connect(proxy.address());
        client.send("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n")
                .readHead();
        return client;
    }

    /** Waits for the one tunnel to this target: a tunnel is recorded as it ends, which is after its test's last answer. */
    private static Tunnel ended(String host, int port) throws Exception {
        return proxy.history().awaitTunnel(it -> it.host().equals(host) && it.port() == port, Duration.ofSeconds(10));
    }

    private static RawSocket secured(RawSocket tunnel, String name, Version version) throws IOException {
        return tunnel.secureAsClientOf(tls.authority().trust().sslContext(), name, version.protocol());
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void aHostThatDoesNotExistIsAnswered(Version version) throws Exception {
        RawSocket tunnel = tunnel("stub.test:443");
        try (TestClient client = TestClient.secure(secured(tunnel, "stub.test", version), tunnel, version)) {
            ClientExchange sent =
                    client.requestEmpty(new TestRequest("GET", "stub.test", "/slowly", HeaderList.empty()));
            assertThat(sent.response().status()).isEqualTo(200);
            assertThat(new String(sent.rest().content(), US_ASCII)).isEqualTo("hello");
        }
        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.request().url()).isEqualTo("https://stub.test/slowly");
        assertThat(exchange.clientHop().version()).isEqualTo(version.inRecords());
        assertThat(exchange.outcome().status()).isEqualTo(Status.ANSWERED_BY_PROXY);
        assertThat(exchange.rules()).hasSize(2);
        assertThat(exchange.originHop()).isEmpty();
        assertThat(exchange.tunnelReason()).contains(Tunnel.Reason.INTERCEPTED);
    }

    @Test
    void plainHttpInItsTunnelIsAnsweredTooAndTheTunnelGoesOn() throws Exception {
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send("CONNECT stub.test:80 HTTP/1.1\r\nHost: stub.test:80\r\n\r\n")
                    .readHead();
            for (int i = 0; i < 2; i++) {
                client.send("GET / HTTP/1.1\r\nHost: stub.test\r\n\r\n");
                assertThat(client.readThrough("hello")).startsWith("HTTP/1.1 200 OK\r\n");
            }
        }
        assertThat(proxy.history().snapshot()).hasSize(2);
    }

    @Test
    void whatComesInOnePacketWithTheConnectIsAnsweredToo() throws Exception {
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send(
                            "CONNECT stub.test:81 HTTP/1.1\r\nHost: stub.test:81\r\n\r\nGET / HTTP/1.1\r\nHost: stub.test:81\r\n\r\n")
                    .readHead();
            assertThat(client.readThrough("hello")).startsWith("HTTP/1.1 200 OK\r\n");
        }
        assertThat(ended("stub.test", 81).reason()).isEqualTo(Tunnel.Reason.PLAIN_HTTP);
    }

    @Test
    void aTunnelThatIsClosedUnusedNeedsNoTarget() throws Exception {
        tunnel("stub.test:444").close();
        Tunnel tunnel = ended("stub.test", 444);
        assertThat(tunnel.reason()).isEqualTo(Tunnel.Reason.NOTHING_SENT);
        assertThat(tunnel.outcome().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aHostOfWhichRulesSeeToAPartIsConnectedTo() throws Exception {
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send("CONNECT partly.test:443 HTTP/1.1\r\nHost: partly.test:443\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void whatCannotBeShownToRulesIsConnectedAfterAll() throws Exception {
        try (RawSocket client = tunnel("opaque.test:443")) {
            assertThatThrownBy(() -> secured(client, "opaque.test", Version.HTTP_1_1))
                    .isInstanceOf(IOException.class);
        }
        Tunnel tunnel = ended("opaque.test", 443);
        assertThat(tunnel.reason()).isEqualTo(Tunnel.Reason.NOT_OPENED);
        assertThat(tunnel.outcome().status()).isEqualTo(Status.UNKNOWN_HOST);
        assertThat(tunnel.bytesSent()).isZero();
        assertThat(proxy.history().snapshot()).isEmpty();
    }

    @Test
    void itIsRelayedThen() throws Exception {
        try (RawOrigin origin = new RawOrigin();
                CaptureProxy other = CaptureProxy.builder()
                        .port(0)
                        .tls(tls)
                        .rule(TrafficRule.on(host("127.0.0.1")).answer(HELLO))
                        .start();
                RawSocket client = RawSocket.connect(other.address())) {
            client.send("CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
            client.readHead();
            client.send("SSH-2.0-x\r\n");
            try (RawSocket server = origin.accept()) {
                assertThat(server.read(11)).isEqualTo("SSH-2.0-x\r\n");
                server.send("hi");
                assertThat(client.read(2)).isEqualTo("hi");
            }
        }
    }
}
