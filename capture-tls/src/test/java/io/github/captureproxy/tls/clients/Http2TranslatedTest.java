package io.github.captureproxy.tls.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.tls.clients.Http2Client.Answer;
import io.github.captureproxy.tls.clients.Http2Client.Ask;
import io.github.captureproxy.tls.clients.Http2Client.Session;
import java.net.http.HttpClient;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients and servers between which there is no version of HTTP that both speak. */
class Http2TranslatedTest {
    private static final int POSTED = 1_000_000;
    private static final int SIDE_BY_SIDE = 20;

    /** A client and a server. */
    private enum Pair {
        JDK_HTTP_1_TO_NGHTTPD("1.1", "2") {
            @Override
            Session client(Http2Rig rig) throws Exception {
                return Http2JavaClient.jdk(rig, HttpClient.Version.HTTP_1_1);
            }

            @Override
            Http2Rig.Start server() {
                assumeTrue(Http2Site.NGHTTPD.isInstalled(), "nghttpd is not installed");
                return Http2Site.NGHTTPD::start;
            }
        },

        CURL_HTTP_1_TO_NGHTTPD("1.1", "2") {
            @Override
            Session client(Http2Rig rig) {
                assumeTrue(Http2Curl.CURL.isInstalled(), "curl is not installed");
                return Http2Curl.through(rig, "--http1.1");
            }

            @Override
            Http2Rig.Start server() {
                assumeTrue(Http2Site.NGHTTPD.isInstalled(), "nghttpd is not installed");
                return Http2Site.NGHTTPD::start;
            }
        },

        APACHE_HTTP_2_TO_NGINX_HTTP_1("2", "1.1") {
            @Override
            Session client(Http2Rig rig) throws Exception {
                return Http2JavaClient.apache(rig, HttpVersionPolicy.FORCE_HTTP_2);
            }

            @Override
            Http2Rig.Start server() {
                assumeTrue(Http2Site.NGINX.isInstalled(), "nginx is not installed");
                return (folder, certificate) -> ServerProgram.nginx(folder, certificate, "");
            }
        },

        APACHE_HTTP_2_TO_JVM_HTTP_1("2", "1.1") {
            @Override
            Session client(Http2Rig rig) throws Exception {
                return Http2JavaClient.apache(rig, HttpVersionPolicy.FORCE_HTTP_2);
            }

            @Override
            Http2Rig.Start server() {
                return (folder, certificate) -> JvmServer.start(certificate, HttpVersionPolicy.FORCE_HTTP_1);
            }
        };

        private final String spoken;
        private final String sentOn;

        Pair(String spoken, String sentOn) {
            this.spoken = spoken;
            this.sentOn = sentOn;
        }

        abstract Session client(Http2Rig rig) throws Exception;

        abstract Http2Rig.Start server();
    }

    static Stream<Arguments> cases() {
        return Stream.of(Pair.values())
                .flatMap(pair -> Stream.of(
                        Arguments.of(pair, Ask.get("/small"), 200, Http2Site.SMALL),
                        Arguments.of(pair, Ask.get("/large"), 200, Http2Site.LARGE),
                        Arguments.of(pair, Ask.get("/missing"), 404, null),
                        Arguments.of(pair, Ask.of("HEAD", "/large"), 200, null)));
    }

    private static void check(Pair pair, Exchange exchange, Answer answer) {
        assertThat(answer.version()).isEqualTo(pair.spoken);
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
        assertThat(exchange.response().orElseThrow().status()).isEqualTo(answer.status());
        assertThat(exchange.clientHop().version()).isEqualTo(version(pair.spoken));
        assertThat(exchange.clientHop().streamId().isPresent()).isEqualTo(pair.spoken.equals("2"));
        assertThat(exchange.originHop().orElseThrow().version()).isEqualTo(version(pair.sentOn));
        assertThat(exchange.originHop().orElseThrow().streamId().isPresent()).isEqualTo(pair.sentOn.equals("2"));
    }

    private static String version(String number) {
        return "HTTP/" + number;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void eachSideIsSpokenToInItsOwnVersion(Pair pair, Ask ask, int status, byte[] body) throws Exception {
        try (Http2Rig rig = new Http2Rig(pair.server());
                Session session = pair.client(rig)) {
            Answer answer = session.send(ask);

            assertThat(answer.status()).isEqualTo(status);
            check(pair, rig.only(), answer);
            if (body != null) {
                assertThat(answer.body()).isEqualTo(body);
                assertThat(rig.only().response().orElseThrow().body().bytes()).isEqualTo(body);
            }
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of(Pair.values());
    }

    static Stream<Pair> pairsThatKeepTheirTunnel() {
        return pairs().filter(pair -> pair != Pair.CURL_HTTP_1_TO_NGHTTPD);
    }

    /** A POST is not sent twice, so that it needs a tunnel in which it is known already what the server speaks. */
    @ParameterizedTest
    @MethodSource("pairsThatKeepTheirTunnel")
    void aLargePostComesBackWhole(Pair pair) throws Exception {
        Ask post = Ask.post("/echo", Http2Site.content(POSTED));
        try (Http2Rig rig = new Http2Rig(pair.server());
                Session session = pair.client(rig)) {
            session.send(Ask.get("/small"));
            rig.proxy().history().clear();

            Answer answer = session.send(post);

            check(pair, rig.only(), answer);
            assertThat(answer.body()).isEqualTo(post.body());
            assertThat(rig.only().request().body().bytes()).isEqualTo(post.body());
            assertThat(rig.only().response().orElseThrow().body().bytes()).isEqualTo(post.body());
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void manyRequestsSideBySideAreAllAnswered(Pair pair) throws Exception {
        List<Ask> asks = IntStream.range(0, SIDE_BY_SIDE)
                .mapToObj(i -> Ask.get("/small?" + i))
                .toList();
        try (Http2Rig rig = new Http2Rig(pair.server());
                Session session = pair.client(rig)) {
            List<Answer> answers = session.sendAll(asks);

            assertThat(answers).extracting(Answer::body).containsOnly(Http2Site.SMALL);
            assertThat(rig.recorded()).hasSize(SIDE_BY_SIDE).allSatisfy(each -> check(pair, each, answers.get(0)));
        }
    }
}
