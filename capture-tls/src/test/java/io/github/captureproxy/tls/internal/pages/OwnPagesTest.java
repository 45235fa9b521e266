package io.github.captureproxy.tls.internal.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.spi.OwnPage;
import io.github.captureproxy.tls.internal.pages.OwnPages.Exports;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPagesTest {
    private final OwnPages pages = new OwnPages(
            "capture.internal", new Exports("PEM", new byte[] {1, 2}, new byte[] {3}), "CN=<CA>'$x", "AA:BB");

    private Optional<OwnPage> page(String path, boolean secure, String proxy) {
        return pages.page(request(path, secure, proxy, ""));
    }

    private static OwnPage.Request request(String path, boolean secure, String proxy, String agent) {
        CapturedRequest message = new CapturedRequest(
                "GET",
                path,
                "HTTP/1.1",
                null,
                HeaderList.of(List.of(new Header("User-Agent", agent))),
                CapturedBody.empty(),
                HeaderList.empty());
        return new OwnPage.Request(message, secure, true, proxy, new InetSocketAddress("192.0.2.1", 1));
    }

    private static String forAgent(OwnPages pages, String agent) {
        return text(pages.page(request("/", false, "192.0.2.9:5555", agent)).orElseThrow());
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
                .contains("AA:BB", "&lt;CA&gt;", "/ca.pem", "/ca.crt", "/ca.mobileconfig", "/proxy.pac")
                .contains("https://capture.internal/trust-check")
                .doesNotContain("{{", "<CA>");
    }

    @Test
    void thePagesPolicyAllowsItsOwnScriptAndStyleAlone() throws Exception {
        String html = text(page("/"));
        assertThat(page("/").headers().get("Content-Security-Policy"))
                .contains("default-src 'none'", "connect-src https://capture.internal http://capture.internal;")
                .contains("script-src " + hash(between(html, "<script>", "</script>")))
                .contains("style-src " + hash(between(html, "<style>", "</style>")))
                .doesNotContain("unsafe");
        assertThat(html).doesNotContain(" style=").doesNotContainPattern(" on[a-z]+=");
    }

    private static String between(String text, String start, String end) {
        return text.substring(text.indexOf(start) + start.length(), text.indexOf(end));
    }

    private static String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    @Test
    void theStepsForTheDeviceThatAsksAreOpenAndThoseForOthersFolded() {
        assertThat(forAgent(pages, "Mozilla/5.0 (Linux; Android 14)"))
                .contains("<h2 id=\"steps-title\">Steps for Android</h2>", "<details id=\"android\" open>")
                .contains("<details id=\"ios\">", "<details id=\"windows\">", "<details id=\"other\">")
                .containsOnlyOnce(" open>");
        assertThat(forAgent(pages, "Mozilla/5.0 (iPhone)")).contains("<details id=\"ios\" open>");
        assertThat(forAgent(pages, "curl/8"))
                .contains("Choose what this device is.")
                .doesNotContain(" open>");
    }

    @Test
    void eachStepHasTheOneThatUndoesItBesideIt() {
        for (String device : forAgent(pages, "").split("<details id=", -1)) {
            int installs = device.split("<h3>", -1).length - 1;
            assertThat(device.split("Undo: ", -1).length - 1).isGreaterThanOrEqualTo(installs);
        }
    }

    @Test
    void whatGoesIntoShellsHasNothingThatOneWouldRead() {
        assertThat(text(page("/"))).contains("-n \"?CA???x\"").doesNotContain("$x\"");
    }

    @Test
    void anAddressOfIpv6StandsWithoutItsBracketsInSettings() {
        String html = text(page("/", false, "[2001:db8::1]:5555").orElseThrow());
        assertThat(html)
                .contains("<code>2001:db8::1</code>, port <code>5555</code>", "http://[2001:db8::1]:5555/proxy.pac");
    }

    @Test
    void withoutScriptsAnImageOverTlsGivesTheAnswer() {
        assertThat(text(page("/"))).contains("<noscript><img src=\"https://capture.internal/trust-check.svg\"");
        assertThat(text(page("/trust-check.svg"))).contains("<svg", "Yes");
        assertThat(page("/trust-check.svg", false, "a:1")).isEmpty();
    }

    @Test
    void withoutAnAuthorityThereAreTheStepsForTheProxyAndNothingToInstall() {
        OwnPages plain = new OwnPages();
        assertThat(forAgent(plain, "Mozilla/5.0 (Linux; Android 14)"))
                .contains("Steps for Android", "<code>192.0.2.9</code>", "/proxy.pac", "no certificate to install")
                .doesNotContain("ca.crt", "<script", "{{", "trust-check");
        assertThat(plain.page(request("/ca.pem", false, "a:1", ""))).isEmpty();
        assertThat(plain.page(request("/proxy.pac", false, "a:1", ""))).isPresent();
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
