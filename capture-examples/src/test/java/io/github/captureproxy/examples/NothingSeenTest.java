package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.history.ProxyCounts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of a recording that has nothing, by what reached the proxy. */
class NothingSeenTest {
    private static final String KNOWN = "what is missing may not heed http_proxy: ";

    private final Passage passage = new Passage(new Listed(List.of(), "example", ExchangeFilter.any()), true);

    @Test
    void nothingIsSaidWhereSomethingWasSeen() {
        Exchange seen = Samples.get("/", 200, "").build();
        passage.onTunnelClosed(Samples.tunnel(Tunnel.Reason.NOT_CONFIGURED, "a.test", Samples.DONE));
        passage.onExchange(seen);
        assertThat(lines(2)).isEmpty();
    }

    @Test
    void nobodyCame() {
        assertThat(lines(0))
                .hasSize(2)
                .startsWith("nothing connected to 127.0.0.1:1234: the command made no call, or not by the proxy")
                .last()
                .asString()
                .startsWith(KNOWN);
        assertThat(new NothingSeen("127.0.0.1:1234", false).lines(connections(0), passage.counts()))
                .containsExactly("nothing connected to 127.0.0.1:1234: have programs use it as their proxy");
    }

    @Test
    void someCameAndAskedForNothing() {
        assertThat(lines(3)).first().isEqualTo("3 connections came, and asked for nothing");
    }

    @Test
    void adbAloneCame() {
        passage.onExchange(Samples.adbProbe());
        passage.onExchange(Samples.adbProbe());
        assertThat(lines(2))
                .first()
                .isEqualTo(
                        "nothing but adb, which looks for emulators, connected to 127.0.0.1:1234: the command made no "
                                + "call, or not by the proxy");
    }

    @Test
    void adbIsNotCountedAmongThoseWhoAskedForNothing() {
        passage.onExchange(Samples.adbProbe());
        assertThat(lines(3)).first().isEqualTo("2 connections came, and asked for nothing");
    }

    @Test
    void allWasHttpsThatIsNotLookedInto() {
        passage.onTunnelClosed(Samples.tunnel(Tunnel.Reason.NOT_CONFIGURED, "a.test", Samples.DONE));
        passage.onTunnelClosed(Samples.tunnel(Tunnel.Reason.NOT_CONFIGURED, "a.test", Samples.DONE));
        assertThat(lines(2))
                .hasSize(2)
                .startsWith("2 tunnels (example.com:443) passed unseen: --https looks inside HTTPS")
                .last()
                .asString()
                .startsWith(KNOWN);
    }

    @Test
    void someOfManyTargetsShowWhatTheyWere() {
        List.of("a.example", "b.example", "c.example", "a.example")
                .forEach(host -> passage.onTunnelClosed(Samples.tunnelTo(host, Tunnel.Reason.NOT_TLS, Samples.DONE)));
        assertThat(lines(4))
                .first()
                .asString()
                .startsWith("4 tunnels (a.example:443, b.example:443, c.example:443) passed");
        passage.onTunnelClosed(Samples.tunnelTo("d.example", Tunnel.Reason.NOT_TLS, Samples.DONE));
        assertThat(lines(5))
                .first()
                .asString()
                .contains("(a.example:443, b.example:443, c.example:443, ...) passed unseen");
    }

    @Test
    void noneWasOpened() {
        Outcome unknown = Samples.failure(Outcome.Status.UNKNOWN_HOST, "the name no.example has no address");
        passage.onTunnelClosed(Samples.tunnelTo("no.example", Tunnel.Reason.NOT_OPENED, unknown));
        assertThat(lines(1))
                .containsExactly(
                        "1 tunnel (no.example:443): not opened: this name has no address: the name no.example has no "
                                + "address; check how it is spelt, and this machine's name server and VPN");
    }

    @Test
    void someWereNotOpenedAndOthersPassedUnseen() {
        Outcome refused = Samples.failure(Outcome.Status.CONNECT_FAILED, "could not connect to no.example: refused");
        passage.onTunnelClosed(Samples.tunnelTo("no.example", Tunnel.Reason.NOT_OPENED, refused));
        passage.onTunnelClosed(Samples.tunnelTo("a.example", Tunnel.Reason.NOT_CONFIGURED, Samples.DONE));
        assertThat(lines(2))
                .hasSize(2)
                .startsWith("1 tunnel (a.example:443) passed unseen: --https looks inside HTTPS")
                .last()
                .asString()
                .startsWith("1 tunnel (no.example:443): not opened: nothing takes connections at this address");
    }

    @Test
    void allPassedThroughForAReason() {
        passage.onTunnelClosed(Samples.tunnel(Tunnel.Reason.CLIENT_TLS_UNSUPPORTED, "a.test", Samples.DONE));
        assertThat(lines(1))
                .first()
                .asString()
                .startsWith(
                        "1 tunnel (example.com:443) passed unseen: passed through: this client's TLS can't be served");
    }

    @Test
    void theClientRefusedTheCertificate() {
        passage.onTlsFailure(Samples.tlsFailure(Outcome.Side.CLIENT, "it sent the alert unknown_ca"));
        passage.onTunnelClosed(Samples.tunnel(
                Tunnel.Reason.INTERCEPTED, "a.test", Samples.failure(Outcome.Status.TLS_FAILED, "unknown_ca")));
        assertThat(lines(1))
                .first()
                .isEqualTo("a handshake for example.com:443 failed: it sent the alert unknown_ca; its next connection "
                        + "passes through");
    }

    @Test
    void allWasLeftOutByFilters() {
        Passage narrow = new Passage(new Listed(List.of("POST"), "", ExchangeFilter.any()), true);
        narrow.onExchange(Samples.get("/", 200, "").build());
        narrow.onTunnelClosed(Samples.tunnel(Tunnel.Reason.NOT_CONFIGURED, "a.test", Samples.DONE));
        assertThat(new NothingSeen("127.0.0.1:1234", true).lines(connections(1), narrow.counts()))
                .containsExactly(
                        "2 exchanges and tunnels passed, and --filter, --method or --url-contains left all of it "
                                + "out");
    }

    private List<String> lines(long connections) {
        return new NothingSeen("127.0.0.1:1234", true).lines(connections(connections), passage.counts());
    }

    private static ProxyCounts connections(long accepted) {
        return new ProxyCounts(accepted, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), Map.of(), 0, 0, 0, 0, List.of());
    }
}
