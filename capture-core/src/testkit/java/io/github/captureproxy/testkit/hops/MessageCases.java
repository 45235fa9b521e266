package io.github.captureproxy.testkit.hops;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole messages, with and without content, reach the other side as they are, and are recorded so. */
public abstract class MessageCases extends HopsTest {
    private static final byte[] NOTHING = {};
    private static final int MIB = 1024 * 1024;

    protected MessageCases(Hops hops) {
        super(hops);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @Test
    void aGetPasses() throws IOException {
        ClientExchange client = get("/a?b=c", "X-One", "1");
        OriginExchange server = taken();
        assertThat(server.request())
                .isEqualTo(new TestRequest("GET", rig().authority(), "/a?b=c", passed(HeaderList.of("X-One", "1"))));
        assertThat(whole(server).content()).isEmpty();
        server.respond(TestResponse.of(200, "Content-Length", "5", "X-Two", "2"));
        server.send(bytes("hello"));
        server.end();
        assertThat(client.response())
                .isEqualTo(new TestResponse(200, passed(HeaderList.of("Content-Length", "5", "X-Two", "2"))));
        assertThat(whole(client).content()).isEqualTo(bytes("hello"));
        Exchange exchange = completed(NOTHING, bytes("hello"));
        assertThat(exchange.request().method()).isEqualTo("GET");
        assertThat(exchange.request().url()).endsWith("://" + rig().authority() + "/a?b=c");
        assertThat(exchange.response().orElseThrow().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PATCH", "get", "X-OWN"})
    void anyMethodPasses(String method) throws IOException {
        ClientExchange client = client().requestEmpty(head(method, "/"));
        OriginExchange server = taken();
        assertThat(server.request().method()).isEqualTo(method);
        answer(server);
        assertAnswered(client);
        assertThat(completed().request().method()).isEqualTo(method);
    }

    private static void answer(OriginExchange server) throws IOException {
        server.respond(TestResponse.of(200, "Content-Length", "2"));
        server.send(bytes("ok"));
        server.end();
    }

    private static void assertAnswered(ClientExchange client) throws IOException {
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(whole(client).content()).isEqualTo(bytes("ok"));
    }

    @Test
    void contentOfKnownLengthPasses() throws IOException {
        ClientExchange client = post("/", "Content-Length", "6");
        client.send(bytes("abc"));
        client.send(bytes("def"));
        client.end();
        OriginExchange server = taken();
        assertThat(server.request().fields()).isEqualTo(passed(HeaderList.of("Content-Length", "6")));
        assertThat(whole(server).content()).isEqualTo(bytes("abcdef"));
        requestHasEnded();
        answer(server);
        assertAnswered(client);
        completed(bytes("abcdef"), bytes("ok"));
    }

    @Test
    void contentOfUnknownLengthPasses() throws IOException {
        ClientExchange client = post("/");
        client.send(bytes("abc"));
        OriginExchange server = taken();
        assertThat(server.request().fields()).isEmpty();
        assertThat(server.read(3)).isEqualTo(bytes("abc"));
        client.send(bytes("def"));
        client.end();
        assertThat(whole(server).content()).isEqualTo(bytes("def"));
        server.respond(TestResponse.of(200));
        server.send(bytes("gh"));
        assertThat(client.response()).isEqualTo(TestResponse.of(200));
        assertThat(client.read(2)).isEqualTo(bytes("gh"));
        server.send(bytes("i"));
        server.end();
        assertThat(whole(client).content()).isEqualTo(bytes("i"));
        completed(bytes("abcdef"), bytes("ghi"));
    }

    @Test
    void noContentPassesWithItsLength() throws IOException {
        ClientExchange client = client().requestEmpty(head("POST", "/", "Content-Length", "0"));
        OriginExchange server = taken();
        assertThat(server.request().fields()).isEqualTo(passed(HeaderList.of("Content-Length", "0")));
        assertThat(whole(server).content()).isEmpty();
        server.respondEmpty(TestResponse.of(200, "Content-Length", "0"));
        assertThat(client.response().fields()).isEqualTo(passed(HeaderList.of("Content-Length", "0")));
        assertThat(whole(client).content()).isEmpty();
        completed(NOTHING, NOTHING);
    }

    /** HTTP/1.1 cannot say that a POST has no content but by its length (RFC 9110, section 8.6). */
    @Test
    void noContentPassesWithoutALength() throws IOException {
        ClientExchange client = client().requestEmpty(head("POST", "/"));
        OriginExchange server = taken();
        boolean streamEnds = hops.client() == Version.HTTP_2 && hops.origin() == Version.HTTP_1_1;
        assertThat(server.request().fields())
                .isEqualTo(streamEnds ? HeaderList.of("Content-Length", "0") : HeaderList.empty());
        assertThat(whole(server).content()).isEmpty();
        server.respond(TestResponse.of(200));
        server.end();
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(whole(client).content()).isEmpty();
        completed(NOTHING, NOTHING);
    }

    @Test
    void contentThatTurnsOutEmptyPasses() throws IOException {
        ClientExchange client = post("/");
        client.end();
        OriginExchange server = taken();
        assertThat(whole(server).content()).isEmpty();
        answer(server);
        assertAnswered(client);
        completed(NOTHING, bytes("ok"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "X-None"})
    void aResponseToHeadHasNoContent(String field) throws IOException {
        ClientExchange client = client().requestEmpty(head("HEAD", "/"));
        OriginExchange server = taken();
        server.respondEmpty(TestResponse.of(200, field, "1000"));
        assertThat(client.response()).isEqualTo(new TestResponse(200, passed(HeaderList.of(field, "1000"))));
        assertThat(whole(client).content()).isEmpty();
        completed(NOTHING, NOTHING);
        assertTakesAnother();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304, 205})
    void aResponseWithoutContentPasses(int status) throws IOException {
        ClientExchange client = get("/");
        taken().respondEmpty(TestResponse.of(status, "X-Two", "2"));
        assertThat(client.response().status()).isEqualTo(status);
        assertThat(whole(client).content()).isEmpty();
        completed(NOTHING, NOTHING);
        assertTakesAnother();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404})
    void aResponseThatSaysNoLengthAndHasNoContentPasses(int status) throws IOException {
        ClientExchange client = get("/");
        taken().respondEmpty(TestResponse.of(status));
        assertThat(client.response().status()).isEqualTo(status);
        assertThat(whole(client).content()).isEmpty();
        completed(NOTHING, NOTHING);
        assertTakesAnother();
    }

    @ParameterizedTest
    @CsvSource({"HEAD,200,1000", "HEAD,200,", "GET,204,", "GET,304,1000", "GET,304,", "GET,200,0", "POST,200,"})
    void aResponseWithoutContentMayEndLater(String method, int status, String length) throws IOException {
        ClientExchange client = client().requestEmpty(head(method, "/"));
        taken().respondEmptyInTwo(
                        length == null ? TestResponse.of(status) : TestResponse.of(status, "Content-Length", length));
        assertThat(client.response().status()).isEqualTo(status);
        assertThat(whole(client).content()).isEmpty();
        completed(NOTHING, NOTHING);
        assertTakesAnother();
    }

    @Test
    void aNotModifiedKeepsItsLength() throws IOException {
        ClientExchange client = get("/");
        taken().respondEmpty(TestResponse.of(304, "Content-Length", "1000"));
        assertThat(client.response()).isEqualTo(new TestResponse(304, passed(HeaderList.of("Content-Length", "1000"))));
        assertThat(whole(client).content()).isEmpty();
        completed(NOTHING, NOTHING);
        assertTakesAnother();
    }

    private void assertTakesAnother() throws IOException {
        rig().proxy().history().clear();
        ClientExchange client = get("/another");
        answer(taken());
        assertAnswered(client);
        completed(NOTHING, bytes("ok"));
    }

    @Test
    void oneConnectionCarriesManyExchanges() throws IOException {
        for (int i = 0; i < 5; i++) {
            rig().proxy().history().clear();
            ClientExchange client = post("/" + i);
            client.send(bytes("abc"));
            client.end();
            OriginExchange server = taken();
            assertThat(server.request().path()).isEqualTo("/" + i);
            assertThat(server.connection()).isEqualTo(1);
            assertThat(whole(server).content()).isEqualTo(bytes("abc"));
            answer(server);
            assertAnswered(client);
            completed(bytes("abc"), bytes("ok"));
        }
    }

    @Test
    void trailersPassBothWays() throws IOException {
        ClientExchange client = post("/", "TE", "trailers", "Trailer", "X-Sum");
        client.send(bytes("abc"));
        client.end(HeaderList.of("X-Sum", "1", "X-More", ""));
        OriginExchange server = taken();
        Ending request = whole(server);
        assertThat(request.content()).isEqualTo(bytes("abc"));
        assertThat(request.trailers()).isEqualTo(passed(HeaderList.of("X-Sum", "1", "X-More", "")));
        server.respond(TestResponse.of(200));
        server.send(bytes("def"));
        server.end(HeaderList.of("Grpc-Status", "0", "X-Sum", "2"));
        assertThat(client.response().status()).isEqualTo(200);
        Ending response = whole(client);
        assertThat(response.content()).isEqualTo(bytes("def"));
        assertThat(response.trailers()).isEqualTo(passed(HeaderList.of("Grpc-Status", "0", "X-Sum", "2")));
        Exchange exchange = completed(bytes("abc"), bytes("def"));
        assertThat(exchange.request().trailers().first("x-sum")).contains("1");
        assertThat(exchange.response().orElseThrow().trailers().first("grpc-status"))
                .contains("0");
    }

    @Test
    void trailersBehindNoContentPass() throws IOException {
        ClientExchange client = post("/");
        client.end(HeaderList.of("X-Sum", "1"));
        OriginExchange server = taken();
        assertThat(whole(server).trailers()).isEqualTo(passed(HeaderList.of("X-Sum", "1")));
        server.respond(TestResponse.of(200));
        server.end(HeaderList.of("X-Sum", "2"));
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(whole(client).trailers()).isEqualTo(passed(HeaderList.of("X-Sum", "2")));
        assertThat(completed(NOTHING, NOTHING)
                        .response()
                        .orElseThrow()
                        .trailers()
                        .first("x-sum"))
                .contains("2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void largeContentPassesBothWays(boolean ofKnownLength) throws Exception {
        byte[] content = pattern(MIB);
        String[] length = ofKnownLength ? new String[] {"Content-Length", String.valueOf(MIB)} : new String[0];
        ClientExchange client = post("/", length);
        Threads.Running upload = Threads.beside(() -> {
            client.send(content);
            client.end();
        });
        OriginExchange server = taken();
        assertThat(whole(server).content()).isEqualTo(content);
        upload.join();
        Threads.Running download = Threads.beside(() -> {
            server.respond(TestResponse.of(200, length));
            server.send(content);
            server.end();
        });
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(whole(client).content()).isEqualTo(content);
        completed(content, content);
        download.join();
    }
}
