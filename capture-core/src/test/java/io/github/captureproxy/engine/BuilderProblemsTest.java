package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.InvalidConfigurationException;
import io.github.captureproxy.ProxyStartException;
import io.github.captureproxy.spi.UpstreamSelector;
import io.github.captureproxy.testkit.RawOrigin;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be is refused at the start, with the option, its value and the fix. */
class BuilderProblemsTest {
    private static Arguments bad(UnaryOperator<CaptureProxyBuilder> options, String... parts) {
        return Arguments.of(options, parts);
    }

    static Stream<Arguments> badOptions() {
        return Stream.of(
                bad(b -> b.port(65_536), "port", "65536", "0 for a free one"),
                bad(b -> b.port(-1), "port", "-1"),
                bad(b -> b.bind(""), "bind", "127.0.0.1"),
                bad(b -> b.bind("0.0.0.0"), "bind", "0.0.0.0", "allowClients(", "credentials("),
                bad(b -> b.listen("wide", "0.0.0.0", 0), "0.0.0.0", "allowClients("),
                bad(b -> b.label(" "), "label", "not blank"),
                bad(b -> b.listen("default", "127.0.0.1", 0), "listen", "default", "label of its own"),
                bad(b -> b.clientsFromElsewhere("cable"), "clientsFromElsewhere", "cable", "label of an address"),
                bad(b -> b.listen("x", "127.0.0.1", 70_000), "listen", "70000", "65535"),
                bad(b -> b.allowClients(), "allowClients", "192.168.1.0/24"),
                bad(b -> b.allowClients("10.0.0.0/33"), "allowClients", "10.0.0.0/33", "192.168.1.0/24"),
                bad(b -> b.allowClients("example.com"), "allowClients", "example.com"),
                bad(b -> b.credentials("", "x"), "credentials", "user name"),
                bad(b -> b.credentials("a:b", "x"), "credentials", "colon"),
                bad(b -> b.credentials("a", ""), "credentials", "password"),
                bad(b -> b.connectPorts(0), "connectPorts", "0", "65535"),
                bad(
                        b -> b.refuseTargets(InetSocketAddress.createUnresolved("nowhere.test", 80)),
                        "refuseTargets",
                        "nowhere.test",
                        "give an address"),
                bad(b -> b.connectPorts(), "connectPorts", "one port or more"),
                bad(b -> b.forwardTo(URI.create("ftp://a")), "forwardTo", "ftp://a", "give an origin"),
                bad(b -> b.forwardTo(URI.create("http://a/path")), "forwardTo", "/path", "without a path"),
                bad(b -> b.forwardTo(URI.create("http://u:p@a")), "forwardTo", "without user and password"),
                bad(
                        b -> b.upstreamProxy(URI.create("socks5://a:1")),
                        "upstreamProxy",
                        "\"socks5://a:1\" is a SOCKS proxy"),
                bad(b -> b.upstreamProxy(URI.create("https://a:1")), "upstreamProxy", "https"),
                bad(
                        b -> b.upstreamProxy(URI.create("http://a:1")).upstream(UpstreamSelector.direct()),
                        "upstreamProxy",
                        "choose one"),
                bad(b -> b.mapHost("a b", "127.0.0.1"), "mapHost", "a b", "host:port"),
                bad(b -> b.mapHost("*.a", "127.0.0.1"), "mapHost", "*.a", "one host"),
                bad(b -> b.mapHost("a", "b:x"), "mapHost", "b:x", "host:port"),
                bad(b -> b.via("a b"), "via", "a b", "capture"),
                bad(b -> b.maxConnections(0), "maxConnections", "0"),
                bad(b -> b.maxConnectionsPerClient(0), "maxConnectionsPerClient", "0"),
                bad(b -> b.maxConnectionsPerOrigin(0), "maxConnectionsPerOrigin", "0"),
                bad(b -> b.maxConnectionsPerOrigin(1).maxIdlePerOrigin(2), "maxIdlePerOrigin", "2", "at most"),
                bad(b -> b.maxTunnels(0), "maxTunnels", "0"),
                bad(b -> b.maxHeaderBytes(10), "maxHeaderBytes", "10"),
                bad(b -> b.maxHeaderFields(1), "maxHeaderFields", "1"),
                bad(b -> b.ioThreads(0), "ioThreads", "0"),
                bad(b -> b.headTimeout(Duration.ofSeconds(-1)), "headTimeout", "PT-1S", "Duration.ZERO"),
                bad(b -> b.closeTimeout(Duration.ZERO), "closeTimeout", "PT0S", "1 ms"),
                bad(b -> b.maxBodyBytes(-1), "maxBodyBytes", "-1"),
                bad(b -> b.captureBudget(-1), "captureBudget", "-1"),
                bad(b -> b.spillThreshold(5), "spillThreshold", "5", "spillTo"),
                bad(b -> b.maxWebSocketMessages(-1), "maxWebSocketMessages", "-1"),
                bad(b -> b.listenerQueueCapacity(0), "listenerQueueCapacity", "0"));
    }

    @Test
    void aListenerThatIsNullIsNamedAtTheCall() {
        CaptureProxyBuilder builder = CaptureProxy.builder();
        assertThatThrownBy(() -> builder.listener(exchange -> {}, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("listeners[1]");
    }

    @Test
    void aClientThatIsNullIsNamedAtTheCall() {
        CaptureProxyBuilder builder = CaptureProxy.builder();
        assertThatThrownBy(() -> builder.allowClients((String) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("networks[0]");
    }

    @ParameterizedTest
    @MethodSource("badOptions")
    void namesTheOptionTheValueAndTheFix(UnaryOperator<CaptureProxyBuilder> options, String[] parts) {
        CaptureProxyBuilder builder = options.apply(CaptureProxy.builder().port(0));
        assertThatThrownBy(builder::start)
                .isInstanceOfSatisfying(
                        InvalidConfigurationException.class,
                        e -> assertThat(e.problems()).singleElement().asString().contains(parts));
    }

    @Test
    void tellsAllProblemsAtOnceAndNoPassword() {
        CaptureProxyBuilder builder = CaptureProxy.builder()
                .port(-1)
                .maxTunnels(0)
                .credentials("a:s3cret", "s3cret\n")
                .upstreamProxy(URI.create("ftp://u:s3cret@host"));
        assertThatThrownBy(builder::start)
                .isInstanceOfSatisfying(
                        InvalidConfigurationException.class,
                        e -> assertThat(e.problems()).hasSize(5))
                .hasMessageStartingWith("5 options are wrong:")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void tellsThatAPortIsInUseAndWhatToDo() throws Exception {
        try (RawOrigin busy = new RawOrigin()) {
            CaptureProxyBuilder builder = CaptureProxy.builder().port(busy.port());
            assertThatThrownBy(builder::start)
                    .isInstanceOf(ProxyStartException.class)
                    .hasMessageContaining("port " + busy.port() + " on 127.0.0.1 is in use")
                    .hasMessageContaining("port(0) picks a free one");
        }
    }

    @Test
    void leavesNothingBehindWhereOneOfSeveralAddressesFails() throws Exception {
        Set<String> before = TunnelRig.threads();
        try (RawOrigin busy = new RawOrigin()) {
            CaptureProxyBuilder builder = CaptureProxy.builder().port(0).listen("second", "127.0.0.1", busy.port());
            assertThatThrownBy(builder::start)
                    .isInstanceOf(ProxyStartException.class)
                    .hasMessageContaining("listen(\"second\", ...)");
            assertThat(before).containsAll(TunnelRig.threads());
        }
    }

    @Test
    void startsSeveralProxiesFromOneBuilder() {
        CaptureProxyBuilder builder = CaptureProxy.builder().port(0);
        try (CaptureProxy one = builder.start();
                CaptureProxy two = builder.start()) {
            assertThat(one.port()).isNotEqualTo(two.port());
            assertThat(one.history()).isNotSameAs(two.history());
        }
    }

    @Test
    void takesAPortAgainOnceTheProxyThatHadItIsClosed() {
        CaptureProxy first = CaptureProxy.builder().port(0).start();
        first.close();
        try (CaptureProxy second = CaptureProxy.builder().port(first.port()).start()) {
            assertThat(second.port()).isEqualTo(first.port());
        }
    }
}
