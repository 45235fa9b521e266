package io.github.captureproxy.capture;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HttpHop;
import io.github.captureproxy.exchange.InformationalResponse;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.WireSizes;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an exchange tells of itself, of its client and of its way. */
class ExchangeValuesTest extends ProxyTest {
    @Test
    void idsRiseAndConnectionsAreNumberedAcrossProxies() throws IOException {
        CaptureProxy one = start();
        CaptureProxy other = start();

        Exchange first = pass(one, Script.get(origin, "/1"), Script.ok("", ""));
        Exchange elsewhere = pass(other, Script.get(origin, "/2"), Script.ok("", ""));
        Exchange second = pass(one, Script.get(origin, "/3"), Script.ok("", ""));

        assertThat(first.id()).isEqualTo(1);
        assertThat(elsewhere.id()).isEqualTo(1);
        assertThat(second.id()).isEqualTo(2);
        assertThat(List.of(
                        first.client().connection(),
                        elsewhere.client().connection(),
                        second.client().connection()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void theClientIsKnownByAddressListenerAndUser() throws IOException {
        CaptureProxy proxy =
                start(builder().label("first").listen("second", "127.0.0.1", 0).credentials("ann", "pw"));
        InetSocketAddress second = proxy.addresses().get("second");
        String login = Base64.getEncoder().encodeToString("ann:pw".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        InetSocketAddress own;
        try (RawSocket client = RawSocket.connect(second)) {
            own = (InetSocketAddress) client.socket().getLocalSocketAddress();
            client.send(Script.request(origin, "GET", "/", "Proxy-Authorization: Basic " + login + "\r\n", ""));
            try (RawSocket server = origin.accept()) {
                server.readHead();
                server.send(Script.ok("", ""));
            }
            client.readToEnd();
        }

        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.client().address()).isEqualTo(own);
        assertThat(exchange.client().listener()).isEqualTo("second");
        assertThat(exchange.client().user()).contains("ann");
    }

    @Test
    void theRouteIsDirectToTheOrigin() throws IOException {
        Exchange exchange = pass(start(), Script.get(origin, "/"), Script.ok("", ""));

        assertThat(exchange.route()).isEqualTo(new Route(Route.Kind.DIRECT, origin.authority()));
        assertThat(exchange.remoteAddress()).contains(origin.address());
    }

    @Test
    void theHopsSayWhatEachSideSpoke() throws IOException {
        Exchange exchange = pass(start(), Script.get(origin, "/"), "HTTP/1.0 200 OK\r\n\r\nbody");

        assertThat(exchange.clientHop()).isEqualTo(HttpHop.of("HTTP/1.1"));
        assertThat(exchange.originHop()).contains(HttpHop.of("HTTP/1.0"));
    }

    @Test
    void theRouteThroughAnUpstreamNamesItWithoutCredentials() throws IOException {
        CaptureProxy proxy = start(builder().upstreamProxy(URI.create("http://me:hidden@" + origin.authority())));
        Exchange exchange = pass(
                proxy,
                "GET http://elsewhere.test/x HTTP/1.1\r\nHost: elsewhere.test\r\nConnection: close\r\n\r\n",
                Script.ok("", ""));

        assertThat(exchange.route()).isEqualTo(new Route(Route.Kind.UPSTREAM_PROXY, origin.authority()));
        assertThat(exchange.remoteAddress()).contains(origin.address());
        assertThat(exchange.request().url()).isEqualTo("http://elsewhere.test/x");
        assertThat(exchange.request().headers()).extracting(Header::name).doesNotContain("Proxy-Authorization");
    }

    @Test
    void sizesAreThoseReceivedWithoutChunkFraming() throws IOException {
        String head = Script.request(origin, "POST", "/", "Transfer-Encoding: chunked\r\nX-Spaces:    many   \r\n", "");
        String responseHead = "HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\nx:y\r\n\r\n";

        Exchange exchange =
                pass(start(), head + "3\r\nabc\r\n0\r\n\r\n", responseHead + "2;q=1\r\nde\r\n1\r\nf\r\n0\r\n\r\n");

        assertThat(exchange.sizes()).isEqualTo(new WireSizes(head.length(), 3, responseHead.length(), 3));
    }

    @Test
    void trailersAreRecordedBothWays() throws IOException {
        Exchange exchange = pass(
                start(),
                Script.request(origin, "POST", "/", "Transfer-Encoding: chunked\r\nTrailer: X-Up\r\n", "")
                        + "1\r\na\r\n0\r\nX-Up: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Down\r\n\r\n1\r\nb\r\n0\r\nX-Down: 2\r\nx-more: 3\r\n\r\n");

        assertThat(exchange.request().trailers()).containsExactly(new Header("X-Up", "1"));
        assertThat(exchange.response().orElseThrow().trailers())
                .containsExactly(new Header("X-Down", "2"), new Header("x-more", "3"));
    }

    @Test
    void interimResponsesAreRecordedInOrder() throws IOException {
        Exchange exchange = pass(
                start(),
                Script.get(origin, "/"),
                "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"
                        + Script.ok("", "x"));

        assertThat(exchange.informational())
                .extracting(InformationalResponse::status)
                .containsExactly(103, 102);
        assertThat(exchange.informational().get(0).headers()).containsExactly(new Header("Link", "</a.css>"));
        assertThat(exchange.response().orElseThrow().status()).isEqualTo(200);
    }

    @Test
    void aFailureBeforeTheOriginIsReachedIsRecordedWithTheAnswerOfTheProxy() throws IOException {
        CaptureProxy proxy = start();
        RawOrigin gone = new RawOrigin();
        gone.close();
        String answer;
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send(Script.get(gone, "/x"));
            answer = client.readToEnd();
        }

        assertThat(answer).startsWith("HTTP/1.1 502 ");
        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.CONNECT_FAILED);
        assertThat(exchange.outcome().side()).isEqualTo(Outcome.Side.ORIGIN);
        assertThat(exchange.error()).isPresent();
        assertThat(exchange.remoteAddress()).isEmpty();
        assertThat(exchange.response().orElseThrow().status()).isEqualTo(502);
        assertThat(answer).endsWith(exchange.response().orElseThrow().body().text());
        assertThat(exchange.timings().blockedNanos()).isNotNegative();
        assertThat(exchange.timings().connectNanos()).isNotNegative();
        assertThat(List.of(
                        exchange.timings().sendNanos(),
                        exchange.timings().waitNanos(),
                        exchange.timings().tlsNanos()))
                .allMatch(nanos -> nanos == -1);
        assertThat(exchange.sizes().responseHead()).isZero();
    }

    @Test
    void aHeadThatComesInPartsIsReceivedFromItsFirstByteOn() throws Exception {
        CaptureProxy proxy = start(builder().ioThreads(1));
        long between;
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send(Script.get(origin, "/"));
            RawSocket server = accept();
            server.readHead();
            server.send("HTTP/1.1 200 OK\r\nContent-");
            letProxyRead(proxy);
            long read = System.nanoTime();
            letProxyRead(proxy);
            between = System.nanoTime() - read;
            server.send("Length: 0\r\n\r\n");
            client.readToEnd();
        }

        assertThat(proxy.history()
                        .single(it -> it.request().method().equals("GET"))
                        .timings()
                        .receiveNanos())
                .isGreaterThanOrEqualTo(between);
    }

    /** On its only thread, it has read what came before by the time that it answers what came after, twice. */
    private static void letProxyRead(CaptureProxy proxy) throws IOException {
        for (int i = 0; i < 2; i++) {
            try (RawSocket probe = RawSocket.connect(proxy.address())) {
                probe.send("OPTIONS http://probe.test/ HTTP/1.1\r\nHost: probe.test\r\nMax-Forwards: 0\r\n\r\n")
                        .readToEnd();
            }
        }
    }

    @Test
    void aNameThatIsUnknownTookTimeToResolveAndNoneToConnect() throws IOException {
        CaptureProxy proxy = start(builder().resolver(host -> {
            throw new UnknownHostException(host);
        }));
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send("GET http://nowhere.test/ HTTP/1.1\r\nHost: nowhere.test\r\n\r\n");
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ");
        }

        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.UNKNOWN_HOST);
        assertThat(exchange.timings().dnsNanos()).isPositive();
        assertThat(exchange.timings().connectNanos()).isEqualTo(-1);
    }

    @Test
    void aRequestThatIsAnsweredWithoutTheOriginHasItsSizeToo() throws IOException {
        CaptureProxy proxy = start(builder().credentials("ann", "pw"));
        String request = Script.get(origin, "/");
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            assertThat(client.send(request).readToEnd()).startsWith("HTTP/1.1 407 ");
        }

        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.sizes()).isEqualTo(new WireSizes(request.length(), 0, 0, 0));
        assertThat(exchange.request().body().isComplete()).isTrue();
    }

    @Test
    void aBodyThatIsNotReadForTheProxysOwnAnswerIsIncomplete() throws IOException {
        CaptureProxy proxy = start();
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send(Script.request(origin, "TRACE", "/", "Max-Forwards: 0\r\nContent-Length: 3\r\n", "abc"));
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ");
        }

        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.ANSWERED_BY_PROXY);
        assertThat(exchange.request().body().isComplete()).isFalse();
    }

    @Test
    void aClientThatLeavesEndsItsExchangeOnceWithTheBytesSoFar() throws Exception {
        CaptureProxy proxy = start();
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send(Script.get(origin, "/"));
            RawSocket server = accept();
            server.readHead();
            server.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabcdef");
            client.readHead();
            client.read(6);
            client.reset();
        }
        Exchange exchange = proxy.history().await(any(), Duration.ofSeconds(10));

        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.CLIENT_ABORTED);
        assertThat(exchange.outcome().side()).isEqualTo(Outcome.Side.CLIENT);
        assertThat(exchange.outcome().bytes()).isEqualTo(6);
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo("abcdef");
        assertThat(exchange.response().orElseThrow().body().isComplete()).isFalse();
        proxy.close();
        assertThat(proxy.history().size()).isEqualTo(1);
    }
}
