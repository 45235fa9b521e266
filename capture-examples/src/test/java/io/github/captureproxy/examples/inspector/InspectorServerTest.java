package io.github.captureproxy.examples.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.examples.inspector.PageClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectorServerTest {
    private final Events events = new Events();
    private InspectorServer server;
    private PageClient client;

    @BeforeEach
    void start() throws IOException {
        Routes routes = new Routes()
                .on("GET", "/api/secret", call -> Reply.json(Map.of("secret", "s3cret")))
                .on(
                        "POST",
                        "/api/echo/{word}",
                        call -> Reply.json(Map.of(
                                "word", call.path("word"),
                                "body", call.json(),
                                "query", call.query("q").orElse(""))))
                .on("GET", "/api/number", call -> Reply.json(call.number("n").isPresent()))
                .on("GET", "/api/failing", call -> {
                    throw new IllegalStateException("broken");
                })
                .on("GET", "/api/file", call -> Reply.text("<script>").as("a\"b\r\nc ü.txt"));
        server = InspectorServer.start(0, routes, events);
        client = PageClient.open(server.newLink(() -> {}));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLinkOpensThePageOnceAlone() throws IOException {
        URI link = server.newLink(() -> {});
        assertThat(PageClient.open(link).get("/api/secret").body()).contains("s3cret");
        assertThatThrownBy(() -> PageClient.open(link))
                .hasMessageContaining("401")
                .hasMessageContaining("used or has expired");
    }

    @Test
    void withoutAKeyNothingIsTold() throws IOException {
        PageClient stranger = PageClient.stranger(server.address());
        for (Answer answer : new Answer[] {
            stranger.get("/api/secret"),
            stranger.get("/api/events"),
            stranger.get("/api/secret", "Authorization: Bearer "),
            stranger.get("/api/secret", "Authorization: Bearer " + "A".repeat(43)),
            stranger.get("/api/secret", "Cookie: key=x")
        }) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain("s3cret");
        }
    }

    @Test
    void anotherHostsNameIsRefused() throws IOException {
        for (String host :
                new String[] {"evil.example", "evil.example:" + port(), "127.0.0.1", "127.0.0.1.evil.example:" + port()
                }) {
            assertThat(client.get("/api/secret", "Host: " + host).status())
                    .as(host)
                    .isEqualTo(403);
            assertThat(client.get("/", "Host: " + host).status()).as(host).isEqualTo(403);
        }
        assertThat(client.get("/api/secret", "Host: localhost:" + port()).status())
                .isEqualTo(200);
    }

    @Test
    void anotherSitesScriptIsRefused() throws IOException {
        assertThat(client.get("/api/secret", "Origin: http://evil.example").status())
                .isEqualTo(403);
        assertThat(client.get("/api/secret", "Origin: null").status()).isEqualTo(403);
        assertThat(client.get("/api/secret", "Origin: http://127.0.0.1:1").status())
                .isEqualTo(403);
        assertThat(client.get("/api/secret", "Sec-Fetch-Site: cross-site").status())
                .isEqualTo(403);
        assertThat(client.get("/api/secret", "Sec-Fetch-Site: same-site").status())
                .isEqualTo(403);
        assertThat(client.get("/api/secret", "Origin: http://127.0.0.1:" + port())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aLinkOnAnotherSiteMayLeadToThePage() throws IOException {
        Answer page =
                client.get("/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("<capture-app>");
    }

    @Test
    void whatComesThroughAProxyIsRefused() throws IOException {
        assertThat(client.get("/", "Via: 1.1 somewhere").status()).isEqualTo(403);
        assertThat(client.get("/", "X-Forwarded-For: 192.0.2.1").status()).isEqualTo(403);
    }

    @Test
    void everyAnswerForbidsWhatIsNotThePagesOwn() throws IOException {
        for (String path : new String[] {"/", "/api/secret", "/nothing", "/app.js"}) {
            assertThat(client.get(path).head())
                    .as(path)
                    .contains("Content-Security-Policy: default-src 'none'; script-src 'self' 'sha256-")
                    .contains("X-Content-Type-Options: nosniff")
                    .contains("Referrer-Policy: no-referrer")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe")
                    .doesNotContain("Access-Control")
                    .doesNotContain("Server:");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..%2f..%2fpom.xml", "/../Dispatch.class", "/lib/lit/../../x.js", "/lib/nope/index.js", "/lib/lit",
                "/package-info.class", "/%00.js", "/styles/", "//etc/passwd.css", "/lib/lit/package.json"
            })
    void onlyThePagesOwnFilesAreThere(String path) throws IOException {
        assertThat(PageClient.stranger(server.address()).get(path).status()).isBetween(400, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/lib/lit/index.js",
                "/lib/lit-html/lit-html.js",
                "/lib/lit-element/lit-element.js",
                "/lib/reactive-element/reactive-element.js",
                "/lib/diff/lib/index.mjs",
                "/app.js",
                "/styles/base.css",
                "/icon.svg"
            })
    void thePagesFilesAreThere(String path) throws IOException {
        assertThat(client.get(path).status()).isEqualTo(200);
    }

    @Test
    void partsOfThePathTheQueryAndTheBodyReachTheEndpoint() throws IOException {
        assertThat(client.post("/api/echo/a%2Fb%20%C3%BC?q=1%262", "{\"n\":[1]}")
                        .body())
                .contains("\"word\":\"a/b ü\"")
                .contains("\"body\":{\"n\":[1]}")
                .contains("\"query\":\"1&2\"");
    }

    @Test
    void whatIsWrongWithACallIsSaid() throws IOException {
        Answer refused = client.get("/api/number?n=x");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo("{\"message\":\"n has to be a number\"}");
        assertThat(client.post("/api/echo/x", "{").body()).contains("has to be JSON");
        assertThat(client.get("/api/nothing").status()).isEqualTo(404);
        assertThat(client.get("/api/failing").status()).isEqualTo(500);
        assertThat(client.post("/app.js", "").status()).isEqualTo(405);
    }

    @Test
    void theNameOfADownloadCantBreakItsField() throws IOException {
        String field = client.get("/api/file")
                .head()
                .lines()
                .filter(line -> line.startsWith("Content-Disposition"))
                .findFirst()
                .orElseThrow();
        assertThat(field).endsWith("attachment; filename=\"a_b__c _.txt\"; filename*=UTF-8''a%22b%0D%0Ac%20%C3%BC.txt");
    }

    @Test
    void aLinkThatNobodyUsesExpires() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE);
        Keys keys = new Keys(now::get);
        String early = keys.newToken(() -> {});
        String late = keys.newToken(() -> {});
        now.addAndGet(Inspector.LINK_LIFETIME.toNanos() - 1);
        assertThat(keys.redeem(early)).isPresent();
        now.incrementAndGet();
        assertThat(keys.redeem(late)).isEmpty();
    }

    @Test
    void theOldestLinkIsGoodNoMoreWhenMoreThanEnoughAreOpen() {
        Keys keys = new Keys();
        String first = keys.newToken(() -> {});
        String second = keys.newToken(() -> {});
        for (int i = 0; i < 15; i++) {
            keys.newToken(() -> {});
        }
        assertThat(keys.redeem(first)).isEmpty();
        assertThat(keys.redeem(second)).isPresent();
    }

    @Test
    void aLinkTellsOnceThatItWasUsed() {
        Keys keys = new Keys();
        AtomicLong used = new AtomicLong();
        String token = keys.newToken(used::incrementAndGet);
        keys.redeem(token);
        keys.redeem(token);
        assertThat(used).hasValue(1);
    }

    @Test
    void aKeyIsForgottenWhenMoreThanEnoughPagesHaveOne() {
        Keys keys = new Keys();
        Optional<String> first = keys.redeem(keys.newToken(() -> {}));
        for (int i = 0; i < 63; i++) {
            keys.redeem(keys.newToken(() -> {}));
        }
        assertThat(first.filter(keys::isGood)).isPresent();
        keys.redeem(keys.newToken(() -> {}));
        assertThat(first.filter(keys::isGood)).isEmpty();
    }

    private int port() {
        return server.address().getPort();
    }
}
