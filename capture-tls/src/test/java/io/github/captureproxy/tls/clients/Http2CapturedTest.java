package io.github.captureproxy.tls.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.tls.clients.Http2Client.Answer;
import io.github.captureproxy.tls.clients.Http2Client.Ask;
import io.github.captureproxy.tls.clients.Http2Client.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 clients and HTTP/2 servers that were not written for each other, each with each. */
class Http2CapturedTest {
    private static final int POSTED = 1_000_000;
    private static final int SIDE_BY_SIDE = 50;

    static Stream<Http2Client> clients() {
        return Stream.concat(Stream.of(Http2JavaClient.values()), Stream.of(Http2Curl.values()));
    }

    static Stream<Arguments> pairs() {
        return clients().flatMap(client -> Stream.of(Http2Site.values()).map(site -> Arguments.of(client, site)));
    }

    private static Http2Rig rig(Http2Client client, Http2Site site) throws Exception {
        assumeTrue(client.isInstalled(), client + " is not installed");
        assumeTrue(site.isInstalled(), site + " is not installed");
        return new Http2Rig(site::start);
    }

    private static Exchange exchange(Http2Client client, Http2Site site, Ask ask, int status, byte[] body)
            throws Exception {
        try (Http2Rig rig = rig(client, site);
                Session session = client.through(rig)) {
            Answer answer = session.send(ask);

            Exchange exchange = rig.only();
            assertThat(answer.version()).isEqualTo("2");
            assertThat(answer.status()).isEqualTo(status);
            if (body != null) {
                assertThat(answer.body()).isEqualTo(body);
            }
            check(exchange, ask, answer);
            return exchange;
        }
    }

    private static void check(Exchange exchange, Ask ask, Answer answer) {
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
        assertThat(exchange.request().method()).isEqualTo(ask.method());
        assertThat(exchange.request().url()).isEqualTo(ask.url());
        assertThat(exchange.request().body().bytes()).isEqualTo(ask.body());
        assertThat(exchange.response().orElseThrow().status()).isEqualTo(answer.status());
        if (!ask.method().equals("HEAD")) { // curl writes down the head
            assertThat(exchange.response().orElseThrow().body().bytes()).isEqualTo(answer.body());
        }
        assertThat(exchange.clientHop().version()).isEqualTo("HTTP/2");
        assertThat(exchange.clientHop().streamId()).isPresent();
        assertThat(exchange.originHop().orElseThrow().version()).isEqualTo("HTTP/2");
        assertThat(exchange.originHop().orElseThrow().streamId()).isPresent();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void aSmallGetIsRecordedOnStreamsOfBothSides(Http2Client client, Http2Site site) throws Exception {
        Exchange exchange = exchange(client, site, Ask.get("/small"), 200, Http2Site.SMALL);

        assertThat(exchange.clientHop().reset()).isEmpty();
        assertThat(exchange.originHop().orElseThrow().reset()).isEmpty();
        assertThat(exchange.clientTls().orElseThrow().applicationProtocol()).contains("h2");
        assertThat(exchange.originTls().orElseThrow().applicationProtocol()).contains("h2");
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void aLargeGetArrivesWhole(Http2Client client, Http2Site site) throws Exception {
        exchange(client, site, Ask.get("/large"), 200, Http2Site.LARGE);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void aLargePostComesBackWhole(Http2Client client, Http2Site site) throws Exception {
        byte[] body = Http2Site.content(POSTED);

        exchange(client, site, Ask.post("/echo", body), 200, body);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void aHeadHasNoBody(Http2Client client, Http2Site site) throws Exception {
        Exchange exchange = exchange(client, site, Ask.of("HEAD", "/large"), 200, null);

        assertThat(exchange.response().orElseThrow().body().size()).isZero();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void anErrorIsPassedOn(Http2Client client, Http2Site site) throws Exception {
        exchange(client, site, Ask.get("/missing"), 404, null);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void manyRequestsGoSideBySideOnOneConnection(Http2Client client, Http2Site site) throws Exception {
        List<Ask> asks = IntStream.range(0, SIDE_BY_SIDE)
                .mapToObj(i -> Ask.get("/small?" + i))
                .toList();
        try (Http2Rig rig = rig(client, site);
                Session session = client.through(rig)) {
            session.send(Ask.get("/small")); // so that there is a connection to share
            rig.proxy().history().clear();

            List<Answer> answers = session.sendAll(asks);

            List<Exchange> recorded = rig.recorded();
            assertThat(answers).extracting(Answer::version).containsOnly("2");
            assertThat(answers).extracting(Answer::body).containsOnly(Http2Site.SMALL);
            assertThat(recorded).hasSize(SIDE_BY_SIDE);
            assertThat(recorded)
                    .extracting(each -> each.tunnelId().orElseThrow())
                    .containsOnly(recorded.get(0).tunnelId().orElseThrow());
            assertThat(recorded)
                    .extracting(each -> each.clientHop().streamId().orElseThrow())
                    .doesNotHaveDuplicates();
            List<Ask> left = new ArrayList<>(asks);
            for (Exchange exchange : recorded) {
                Ask ask = left.stream()
                        .filter(each -> each.url().equals(exchange.request().url()))
                        .findFirst()
                        .orElseThrow();
                left.remove(ask);
                check(exchange, ask, answers.get(asks.indexOf(ask)));
            }
        }
    }

    static Stream<Http2Client> clientsThatTakeAnAnswerBeforeTheirRequestEnds() {
        return Stream.of(Http2JavaClient.OK_HTTP); // the others fail or hang with nginx itself, too
    }

    /** RFC 9113 section 8.1: nginx answers a POST to a file at once, and resets the stream without an error. */
    @ParameterizedTest
    @MethodSource("clientsThatTakeAnAnswerBeforeTheirRequestEnds")
    void anAnswerBeforeTheRequestEndsIsPassedOn(Http2Client client) throws Exception {
        try (Http2Rig rig = rig(client, Http2Site.NGINX);
                Session session = client.through(rig)) {
            Answer answer = session.send(Ask.post("/small", Http2Site.content(POSTED)));

            Exchange exchange = rig.only();
            assertThat(answer.status()).isEqualTo(405);
            assertThat(exchange.response().orElseThrow().body().bytes()).isEqualTo(answer.body());
            assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
            assertThat(session.send(Ask.get("/small")).body()).isEqualTo(Http2Site.SMALL);
        }
    }
}
