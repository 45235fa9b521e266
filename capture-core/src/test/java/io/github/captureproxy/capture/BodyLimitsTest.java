package io.github.captureproxy.capture;

import static io.github.captureproxy.history.ExchangeFilter.path;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.spi.BodySelector;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How much of a body is kept. Whatever is kept, all of it passes, byte for byte. */
class BodyLimitsTest extends ProxyTest {
    private static final String LARGE = random(1_000_000);

    @Test
    void aBodyIsCutAtItsLimitAndSaysSo() throws IOException {
        CaptureProxy proxy = start(builder().maxBodyBytes(1_000));

        Exchange exchange = exchangeBothWays(proxy, LARGE);

        for (CapturedBody body : bodies(exchange)) {
            assertThat(body.bytes()).isEqualTo(LARGE.substring(0, 1_000).getBytes(ISO_8859_1));
            assertThat(body.isTruncated()).isTrue();
            assertThat(body.isComplete()).isTrue();
            assertThat(body.size()).isEqualTo(LARGE.length());
            assertThat(body.sha256()).isEmpty();
        }
        assertThat(exchange.sizes().responseBody()).isEqualTo(LARGE.length());
        assertThat(proxy.counts().bodiesCut()).isEqualTo(2);
    }

    @Test
    void aBodyOfJustTheLimitIsNotCut() throws IOException {
        CaptureProxy proxy = start(builder().maxBodyBytes(1_000));

        Exchange exchange = exchangeBothWays(proxy, LARGE.substring(0, 1_000));

        assertThat(bodies(exchange)).noneMatch(CapturedBody::isTruncated);
        assertThat(proxy.counts().bodiesCut()).isZero();
    }

    @Test
    void theDigestIsOfAllThatPassedKeptOrNot() throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(LARGE.getBytes(ISO_8859_1));
        CaptureProxy proxy = start(builder().maxBodyBytes(10).bodyDigests(true));

        Exchange exchange = exchangeBothWays(proxy, LARGE);

        assertThat(bodies(exchange))
                .extracting(body -> body.sha256().orElse(""))
                .containsOnly(HexFormat.of().formatHex(digest));
    }

    @Test
    void ofMediaOnlyHeadsAreKept() throws IOException {
        CaptureProxy proxy = start(builder().captureBodies(BodySelector.withoutMedia()));

        CapturedBody image =
                body(pass(proxy, Script.get(origin, "/"), Script.ok("Content-Type: image/png\r\n", "pixels")));
        CapturedBody text = body(pass(proxy, Script.get(origin, "/"), Script.ok("Content-Type: text/css\r\n", "a{}")));
        CapturedBody untyped = body(pass(proxy, Script.get(origin, "/"), Script.ok("", "what")));

        assertThat(image.capturedSize()).isZero();
        assertThat(image.size()).isEqualTo(6);
        assertThat(image.isTruncated()).isTrue();
        assertThat(text.text()).isEqualTo("a{}");
        assertThat(untyped.text()).isEqualTo("what");
    }

    @Test
    void bodiesAreChosenByDirection() throws IOException {
        CaptureProxy proxy =
                start(builder().captureBodies(BodySelector.byDirection(BodySelector.none(), BodySelector.all())));

        Exchange exchange = exchangeBothWays(proxy, "body");

        assertThat(exchange.request().body().capturedSize()).isZero();
        assertThat(exchange.request().body().size()).isEqualTo(4);
        assertThat(body(exchange).text()).isEqualTo("body");
    }

    @Test
    void aSelectorThatThrowsHurtsNoTraffic() throws IOException {
        CaptureProxy proxy = start(builder().captureBodies((direction, type) -> {
            throw new IllegalStateException("a defect of the program's own");
        }));

        assertThat(body(exchangeBothWays(proxy, "body")).text()).isEqualTo("body");
    }

    @Test
    void aSelectorThatThrowsAnErrorHurtsNoTraffic() throws IOException {
        CaptureProxy proxy = start(builder().captureBodies((direction, type) -> {
            throw new AssertionError("a defect of the program's own");
        }));

        assertThat(body(exchangeBothWays(proxy, "body")).text()).isEqualTo("body");
    }

    @Test
    void atTheBudgetCaptureIsCutAndTrafficIsNot() throws IOException {
        CaptureProxy proxy = start(builder().captureBudget(100_000));

        Exchange exchange = exchangeBothWays(proxy, LARGE);

        for (CapturedBody body : bodies(exchange)) {
            assertThat(body.isTruncated()).isTrue();
            assertThat(body.size()).isEqualTo(LARGE.length());
            assertThat(body.capturedSize()).isLessThanOrEqualTo(100_000);
            assertThat(LARGE).startsWith(new String(body.bytes(), ISO_8859_1));
        }
        assertThat(proxy.counts().bodiesCut()).isEqualTo(2);
    }

    @Test
    void theBudgetIsSharedByWhatIsInFlightAndComesBack() throws IOException {
        CaptureProxy proxy = start(builder().captureBudget(60_000));
        RawSocket waiting = connect(proxy).send(Script.get(origin, "/first"));
        RawSocket server = accept();
        server.readHead();
        server.send(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 50000\r\n\r\n" + LARGE.substring(0, 49_999));
        waiting.readHead();
        waiting.read(49_999);

        Exchange crowded = pass(proxy, Script.get(origin, "/crowded"), Script.ok("", LARGE.substring(0, 50_000)));
        server.send(LARGE.substring(49_999, 50_000));
        waiting.read(1);
        Exchange alone = pass(proxy, Script.get(origin, "/alone"), Script.ok("", LARGE.substring(0, 50_000)));

        assertThat(body(crowded).isTruncated()).isTrue();
        assertThat(body(proxy.history().single(path("/first"))).isTruncated()).isFalse();
        assertThat(body(alone).isTruncated()).isFalse();
        assertThat(proxy.counts().bodiesCut()).isEqualTo(1);
    }

    /** Echoes a body, and checks that it comes back as it was. */
    private Exchange exchangeBothWays(CaptureProxy proxy, String body) throws IOException {
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send(Script.request(origin, "POST", "/", "Content-Length: " + body.length() + "\r\n", body));
            try (RawSocket server = origin.accept()) {
                server.readHead();
                assertThat(server.read(body.length())).isEqualTo(body);
                server.send(Script.ok("", body));
            }
            assertThat(client.readToEnd()).endsWith("\r\n\r\n" + body);
        }
        return proxy.history().single(path("/"));
    }

    private static CapturedBody[] bodies(Exchange exchange) {
        return new CapturedBody[] {exchange.request().body(), body(exchange)};
    }

    private static CapturedBody body(Exchange exchange) {
        return exchange.response().orElseThrow().body();
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return new String(bytes, ISO_8859_1);
    }
}
