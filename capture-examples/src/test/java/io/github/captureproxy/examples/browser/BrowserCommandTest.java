package io.github.captureproxy.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.tls.CertificateAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What browsers are told at their start. */
class BrowserCommandTest {
    private static final Path PROFILE = Path.of("profile");

    private final BrowserPlan plan = new BrowserPlan(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 7000),
            Optional.empty(),
            Optional.empty(),
            false,
            "about:blank");

    @Test
    void chromiumSendsEvenThisMachinesOwnPagesThroughTheProxy() {
        assertThat(ChromiumCommand.arguments(plan, PROFILE, false))
                .contains(
                        "--user-data-dir=profile",
                        "--proxy-server=http://127.0.0.1:7000",
                        "--proxy-bypass-list=<-loopback>",
                        "--disable-quic")
                .noneMatch(word -> word.startsWith("--ignore-certificate"))
                .doesNotContain("--no-sandbox", "--headless=new")
                .endsWith("about:blank");
    }

    @Test
    void chromiumTrustsTheAuthorityByItsPin() {
        CertificateAuthority authority = CertificateAuthority.ephemeral();
        BrowserPlan trusting = new BrowserPlan(
                plan.proxy(), Optional.of(authority.certificate()), Optional.empty(), false, "about:blank");

        assertThat(ChromiumCommand.arguments(trusting, PROFILE, false))
                .contains("--ignore-certificate-errors-spki-list="
                        + authority.trust().spkiPin());
    }

    @Test
    void chromiumDoesWithoutItsSandboxForTheAdministratorAlone() {
        assertThat(ChromiumCommand.arguments(plan.headless(), PROFILE, true))
                .contains("--no-sandbox", "--headless=new");
    }

    @Test
    void passwordsOfAKeptProfileStayWhereTheyAre() {
        assertThat(ChromiumCommand.arguments(plan, PROFILE, false)).contains("--password-store=basic");
        assertThat(ChromiumCommand.arguments(plan.keeping(PROFILE), PROFILE, false))
                .doesNotContain("--password-store=basic");
    }

    @Test
    void firefoxHasTheProxyInItsSettings() {
        assertThat(FirefoxSettings.lines(plan))
                .contains(
                        "user_pref(\"network.proxy.type\", 1);",
                        "user_pref(\"network.proxy.http\", \"127.0.0.1\");",
                        "user_pref(\"network.proxy.ssl_port\", 7000);",
                        "user_pref(\"network.proxy.allow_hijacking_localhost\", true);");
        assertThat(FirefoxSettings.line("a", "b\"\\")).isEqualTo("user_pref(\"a\", \"b\\\"\\\\\");");
    }

    @Test
    void aPlanNeedsAnAddressForTheBrowser() {
        try (CaptureProxy proxy = CaptureProxy.builder().port(0).start()) {
            assertThatThrownBy(() -> BrowserPlan.of(proxy, null)).hasMessageContaining("listen(\"browser\"");
        }
        try (CaptureProxy proxy = CaptureProxy.builder()
                .port(0)
                .listen(BrowserSession.LABEL, "127.0.0.1", 0)
                .start()) {
            assertThat(BrowserPlan.of(proxy, null).opening("http://a.test/").proxy())
                    .isEqualTo(proxy.addresses().get("browser"));
        }
    }
}
