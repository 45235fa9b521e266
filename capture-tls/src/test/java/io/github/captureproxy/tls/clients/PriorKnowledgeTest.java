package io.github.captureproxy.tls.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.tls.clients.Http2Client.Answer;
import io.github.captureproxy.tls.clients.Http2Client.Ask;
import io.github.captureproxy.tls.clients.Http2Client.Session;
import io.github.captureproxy.tls.clients.Http2Curl.CurlSession;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that speak HTTP/2 without TLS and without asking first (RFC 9113 section 3.3), to an nghttpd that does so. */
class PriorKnowledgeTest {
    private static final int POSTED = 1_000_000;

    @BeforeAll
    static void needsNghttpd() {
        assumeTrue(Run.isInstalled("nghttpd"), "nghttpd is not installed");
    }

    private static Http2Rig rig() throws Exception {
        return new Http2Rig((folder, certificate) -> ServerProgram.plainNghttpd(folder));
    }

    private static Ask to(String authority, Ask ask) {
        return new Ask(ask.method(), ask.url().replace("https://" + Http2Rig.HOST, "http://" + authority), ask.body());
    }

    private static void check(Exchange exchange, Ask ask) {
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
        assertThat(exchange.request().body().bytes()).isEqualTo(ask.body());
        assertThat(exchange.clientHop().version()).isEqualTo("HTTP/2");
        assertThat(exchange.clientHop().streamId()).isPresent();
        assertThat(exchange.originHop().orElseThrow().version()).isEqualTo("HTTP/2");
        assertThat(exchange.originHop().orElseThrow().streamId()).isPresent();
    }

    static Stream<Ask> asks() {
        return Stream.of(
                Ask.get("/small"),
                Ask.get("/large"),
                Ask.get("/missing"),
                Ask.of("HEAD", "/large"),
                Ask.post("/echo", Http2Site.content(POSTED)));
    }

    private static void checkAnswer(Ask ask, Answer answer) {
        assertThat(answer.version()).isEqualTo("2");
        assertThat(answer.status()).isEqualTo(ask.url().endsWith("/missing") ? 404 : 200);
        if (ask.url().endsWith("/small")) {
            assertThat(answer.body()).isEqualTo(Http2Site.SMALL);
        } else if (ask.method().equals("GET") && ask.url().endsWith("/large")) {
            assertThat(answer.body()).isEqualTo(Http2Site.LARGE);
        } else if (ask.method().equals("POST")) {
            assertThat(answer.body()).isEqualTo(ask.body());
        }
    }

    @ParameterizedTest
    @MethodSource("asks")
    void curlInAPlainTunnel(Ask each) throws Exception {
        assumeTrue(Http2Curl.CURL.isInstalled(), "curl is not installed");
        try (Http2Rig rig = rig();
                Session curl = new CurlSession(
                        rig.folder(),
                        List.of(
                                "--http2-prior-knowledge",
                                "--noproxy",
                                "",
                                "--proxytunnel",
                                "--proxy",
                                rig.proxy().uri().toString()))) {
            Ask ask = to(Http2Rig.HOST, each);

            checkAnswer(ask, curl.send(ask));

            check(rig.only(), ask);
            assertThat(rig.only().request().url()).isEqualTo(ask.url());
            assertThat(rig.only().tunnelReason()).contains(Tunnel.Reason.PLAIN_HTTP);
        }
    }

    @ParameterizedTest
    @MethodSource("asks")
    void curlOnTheProxysOwnPort(Ask each) throws Exception {
        assumeTrue(Http2Curl.CURL.isInstalled(), "curl is not installed");
        try (Http2Rig rig = rig();
                Session curl = new CurlSession(
                        rig.folder(),
                        List.of("--http2-prior-knowledge", "--noproxy", "*", "--header", "Host: " + Http2Rig.HOST))) {
            Ask ask = to("127.0.0.1:" + rig.proxy().port(), each);

            checkAnswer(ask, curl.send(ask));

            check(rig.only(), ask);
            assertThat(rig.only().request().url())
                    .isEqualTo(to(Http2Rig.HOST, each).url());
            assertThat(rig.only().tunnelId()).isEmpty();
        }
    }

    @Test
    void nghttpOnTheProxysOwnPort() throws Exception {
        assumeTrue(Run.isInstalled("nghttp"), "nghttp is not installed");
        try (Http2Rig rig = rig()) {
            String url = "http://127.0.0.1:" + rig.proxy().port() + "/small";

            HttpsClient.Answer said = Run.program(
                    List.of("nghttp", "--stat", "--null-out", "--multiply=20", "--header=:authority: h2.test", url),
                    Map.of(),
                    "");

            assertThat(said.got()).isTrue();
            assertThat(said.text()).contains(" 200 ");
            assertThat(rig.recorded()).hasSize(20).allSatisfy(exchange -> check(exchange, Ask.get("/small")));
        }
    }
}
