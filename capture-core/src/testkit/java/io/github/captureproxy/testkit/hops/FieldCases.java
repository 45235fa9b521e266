package io.github.captureproxy.testkit.hops;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields pass as they are, but for those that belong to one hop. */
public abstract class FieldCases extends HopsTest {
    protected FieldCases(Hops hops) {
        super(hops);
    }

    /** Sends fields both ways, and expects others to come out. */
    private void assertPass(HeaderList sent, HeaderList expected) throws IOException {
        ClientExchange client = client().requestEmpty(new TestRequest("GET", rig().authority(), "/", sent));
        OriginExchange server = taken();
        assertThat(server.request().fields()).isEqualTo(passed(expected));
        List<Header> response = new ArrayList<>(sent);
        response.add(new Header("Content-Length", "0"));
        server.respondEmpty(new TestResponse(200, HeaderList.of(response)));
        List<Header> received = new ArrayList<>(expected);
        received.add(new Header("Content-Length", "0"));
        assertThat(client.response().fields()).isEqualTo(passed(HeaderList.of(received)));
        whole(client);
        assertThat(completed().response().orElseThrow().headers().size()).isGreaterThanOrEqualTo(expected.size() + 1);
    }

    private void assertPass(HeaderList sent) throws IOException {
        assertPass(sent, sent);
    }

    @Test
    void orderAndRepetitionStay() throws IOException {
        assertPass(HeaderList.of("X-B", "1", "x-a", "2", "X-B", "3", "X-A", "2", "Set-Cookie", "a", "Set-Cookie", "b"));
    }

    @Test
    void bytesBeyondAsciiStay() throws IOException {
        assertPass(HeaderList.of("X-A", "caf\u00e9", "X-B", "\u00ff\u0080\u00e2\u0082\u00ac"));
    }

    @Test
    void emptyValuesStay() throws IOException {
        assertPass(HeaderList.of("X-A", "", "X-B", "", "X-A", ""));
    }

    @Test
    void valuesWithAnythingInThemStay() throws IOException {
        assertPass(HeaderList.of("X-A", "a b\tc", "X-B", ",,;\"=:", "X-C", "a:b: c", "Authorization", "Basic dTpw"));
    }

    @Test
    void manyFieldsPass() throws IOException {
        List<Header> fields = new ArrayList<>();
        for (int i = 0; i < 190; i++) {
            fields.add(new Header("X-" + i % 100, "value " + i));
        }
        assertPass(HeaderList.of(fields));
    }

    @Test
    void aLargeCookiePasses() throws IOException {
        assertPass(HeaderList.of("Cookie", "a=" + "x".repeat(20 * 1024), "X-A", "1"));
    }

    @Test
    void theCrumbsOfACookieArriveAsOne() throws IOException {
        ClientExchange client = get("/", "X-A", "1", "Cookie", "a=b", "X-B", "2", "Cookie", "c=d", "Cookie", "e=f");
        OriginExchange server = taken();
        List<String> cookies = server.request().fields().all("cookie");
        if (hops.client() == Version.HTTP_2 && hops.origin() == Version.HTTP_1_1) {
            assertThat(cookies).containsExactly("a=b; c=d; e=f");
        } else {
            assertThat(String.join("; ", cookies)).isEqualTo("a=b; c=d; e=f");
        }
        assertThat(server.request().fields().first("x-b")).contains("2");
        server.respondEmpty(TestResponse.of(200, "Content-Length", "0"));
        assertThat(client.response().status()).isEqualTo(200);
        whole(client);
        assertThat(String.join("; ", completed().request().headers().all("cookie")))
                .isEqualTo("a=b; c=d; e=f");
    }

    /** HTTP/2 has none of them (RFC 9113, section 8.2.2), so that they can come from HTTP/1.1 alone. */
    @ParameterizedTest
    @ValueSource(strings = {"Keep-Alive", "Proxy-Connection", "Upgrade", "Connection"})
    void fieldsOfOneHopStay(String name) throws IOException {
        ClientExchange client = hops.client() == Version.HTTP_2
                ? get("/", "X-A", "1")
                : get("/", "X-A", "1", name, "x-own", "X-Own", "2", "Connection", "x-own");
        OriginExchange server = taken();
        assertThat(server.request().fields()).isEqualTo(passed(HeaderList.of("X-A", "1")));
        server.respondEmpty(
                hops.origin() == Version.HTTP_2
                        ? TestResponse.of(200, "Content-Length", "0")
                        : TestResponse.of(
                                200, name, "x-own", "X-Own", "2", "Connection", "x-own", "Content-Length", "0"));
        assertThat(client.response().fields()).isEqualTo(passed(HeaderList.of("Content-Length", "0")));
        whole(client);
        completed();
    }

    /** A client of HTTP/1.1 says it of its own hop alone. */
    @Test
    void thatTrailersAreWantedIsSaidWhereItMatters() throws IOException {
        ClientExchange client = get("/", "TE", "trailers", "X-A", "1");
        OriginExchange server = taken();
        if (hops.hasStreams()) {
            assertThat(server.request().fields().all("te")).containsExactly("trailers");
        } else if (hops.origin() == Version.HTTP_1_1) {
            assertThat(server.request().fields().has("te")).isFalse();
        }
        server.respondEmpty(TestResponse.of(200, "Content-Length", "0"));
        client.response();
        whole(client);
        completed();
    }

    @Test
    void aRequestWithTooLargeAHeadIsRefused() throws Exception {
        restart(options -> options.maxHeaderBytes(4_096));
        ClientExchange client = get("/", "X-A", "x".repeat(8_000));
        assertThat(client.response().status()).isEqualTo(431);
        whole(client);
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.MALFORMED_REQUEST);
        assertThat(rig().origin().isIdle()).isTrue();
    }

    @Test
    void aResponseWithTooLargeAHeadIsRefused() throws Exception {
        restart(options -> options.maxHeaderBytes(4_096));
        ClientExchange client = get("/");
        taken().respondEmpty(TestResponse.of(200, "X-A", "x".repeat(8_000)));
        assertThat(client.response().status()).isEqualTo(502);
        whole(client);
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.MALFORMED_RESPONSE);
    }

    @Test
    void noFieldIsAdded() throws IOException {
        ClientExchange client = get("/");
        OriginExchange server = taken();
        assertThat(server.request().fields()).isEmpty();
        server.respond(TestResponse.of(200));
        server.end();
        assertThat(client.response().fields()).isEmpty();
        whole(client);
        completed();
    }

    @Test
    void anotherHostInATunnelPasses() throws IOException {
        if (!hops.isTunnel()) {
            return; // where the request goes depends on it
        }
        ClientExchange client = client().requestEmpty(new TestRequest("GET", "other.test:81", "/", HeaderList.empty()));
        OriginExchange server = taken();
        assertThat(server.request().authority()).isEqualTo("other.test:81");
        server.respondEmpty(TestResponse.of(200, "Content-Length", "0"));
        assertThat(client.response().status()).isEqualTo(200);
        whole(client);
        completed();
    }

    @Test
    void viaNamesTheVersionThatWasReceived() throws Exception {
        restart(options -> options.via("capture"));
        ClientExchange client = get("/", "Via", "1.0 before");
        OriginExchange server = taken();
        assertThat(server.request().fields().all("via")).containsExactly("1.0 before", via(hops.client()));
        server.respondEmpty(TestResponse.of(200, "Content-Length", "0", "Via", "1.0 behind"));
        assertThat(client.response().fields().all("via")).containsExactly("1.0 behind", via(hops.origin()));
        whole(client);
        completed();
    }

    private static String via(Version received) {
        return (received == Version.HTTP_2 ? "2" : "1.1") + " capture";
    }
}
