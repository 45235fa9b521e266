package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.TestTls;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP inside TLS is forwarded as it is outside */
class InsideHttpTest {
    private static TestTls tls;
    private TlsRig rig;

    @BeforeAll
    static void makeKey() throws Exception {
        tls = TestTls.create();
    }

    @BeforeEach
    void start() throws Exception {
        rig = new TlsRig(tls);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void requestsThatComeTogetherAreAnsweredInTurn() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(rig.get("/1") + rig.get("/2"));
        assertThat(ends.server().readHead()).isEqualTo(rig.get("/1"));
        ends.server().send(WireTest.response("200 OK", "one"));
        assertThat(ends.server().readHead()).isEqualTo(rig.get("/2"));
        ends.server().send(WireTest.response("200 OK", "two"));
        assertThat(ends.client().readThrough("one")).endsWith("one");
        assertThat(ends.client().readThrough("two")).endsWith("two");
        assertThat(rig.exchange().request().url()).isEqualTo(url("/1"));
        assertThat(rig.exchange().request().url()).isEqualTo(url("/2"));
    }

    private String url(String path) {
        return "https://127.0.0.1:" + rig.origin().port() + path;
    }

    @Test
    void aRequestComesByteByByte() throws Exception {
        TunnelRig.Ends ends = rig.open();
        for (char c : rig.get("/slow").toCharArray()) {
            ends.client().send(String.valueOf(c));
        }
        assertThat(ends.server().readHead()).isEqualTo(rig.get("/slow"));
    }

    @Test
    void aClientOfHttp10IsServedAndClosed() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send("GET /old HTTP/1.0\r\nHost: " + rig.host() + "\r\n\r\n");
        assertThat(ends.server().readHead()).startsWith("GET /old HTTP/1.");
        ends.server().send(WireTest.response("200 OK", "hello"));
        ends.client().readThrough("hello");
        assertThat(ends.client().endsWhole()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD / 200 OK", "GET / 204 None", "GET / 304 Same"})
    void aResponseWithoutABodyEndsWithItsHead(String sent) throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(rig.request(sent.split(" ", -1)[0], "/", ""));
        ends.server().readHead();
        String length = sent.startsWith("HEAD") ? "Content-Length: 5\r\n" : "";
        ends.server().send("HTTP/1.1 " + sent.substring(sent.indexOf('/') + 2) + "\r\n" + length + "\r\n");
        ends.client().readHead();
        rig.exchange(ends, "/next");
    }

    @Test
    void chunksPassBothWays() throws Exception {
        TunnelRig.Ends ends = rig.open();
        String chunks = "3\r\nabc\r\n0\r\n\r\n";
        ends.client().send(rig.request("POST", "/", chunks, "Transfer-Encoding: chunked"));
        ends.server().readHead();
        assertThat(ends.server().readThrough("0\r\n\r\n")).isEqualTo(chunks);
        ends.server().send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        ends.client().readHead();
        assertThat(ends.client().readThrough("0\r\n\r\n")).isEqualTo(chunks);
        Exchange exchange = rig.exchange();
        assertThat(exchange.request().body().text()).isEqualTo("abc");
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo("abc");
    }

    @Test
    void aClientThatWaitsForAGoAheadGetsIt() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(rig.request("POST", "/", "", "Expect: 100-continue", "Content-Length: 3"));
        ends.server().readHead();
        ends.server().send("HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(ends.client().readHead()).startsWith("HTTP/1.1 100 ");
        ends.client().send("abc");
        assertThat(ends.server().read(3)).isEqualTo("abc");
    }

    @Test
    void whateverHostIsNamedTheTunnelsTargetGetsIt() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send("GET /x HTTP/1.1\r\nHost: other.test\r\n\r\n");
        assertThat(ends.server().readHead()).isEqualTo("GET /x HTTP/1.1\r\nHost: other.test\r\n\r\n");
    }

    @Test
    void aTunnelInTheTunnelIsRefused() throws Exception {
        TunnelRig.Ends ends = rig.open();
        rig.exchange(ends, "/first");
        ends.client().send(TunnelRig.connect("other.test:443"));
        assertThat(ends.client().readToEnd()).startsWith("HTTP/1.1 501 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked, x\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n"
            })
    void anAmbiguousRequestIsRefused(String request) throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(request);
        assertThat(ends.client().readToEnd()).startsWith("HTTP/1.1 400 ");
        assertThat(rig.exchange().outcome().status()).isEqualTo(Status.MALFORMED_REQUEST);
    }

    @Test
    void aRefusalReachesAClientThatHasSaidItsLast() throws Exception {
        TunnelRig.Ends ends = rig.open("TLSv1.3");
        ends.client().send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").halfClose();
        assertThat(ends.client().readToEnd()).startsWith("HTTP/1.1 400 ");
        RawSocket other = rig.tunnels.client().send("GET http://own.test/ HTTP/1.1\r\nHost: own.test\r\n\r\n");
        assertThat(other.readHead()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aWebSocketIsRecorded() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(WebSocketRig.request("/chat", rig.host(), ""));
        ends.server().readHead();
        ends.server().send(WebSocketRig.response(""));
        ends.client().readHead();
        String frame = WebSocketRig.masked(WebSocketRig.TEXT, "ping");
        ends.client().send(frame);
        assertThat(ends.server().read(frame.length())).isEqualTo(frame);
        assertThat(rig.tunnels.message().text()).isEqualTo("ping");
        ends.server().send(WebSocketRig.frame(WebSocketRig.TEXT, "pong"));
        assertThat(ends.client().readThrough("pong")).endsWith("pong");
        assertThat(rig.tunnels.message().text()).isEqualTo("pong");
    }

    /** RFC 6455 section 7.1.4: it was closed cleanly, whatever TLS and TCP say. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWebSocketWhoseClientDropsTheConnectionBehindBothCloseFramesWasUpgraded(boolean byReset) throws Exception {
        RawSocket carrier = rig.tunnel();
        Future<RawSocket> serving = rig.serving();
        TunnelRig.Ends ends = new TunnelRig.Ends(rig.secure(carrier), rig.taken(serving));
        ends.client().send(WebSocketRig.request("/chat", rig.host(), ""));
        ends.server().readHead();
        ends.server().send(WebSocketRig.response(""));
        ends.client().readHead();
        WebSocketRig.close(ends);
        if (byReset) {
            carrier.reset();
        } else {
            carrier.close(); // without a close_notify
        }
        assertThat(ends.server().endsWhole()).isTrue();
        assertThat(rig.exchange().outcome().status()).isEqualTo(Status.UPGRADED);
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.COMPLETED);
    }
}
