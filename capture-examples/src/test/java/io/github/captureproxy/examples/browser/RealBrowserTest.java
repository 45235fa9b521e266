package io.github.captureproxy.examples.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.testkit.TestTls;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.TlsInterception;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Installed browsers, at an HTTPS site of this machine whose name is known by HSTS; skipped where there is none. */
@Timeout(150)
class RealBrowserTest {
    private static final String PAGE = "<!doctype html><title>page</title><script>fetch('/api', {method: 'POST', "
            + "body: '{}', headers: {'X-Own': 'yes'}})</script>";

    @ParameterizedTest
    @ValueSource(strings = {"chromium", "firefox"})
    void allOfASiteIsCapturedFromItsFirstRequestOn(String name) throws Exception {
        Optional<InstalledBrowser> browser = InstalledBrowser.find(name, Desktop.current());
        assumeThat(browser).as(name + " is installed").isPresent();
        CertificateAuthority authority = CertificateAuthority.ephemeral();
        TestTls keys = TestTls.create();
        HttpsServer origin = origin(keys);
        try (TlsInterception tls = interception(authority, keys);
                CaptureProxy proxy = CaptureProxy.builder()
                        .port(0)
                        .listen(BrowserSession.LABEL, "127.0.0.1", 0)
                        .mapHost("shop.dev", "localhost:" + origin.getAddress().getPort())
                        .tls(tls)
                        .start()) {
            BrowserPlan plan =
                    BrowserPlan.of(proxy, authority.certificate()).headless().opening("https://shop.dev/");
            try (BrowserSession session = BrowserSession.start(browser.get(), plan, Desktop.current())) {
                Exchange call = proxy.history().await(ExchangeFilter.path("/api"), Duration.ofSeconds(100));

                assertThat(session.isRunning()).isTrue();
                assertThat(call.client().listener()).isEqualTo("browser");
                assertThat(call.request().headers().first("cookie")).contains("sid=1");
                assertThat(call.request().headers().first("sec-fetch-mode")).contains("cors");
                assertThat(call.request().headers().first("x-own")).contains("yes");
                Exchange again = BrowserIdentity.of(proxy.history().snapshot()).applyTo(call);
                assertThat(again.request().headers().first("cookie")).contains("sid=1");
            }
        } finally {
            origin.stop(0);
        }
    }

    /** All of {@code dev} is on the preload lists: nobody could click a warning away there. */
    private static HttpsServer origin(TestTls keys) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(keys.context()));
        server.createContext("/", exchange -> {
            byte[] page = (exchange.getRequestURI().getPath().equals("/") ? PAGE : "{}").getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
            exchange.getResponseHeaders().set("Set-Cookie", "sid=1; Path=/; Secure; HttpOnly");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static TlsInterception interception(CertificateAuthority authority, TestTls keys) throws Exception {
        byte[] certificate = keys.trustManager().getAcceptedIssuers()[0].getEncoded();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
        return TlsInterception.builder()
                .authority(authority)
                .clientTrust(BrowserSession.LABEL, ClientTrust.ASSUMED)
                .trustOrigin("shop.dev", HexFormat.of().formatHex(digest)) // its own is for another name
                .build();
    }
}
