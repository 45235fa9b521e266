package io.github.captureproxy.tls.clients;

import static io.github.captureproxy.exchange.Tunnel.Reason.CLIENT_REJECTED_BEFORE;
import static io.github.captureproxy.exchange.Tunnel.Reason.HSTS;
import static io.github.captureproxy.exchange.Tunnel.Reason.INTERCEPTED;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.clients.HttpsClient.Answer;
import io.github.captureproxy.tls.clients.HttpsClient.Call;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real browser, with the authority and without. */
class ChromiumTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path home;

    static Stream<String> versions() {
        return Clients.versions();
    }

    @BeforeAll
    static void needsChromium() {
        Chromium.assumeInstalled();
    }

    private static void checkCaptured(Rig rig, String host) throws Exception {
        Exchange exchange = rig.proxy().history().await(path("/last"), PATIENCE);
        assertThat(exchange.request().url()).isEqualTo("https://" + host + "/last");
        assertThat(exchange.request().headers().first("user-agent").orElse("")).contains("Chrome/");
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo("hello");
        assertThat(exchange.tunnelReason()).contains(INTERCEPTED);
        assertThat(rig.failures()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {Rig.ONE, Rig.PRELOADED})
    void theTrustedAuthorityLetsPagesBeCaptured(String host) throws Exception {
        try (Rig rig = new Rig(ClientTrust.ASSUMED)) {
            Chromium browser = Chromium.trusting(home, rig.ofAuthority().pem());

            assertThat(browser.load(rig.proxy().port(), "https://" + host + "/last")
                            .text())
                    .contains("hello");

            checkCaptured(rig, host);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Rig.ONE, Rig.PRELOADED})
    void theAuthoritysPinLetsPagesBeCapturedWithNothingInstalled(String host) throws Exception {
        try (Rig rig = new Rig(ClientTrust.ASSUMED)) {
            Chromium browser = Chromium.trusting(home)
                    .with("--ignore-certificate-errors-spki-list="
                            + rig.tls().authority().trust().spkiPin());

            assertThat(browser.load(rig.proxy().port(), "https://" + host + "/last")
                            .text())
                    .contains("hello");

            checkCaptured(rig, host);
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @MethodSource("versions")
    void withoutTheAuthorityOneConnectionFailsAndTheNextMeetsTheOrigin(String version) throws Exception {
        try (Rig rig = new Rig()) {
            Chromium browser = Chromium.trusting(home, rig.ofOrigin().pem()).with("--ssl-version-max=tls" + version);

            browser.load(rig.proxy().port(), "https://one.test/last"); // it may try twice for one page
            List<Tunnel> first = rig.tunnels(Rig.ONE, 1);
            rig.proxy().history().clear();
            Answer second = browser.load(rig.proxy().port(), "https://one.test/last");

            assertThat(first.get(0).reason()).isEqualTo(INTERCEPTED);
            assertThat(first.get(0).outcome().status()).isEqualTo(Outcome.Status.TLS_FAILED);
            assertThat(second.text()).contains("hello");
            assertThat(rig.tunnels(Rig.ONE, 1)).extracting(Tunnel::reason).containsOnly(CLIENT_REJECTED_BEFORE);
            assertThat(rig.origin().received("/last")).isNotEmpty();
            assertThat(rig.proxy().history().find(path("/last"))).isEmpty();
        }
    }

    @Test
    void withoutTheAuthorityAPreloadedHostLoadsUntouched() throws Exception {
        try (Rig rig = new Rig()) {
            checkUntouched(rig, Rig.PRELOADED);
        }
    }

    @Test
    void withoutTheAuthorityAHostKnownByItsHeaderLoadsUntouched() throws Exception {
        try (Rig rig = new Rig()) {
            Program.ANOTHER_JVM.get(new Call(rig.proxy(), Rig.ONE, "/hsts", rig.ofAuthority(), "1.3"));
            assertThat(rig.tls().hsts().isKnown(Rig.ONE)).isTrue();

            checkUntouched(rig, Rig.ONE);
        }
    }

    private void checkUntouched(Rig rig, String host) throws Exception {
        Chromium browser = Chromium.trusting(home, rig.ofOrigin().pem());

        assertThat(browser.load(rig.proxy().port(), "https://" + host + "/last").text())
                .contains("hello");

        List<Tunnel> browsers = rig.tunnels(host, 1).stream()
                .filter(tunnel -> !tunnel.reason().equals(INTERCEPTED))
                .toList();
        assertThat(browsers).isNotEmpty().extracting(Tunnel::reason).containsOnly(HSTS);
        assertThat(rig.failures()).isEmpty();
        assertThat(rig.proxy().history().find(path("/last"))).isEmpty();
    }
}
