package io.github.captureproxy.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.export.Redaction;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that are not even captured. */
class RedactedCaptureTest extends ProxyTest {
    private static final String SECRET = "s3cret";

    @TempDir
    Path folder;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private CaptureProxy redacting() throws IOException {
        return start(CaptureProxy.builder()
                .port(0)
                .spillTo(folder)
                .spillThreshold(1_000)
                .redactCapture(Redaction.standard())
                .listener(new ExchangeListener() {
                    @Override
                    public void onRequest(InFlightExchange request) {
                        heard.add(request.request().target() + request.request().headers());
                    }

                    @Override
                    public void onExchange(Exchange exchange) {
                        heard.add(exchange.request().target()
                                + exchange.request().headers()
                                + exchange.request().body().text());
                    }
                }));
    }

    @Test
    void neitherHistoryNorListenersSeeASecretAndTheOriginDoes() throws Exception {
        Exchange exchange = pass(
                redacting(),
                Script.request(
                        origin,
                        "POST",
                        "/path?token=" + SECRET,
                        "Authorization: Bearer " + SECRET + "\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 21\r\n",
                        "{\"password\":\"" + SECRET + "\"}"),
                Script.ok("Set-Cookie: id=" + SECRET + "\r\n", ""));

        assertThat(exchange.request().headers().first("authorization").orElseThrow())
                .startsWith("Bearer redacted-");
        assertThat(exchange.request().target()).contains("token=redacted-");
        assertThat(exchange.response()
                        .orElseThrow()
                        .headers()
                        .first("set-cookie")
                        .orElseThrow())
                .startsWith("id=redacted-");
        for (int i = 0; i < 2; i++) {
            assertThat(heard.poll(10, TimeUnit.SECONDS)).contains("redacted-").doesNotContain(SECRET);
        }
    }

    @Test
    void aBodyThatMayHoldASecretIsNeverPutInAFile() throws Exception {
        String json = "{\"a\":\"" + "x".repeat(5_000) + "\",\"password\":\"" + SECRET + "\"}";

        Exchange exchange =
                pass(redacting(), Script.get(origin, "/"), Script.ok("Content-Type: application/json\r\n", json));

        assertThat(exchange.response().orElseThrow().body().text()).contains("\"password\":\"redacted-");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
