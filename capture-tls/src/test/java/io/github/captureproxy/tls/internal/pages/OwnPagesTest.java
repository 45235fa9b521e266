package io.github.captureproxy.tls.internal.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.spi.OwnPage;
import io.github.captureproxy.tls.internal.pages.OwnPages.Exports;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPagesTest {
    private final OwnPages pages =
            new OwnPages("capture.internal", new Exports("PEM", new byte[] {1, 2}, new byte[] {3}), "CN=<CA>", "AA:BB");

    private Optional<OwnPage> page(String path, boolean secure, String proxy) {
        CapturedRequest message = new CapturedRequest(
                "GET", path, "HTTP/1.1", null, HeaderList.empty(), CapturedBody.empty(), HeaderList.empty());
        return pages.page(
                new OwnPage.Request(message, secure, true, proxy, new InetSocketAddress("192.0.2.1", 1)));
    }

    private OwnPage page(String path) {
        return page(path, true, "192.0.2.9:5555").orElseThrow();
    }

    private static String text(OwnPage page) {
        return new String(page.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/ca.pem, application/x-pem-file",
        "/ca.crt, application/x-x509-ca-cert",
        "/ca.mobileconfig, application/x-apple-aspen-config",
        "/proxy.pac, application/x-ns-proxy-autoconfig",
        "/trust-check, text/plain; charset=utf-8"
    })
    void eachPageHasItsTypeAndIsNeverCached(String path, String type) {
        assertThat(page(path).contentType()).isEqualTo(type);
        assertThat(page(path).headers()).containsEntry("Cache-Control", "no-store");
        assertThat(page(path).body()).isNotEmpty();
    }

    @Test
    void theSetUpPageHasTheFingerprintTheDownloadsAndTheTrustCheck() {
        assertThat(text(page("/")))
                .contains("AA:BB", "CN=&lt;CA&gt;", "/ca.pem", "/ca.crt", "/ca.mobileconfig", "/proxy.pac")
                .contains("https://capture.internal/trust-check")
                .doesNotContain("{{", "<CA>");
        assertThat(page("/").headers().get("Content-Security-Policy"))
                .contains("default-src 'none'", "connect-src https://capture.internal");
    }

    @Test
    void theAuthorityIsGivenOutInEachForm() {
        assertThat(text(page("/ca.pem"))).isEqualTo("PEM");
        assertThat(page("/ca.crt").body()).containsExactly(1, 2);
        assertThat(page("/ca.mobileconfig").body()).containsExactly(3);
    }

    @Test
    void theTrustCheckMayBeAskedFromAnyPageAndSaysYesOverTlsAlone() {
        assertThat(page("/trust-check").headers()).containsEntry("Access-Control-Allow-Origin", "*");
        assertThat(text(page("/trust-check"))).isEqualTo("trusted\n");
        assertThat(text(page("/trust-check", false, "").orElseThrow())).doesNotStartWith("trusted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.9:5555", "proxy.example:80", "[2001:db8::1]:5555"})
    void theProxyScriptNamesTheProxy(String proxy) {
        assertThat(text(page("/proxy.pac", false, proxy).orElseThrow())).contains("return \"PROXY " + proxy + "\";");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\";alert(1);\":80", "a.test", "a b:80", "a:123456"})
    void whatIsNoHostAndPortIsNotWrittenIntoAScript(String proxy) {
        assertThat(page("/proxy.pac", false, proxy)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/favicon.ico", "/ca.key", "/../ca.pem", "//"})
    void thereIsNoOtherPage(String path) {
        assertThat(page(path, true, "a:1")).isEmpty();
    }
}
