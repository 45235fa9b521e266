package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.history.ExchangeFilter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plain HTTP inside a tunnel is recorded as exchanges, and goes nowhere but through the tunnel. */
class TunnelPlainHttpTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private TunnelRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new TunnelRig();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: other.test\r\n\r\n";
    }

    @Test
    void recordsEachExchangeWithTheTunnelsId() throws Exception {
        TunnelRig.Ends ends = rig.open();
        for (String path : List.of("/1", "/2")) {
            ends.client().send(get(path));
            assertThat(ends.server().readHead()).isEqualTo(get(path));
            ends.server().send(OK);
            assertThat(ends.client().read(OK.length())).isEqualTo(OK);
        }
        List<Exchange> exchanges = rig.proxy.history().snapshot();
        assertThat(exchanges).extracting(exchange -> exchange.request().path()).containsExactly("/1", "/2");
        ends.client().close();
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.reason()).isEqualTo(Reason.PLAIN_HTTP);
        assertThat(tunnel.outcome().status()).isEqualTo(Status.COMPLETED);
        assertThat(exchanges)
                .allSatisfy(exchange -> assertThat(exchange.tunnelId()).hasValue(tunnel.id()));
        assertThat(rig.proxy.counts().tunnelsOpen()).isZero();
    }

    @Test
    void countsTheTunnelsBytesAsTheyCame() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(get("/1"));
        ends.server().readHead();
        ends.server().send(OK);
        ends.client().read(OK.length());
        ends.client().close();
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.bytesSent()).isEqualTo(get("/1").length());
        assertThat(tunnel.bytesReceived()).isEqualTo(OK.length());
    }

    @Test
    void keepsHostAndUrlOfTheTunnelsTargetWhateverHostSays() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(get("/1"));
        assertThat(ends.server().readHead()).isEqualTo(get("/1"));
        ends.server().send(OK);
        ends.client().read(OK.length());
        assertThat(rig.proxy.history().single(ExchangeFilter.any()).request().url())
                .isEqualTo("http://" + rig.origin.authority() + "/1");
    }

    @Test
    void leavesAnAbsoluteTargetAsItIsForTheTargetMayBeAProxy() throws Exception {
        String request = "GET http://far.test/x HTTP/1.1\r\nHost: far.test\r\n\r\n";
        TunnelRig.Ends ends = rig.open();
        ends.client().send(request);
        assertThat(ends.server().readHead()).isEqualTo(request);
    }

    @Test
    void doesNotAnswerForTheTargetWhenNoForwardsAreLeft() throws Exception {
        String request = "OPTIONS * HTTP/1.1\r\nHost: h\r\nMax-Forwards: 0\r\n\r\n";
        TunnelRig.Ends ends = rig.open();
        ends.client().send(request);
        assertThat(ends.server().readHead()).isEqualTo(request);
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(get("/1") + get("/2"));
        assertThat(ends.server().readHead()).isEqualTo(get("/1"));
        ends.server().send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
        assertThat(ends.server().readHead()).isEqualTo(get("/2"));
        ends.server().send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2");
        assertThat(ends.client().readHead() + ends.client().read(1)).endsWith("\r\n\r\n1");
        assertThat(ends.client().readHead() + ends.client().read(1)).endsWith("\r\n\r\n2");
    }

    @Test
    void carriesABody() throws Exception {
        String post = "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        TunnelRig.Ends ends = rig.open();
        ends.client().send(post);
        assertThat(ends.server().read(post.length())).isEqualTo(post);
        ends.server().send(OK);
        ends.client().read(OK.length());
        assertThat(rig.proxy
                        .history()
                        .single(ExchangeFilter.any())
                        .request()
                        .body()
                        .text())
                .isEqualTo("abc");
    }

    @Test
    void findsARequestThatCameInOnePacketWithTheConnect() throws Exception {
        var client = rig.client().send(TunnelRig.connect(rig.origin.authority()) + get("/1"));
        var server = rig.accept();
        assertThat(server.readHead()).isEqualTo(get("/1"));
        server.send(OK);
        assertThat(client.readHead()).isEqualTo(TunnelRig.ESTABLISHED);
        assertThat(client.read(OK.length())).isEqualTo(OK);
        assertThat(rig.proxy.history().size()).isEqualTo(1);
    }

    @Test
    void answers400ToAMalformedRequestAndEndsTheTunnel() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send("GET / HTTP/1.1\r\nBroken Field : x\r\n\r\n");
        assertThat(ends.client().readHead()).startsWith("HTTP/1.1 400 ");
        ends.client().close();
        assertThat(ends.server().readToEnd()).isEmpty();
        Tunnel tunnel = rig.ended();
        Exchange exchange = rig.exchange();
        assertThat(exchange.outcome().status()).isEqualTo(Status.MALFORMED_REQUEST);
        assertThat(exchange.tunnelId()).hasValue(tunnel.id());
    }

    @Test
    void endsWithTheTargetsIdleConnection() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(get("/1"));
        ends.server().readHead();
        ends.server().send(OK).close();
        assertThat(ends.client().readToEnd()).isEqualTo(OK);
        ends.client().close();
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.reason()).isEqualTo(Reason.PLAIN_HTTP);
        assertThat(tunnel.outcome().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void endsWithAResponseThatClosesTheConnection() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(get("/1"));
        ends.server().readHead();
        ends.server().send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall").close();
        assertThat(ends.client().readToEnd()).endsWith("\r\n\r\nall");
        ends.client().close();
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void neverSendsARequestAgainOutsideTheTunnel() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(get("/1"));
        ends.server().readHead();
        ends.server().close();
        assertThat(ends.client().readHead()).startsWith("HTTP/1.1 502 ");
        ends.client().close();
        rig.ended();
        assertThat(rig.exchange().outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
    }

    @Test
    void resetsTheClientWhenTheTargetBreaksWithinABody() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(get("/1"));
        ends.server().readHead();
        ends.server().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
        assertThat(ends.client().readHead()).isNotEmpty();
        ends.server().close();
        assertThat(ends.client().endsByReset()).isTrue();
        assertThat(rig.exchange().outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
        rig.ended();
    }
}
