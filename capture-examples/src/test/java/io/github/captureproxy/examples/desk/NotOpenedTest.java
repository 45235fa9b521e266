package io.github.captureproxy.examples.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a tunnel never opened, in words, from what a proxy really says of it. */
@Timeout(30)
class NotOpenedTest {
    private static final String FAR = "far.test:443";

    /** Names are known to nobody. */
    private final CaptureProxyBuilder builder = CaptureProxy.builder().port(0).resolver(host -> {
        throw new UnknownHostException(host);
    });

    private TunnelWords words(String target) throws Exception {
        try (CaptureProxy proxy = builder.start();
                RawSocket client = ask(proxy, target)) {
            assertThat(client.readHead()).doesNotStartWith("HTTP/1.1 2");
            return words(proxy);
        }
    }

    private static RawSocket ask(CaptureProxy proxy, String target) throws IOException {
        return RawSocket.connect(proxy.address())
                .send("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n");
    }

    private static TunnelWords words(CaptureProxy proxy) throws Exception {
        Tunnel tunnel = proxy.history().awaitTunnel(any -> true, Duration.ofSeconds(10));
        Outcome end = tunnel.outcome();
        return TunnelWords.of(
                tunnel.reason(), tunnel.reasonDetail(), new NotOpened(tunnel.host(), end.status(), end.detail()));
    }

    private static String closedPort() throws IOException {
        try (RawOrigin closed = new RawOrigin()) {
            return closed.authority();
        }
    }

    private static void assertNothingToSet(TunnelWords words, String title) {
        assertThat(words.title()).isEqualTo("not opened: " + title);
        assertThat(words.detail()).isNotEqualTo(title);
        assertThat(words.fix()).isNotBlank().doesNotContain("Settings");
        assertThat(words.fixes()).isEmpty();
    }

    private static void assertUpstream(TunnelWords words, String title) {
        assertThat(words.title()).isEqualTo("not opened: " + title);
        assertThat(words.fix()).isEqualTo("check the upstream proxy in Settings");
        assertThat(words.fixes()).containsExactly(TunnelWords.Fix.SETTINGS);
    }

    @Test
    void aNameWithoutAnAddressHasNothingToDoWithTheSettings() throws Exception {
        assertNothingToSet(words(FAR), "this name has no address");
        builder.resolver(host -> List.of());
        assertNothingToSet(words(FAR), "this name has no address");
    }

    @Test
    void whereNothingListensThePortIsToBeChecked() throws Exception {
        TunnelWords words = words(closedPort());
        assertNothingToSet(words, "nothing takes connections at this address");
        assertThat(words.fix()).contains("port");
    }

    @Test
    void thePageThatTheProxyLeadsNobodyToIsNamed() throws Exception {
        try (RawOrigin page = new RawOrigin()) {
            builder.refuseTargets(page.address());
            assertNothingToSet(
                    words(page.authority()), "the page that shows the traffic can't be reached through the proxy");
        }
    }

    @Test
    void theProxyItselfIsNamedAsTheTarget() throws Exception {
        try (CaptureProxy proxy = builder.start();
                RawSocket client = ask(proxy, "127.0.0.1:" + proxy.address().getPort())) {
            assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
            assertNothingToSet(words(proxy), "the target is this proxy itself");
        }
    }

    @Test
    void anUpstreamProxyThatCannotBeReachedIsTheOneToCheck() throws Exception {
        builder.upstreamProxy(URI.create("http://" + closedPort()));
        assertUpstream(words(FAR), "the upstream proxy could not be connected to");
        builder.upstreamProxy(URI.create("http://corp.far.test:3128"));
        assertUpstream(words(FAR), "the upstream proxy's name has no address");
    }

    @ParameterizedTest
    @CsvSource({
        "403 No, the upstream proxy didn't open it",
        "407 No, the upstream proxy wants another user name or password"
    })
    void anUpstreamProxyThatRefusesIsTheOneToCheck(String status, String title) throws Exception {
        try (RawOrigin upstream = new RawOrigin();
                CaptureProxy proxy = builder.upstreamProxy(URI.create("http://" + upstream.authority()))
                        .start();
                RawSocket client = ask(proxy, FAR);
                RawSocket server = upstream.accept()) {
            server.readHead();
            server.send("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
            assertUpstream(words(proxy), title);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TIMED_OUT, connecting to the target took too long, the site didn't answer in time",
        "TIMED_OUT, connecting to far.test took too long, the site didn't answer in time",
        "CONNECT_FAILED, could not connect to far.test: no route to host, the site could not be connected to",
        "FORBIDDEN, the target is an address of the proxy's own machine,"
                + " other devices may not reach this machine's own services through the proxy",
        "LIMIT_REACHED, too many tunnels are open, a limit of the proxy was reached"
    })
    void whatElseKeepsATunnelClosedHasWordsOfItsOwn(Status status, String detail, String title) {
        assertNothingToSet(new NotOpened("far.test", status, detail).words(), title);
    }

    @Test
    void anUpstreamProxyThatIsSilentIsTheOneToCheck() {
        assertUpstream(
                new NotOpened("far.test", Status.TIMED_OUT, "connecting to corp.far.test took too long").words(),
                "the upstream proxy didn't answer in time");
    }
}
