package io.github.captureproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.spi.TlsInterceptor.Decision;
import io.github.captureproxy.spi.TunnelTarget;
import io.github.captureproxy.tls.testkit.Tunnels;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients of one listening address that are taken for ones that trust, beside others that are not. */
class TrustByAddressTest {
    private final TlsInterception tls = TlsInterception.builder()
            .authority(CertificateAuthority.ephemeral())
            .clientTrust("browser", ClientTrust.ASSUMED)
            .clientTrust("guests", ClientTrust.PROVEN)
            .build();

    @AfterEach
    void close() {
        tls.close();
    }

    @Test
    void anHstsHostIsInspectedFromTheStartForAClientOfThatAddress() {
        assertThat(decide("browser", "my.dev")).isInstanceOf(Decision.Inspect.class);
    }

    @Test
    void clientsOfOtherAddressesGoByWhatHoldsForAll() {
        assertThat(decide("default", "my.dev")).isInstanceOf(Decision.PassThrough.class);
        assertThat(decide("default", "a.test")).isInstanceOf(Decision.Inspect.class);
    }

    @Test
    void anAddressMayAskForMoreThanOthersDo() {
        assertThat(decide("guests", "a.test")).isInstanceOf(Decision.PassThrough.class);
    }

    @Test
    void itTellsWhichAddressesDiffer() {
        assertThat(tls.toString()).contains("browser=ASSUMED", "guests=PROVEN");
    }

    private Decision decide(String label, String host) {
        ClientInfo client = new ClientInfo(new InetSocketAddress(Tunnels.ADDRESS, 5000), 1, label, Optional.empty());
        Route route = new Route(Route.Kind.DIRECT, host + ":443");
        return tls.decide(
                new TunnelTarget(1, client, host, 443, route),
                Tunnels.hello(host).parsed());
    }
}
