package io.github.captureproxy.tls.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.tls.testkit.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real browser, which loads a page with all that is on it over HTTP/2. */
class ChromiumHttp2Test {
    private static final int IMAGES = 30;

    /** The page's text tells how each of its parts came, once all are there. */
    private static final String PAGE = """
            <!doctype html><link rel="icon" href="data:,"><p id="said">waiting</p><script>
            const images = [...Array(30).keys()].map(i => new Promise((done, failed) => {
                const image = new Image();
                image.onload = done;
                image.onerror = failed;
                image.src = `/image.svg?${i}`;
                document.body.append(image);
            }));
            const large = fetch('/large').then(response => response.arrayBuffer());
            Promise.all([large, ...images]).then(([bytes]) => {
                const entries = performance.getEntries().filter(entry => entry.nextHopProtocol);
                const spoken = [...new Set(entries.map(entry => entry.nextHopProtocol))];
                said.textContent = `${bytes.byteLength} bytes, ${entries.length} parts over ${spoken}`;
            }, problem => said.textContent = `failed: ${problem}`);
            </script>
            """;

    private static final String IMAGE =
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle cx='4' cy='4' r='3'/></svg>";

    @TempDir
    private Path home;

    @BeforeAll
    static void needsPrograms() {
        Chromium.assumeInstalled();
        assumeTrue(Http2Site.NGINX.isInstalled(), "nginx is not installed");
    }

    private static Http2Site.Running site(Path folder, TestCertificate certificate) throws Exception {
        Http2Site.Running site = Http2Site.NGINX.start(folder, certificate);
        Files.writeString(folder.resolve("pages/page.html"), PAGE);
        Files.writeString(folder.resolve("pages/image.svg"), IMAGE);
        return site;
    }

    @Test
    void aPageWithImagesAndALargeFetchComesOverHttp2AndIsCaptured() throws Exception {
        try (Http2Rig rig = new Http2Rig(ChromiumHttp2Test::site)) {
            Chromium browser = Chromium.trusting(home, rig.trust().pem()).with("--virtual-time-budget=30000");

            String text =
                    browser.load(rig.proxy().port(), Http2Rig.url("/page.html")).text();

            assertThat(text).contains(Http2Site.LARGE.length + " bytes, " + (IMAGES + 2) + " parts over h2<");
            List<Exchange> recorded = rig.recorded().stream() // the browser asks its maker, too
                    .filter(exchange -> exchange.request().host().equals(Http2Rig.HOST))
                    .toList();
            assertThat(recorded).hasSize(IMAGES + 2).allSatisfy(exchange -> {
                assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
                assertThat(exchange.response().orElseThrow().status()).isEqualTo(200);
                assertThat(exchange.clientHop().version()).isEqualTo("HTTP/2");
                assertThat(exchange.originHop().orElseThrow().version()).isEqualTo("HTTP/2");
            });
            assertThat(body(recorded, "/large")).isEqualTo(Http2Site.LARGE);
            assertThat(body(recorded, "/image.svg?29")).isEqualTo(IMAGE.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static byte[] body(List<Exchange> recorded, String path) {
        return recorded.stream()
                .filter(exchange -> exchange.request().url().endsWith(path))
                .findFirst()
                .orElseThrow()
                .response()
                .orElseThrow()
                .body()
                .bytes();
    }
}
