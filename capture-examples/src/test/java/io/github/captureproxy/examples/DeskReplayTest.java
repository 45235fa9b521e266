package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.desk.DeskProxy;
import io.github.captureproxy.examples.desk.DeskReplay;
import io.github.captureproxy.examples.desk.DeskSettings;
import io.github.captureproxy.examples.desk.Inspecting;
import io.github.captureproxy.examples.desk.RunningProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.TlsInterception;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are sent again from the page, the way that they came. */
@Timeout(60)
class DeskReplayTest {
    @TempDir
    Path folder;

    private static RunningProxy start(DeskSettings settings, SecureOrigin origin) {
        TlsInterception tls = TlsInterception.builder()
                .authority(CertificateAuthority.ephemeral())
                .upstreamTrust(List.of(origin.certificate()))
                .build();
        return new RunningProxy(DeskProxy.builder(settings).tls(tls).start(), Optional.of(tls));
    }

    @Test
    void theSitesAndTheUpstreamProxyOfTheDeskAreTaken() throws Exception {
        try (SecureOrigin origin = SecureOrigin.start(folder);
                CaptureProxy upstream = CaptureProxy.builder().port(0).start()) {
            DeskSettings settings = new DeskSettings(
                    0,
                    "127.0.0.1",
                    List.of(),
                    Optional.empty(),
                    true,
                    "",
                    Inspecting.DEFAULT,
                    Optional.of("http://127.0.0.1:" + upstream.address().getPort()),
                    Optional.empty());
            try (Desk desk = Desk.start(settings, each -> start(each, origin))) {
                CertificateAuthority authority = desk.tls().orElseThrow().authority();
                origin.get(desk.proxy().address(), "/again", authority.certificate());
                Exchange exchange = desk.proxy().history().single(ExchangeFilter.path("/again"));

                assertThat(upstream.history().inFlight())
                        .as("the connection that is kept")
                        .hasSize(1);

                Exchange again = DeskReplay.of(desk).run(exchange).replayed().orElseThrow();

                assertThat(again.response().orElseThrow().status()).isEqualTo(200);
                upstream.history().awaitTunnel(tunnel -> true, Duration.ofSeconds(20)); // the replay's: it has ended
            }
        }
    }
}
