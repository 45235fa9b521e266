package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.spi.UpstreamProxy;
import io.github.captureproxy.spi.UpstreamSelector;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.net.ProxySelector;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain requests through an upstream proxy, and whatever picks it. */
class UpstreamRequestTest {
    private static final String REQUEST =
            "GET http://far.test/a?b HTTP/1.1\r\nHost: far.test\r\nProxy-Authorization: Basic bWluZTptaW5l\r\n\r\n";

    private RawOrigin upstream;

    @BeforeEach
    void start() throws Exception {
        upstream = new RawOrigin();
    }

    @AfterEach
    void stop() throws Exception {
        upstream.close();
    }

    @Test
    void goInAbsoluteFormWithTheProxysOwnCredentials() throws Exception {
        URI uri = URI.create("http://us%65r:s3cret@" + upstream.authority());
        try (TunnelRig rig = new TunnelRig(options -> options.upstreamProxy(uri))) {
            RawSocket client = rig.client().send(REQUEST);
            RawSocket server = rig.closing(upstream.accept());
            assertThat(server.readHead()).isEqualTo(REQUEST.replace("bWluZTptaW5l", "dXNlcjpzM2NyZXQ="));
            server.send("HTTP/1.1 204 No Content\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 204 ");
            Exchange exchange = rig.exchange();
            assertThat(exchange.route()).isEqualTo(new Route(Route.Kind.UPSTREAM_PROXY, upstream.authority()));
            assertThat(exchange.request().url()).isEqualTo("http://far.test/a?b");
            assertThat(exchange.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void answer502WhereTheUpstreamRefusesTheCredentials() throws Exception {
        URI uri = URI.create("http://user:s3cret@" + upstream.authority());
        try (TunnelRig rig = new TunnelRig(options -> options.upstreamProxy(uri))) {
            RawSocket client = rig.client().send(REQUEST);
            RawSocket server = rig.closing(upstream.accept());
            server.readHead();
            server.send("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"corp\"\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.readToEnd())
                    .startsWith("HTTP/1.1 502 ")
                    .contains("the upstream proxy refused its credentials")
                    .doesNotContain("corp");
            assertThat(rig.exchange().outcome().status()).isEqualTo(Status.FORBIDDEN);
        }
    }

    @Test
    void goWhereTheSelectorPicksByTarget() throws Exception {
        BlockingQueue<HttpOrigin> asked = new LinkedBlockingQueue<>();
        UpstreamSelector selector = target -> {
            asked.add(target);
            return target.host().equals("far.test")
                    ? Optional.of(UpstreamProxy.of("127.0.0.1", upstream.port()))
                    : Optional.empty();
        };
        try (TunnelRig rig = new TunnelRig(options -> options.upstream(selector))) {
            rig.client().send(REQUEST);
            assertThat(rig.closing(upstream.accept()).readHead()).startsWith("GET http://far.test/a?b ");
            rig.client()
                    .send("GET http://" + rig.origin.authority() + "/near HTTP/1.1\r\nHost: " + rig.origin.authority()
                            + "\r\n\r\n");
            assertThat(rig.accept().readHead()).startsWith("GET /near ");
            assertThat(asked)
                    .containsExactly(
                            new HttpOrigin("http", "far.test", 80),
                            new HttpOrigin("http", "127.0.0.1", rig.origin.port()));
        }
    }

    @Test
    void goWhereTheSelectorPicksForTheSameOriginThisTime() throws Exception {
        UpstreamProxy first = UpstreamProxy.of("127.0.0.1", upstream.port(), "u", "1");
        UpstreamProxy second = UpstreamProxy.of("127.0.0.1", upstream.port(), "u", "2");
        Queue<Optional<UpstreamProxy>> picks = new ArrayDeque<>(
                List.of(Optional.of(first), Optional.of(second), Optional.of(second), Optional.empty()));
        try (TunnelRig rig = new TunnelRig(options -> options.upstream(target -> picks.remove()))) {
            String near = "GET http://" + rig.origin.authority() + "/ HTTP/1.1\r\nHost: " + rig.origin.authority()
                    + "\r\n\r\n";
            RawSocket client = rig.client();
            for (String credentials : List.of("dTox", "dToy", "dToy")) {
                client.send(near);
                RawSocket server = rig.closing(upstream.accept());
                assertThat(server.readHead()).contains("Proxy-Authorization: Basic " + credentials + "\r\n");
                server.send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
                assertThat(client.readHead()).startsWith("HTTP/1.1 204 ");
            }
            client.send(near);
            assertThat(rig.accept().readHead()).startsWith("GET / ");
        }
    }

    @Test
    void goWhereTheEnvironmentSays() throws Exception {
        UpstreamSelector selector = UpstreamSelector.environment(
                Map.of("http_proxy", "http://u:p@" + upstream.authority(), "no_proxy", "127.0.0.0/8"));
        try (TunnelRig rig = new TunnelRig(options -> options.upstream(selector))) {
            rig.client().send(REQUEST);
            assertThat(rig.closing(upstream.accept()).readHead()).contains("Proxy-Authorization: Basic dTpw\r\n");
            rig.client()
                    .send("GET http://" + rig.origin.authority() + "/ HTTP/1.1\r\nHost: " + rig.origin.authority()
                            + "\r\n\r\n");
            assertThat(rig.accept().readHead()).startsWith("GET / ");
        }
    }

    @Test
    void goWhereAJdkSelectorSays() throws Exception {
        UpstreamSelector selector = UpstreamSelector.of(ProxySelector.of(upstream.address()));
        try (TunnelRig rig = new TunnelRig(options -> options.upstream(selector))) {
            rig.client().send(REQUEST);
            assertThat(rig.closing(upstream.accept()).readHead()).startsWith("GET http://far.test/a?b ");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areAnsweredWhereTheSelectorFailsAndTheProxyLivesOn(boolean withError) throws Exception {
        UpstreamSelector selector = target -> {
            if (target.host().equals("far.test") && withError) {
                throw new AssertionError("internals");
            } else if (target.host().equals("far.test")) {
                throw new IllegalStateException("internals");
            }
            return Optional.empty();
        };
        try (TunnelRig rig = new TunnelRig(options -> options.upstream(selector))) {
            RawSocket client = rig.client().send(REQUEST);
            assertThat(client.readToEnd())
                    .startsWith("HTTP/1.1 502 ")
                    .contains("no upstream proxy could be picked")
                    .doesNotContain("internals");
            assertThat(rig.exchange().outcome().status()).isEqualTo(Status.INTERNAL_ERROR);
            rig.open();
        }
    }

    @Test
    void goToTheMappedAddressWithTheirHostUnchanged() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.mapHost("far.test:80", "127.0.0.1:" + upstream.port()))) {
            RawSocket client = rig.client().send(REQUEST);
            RawSocket server = rig.closing(upstream.accept());
            assertThat(server.readHead()).isEqualTo("GET /a?b HTTP/1.1\r\nHost: far.test\r\n\r\n");
            server.send("HTTP/1.1 204 No Content\r\n\r\n");
            client.readHead();
            Exchange exchange = rig.exchange();
            assertThat(exchange.request().url()).isEqualTo("http://far.test/a?b");
            assertThat(exchange.remoteAddress()).contains(upstream.address());
        }
    }

    @Test
    void goToAMappedNameThroughTheResolver() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.mapHost("far.test", "other.test:" + upstream.port())
                .resolver(host -> host.equals("other.test") ? List.of(TunnelRig.LOOPBACK) : List.of()))) {
            rig.client().send(TunnelRig.connect("far.test:443"));
            assertThat(rig.closing(upstream.accept()).socket().isConnected()).isTrue();
        }
    }
}
