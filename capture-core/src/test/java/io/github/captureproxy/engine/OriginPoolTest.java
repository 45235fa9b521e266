package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many connections an origin gets, how many of them are kept, and what happens when a kept one has gone stale. */
class OriginPoolTest extends WireTest {
    private static final String OK = response("200 OK", "");

    /** A connection that has served one request and is kept. */
    private RawSocket kept() throws IOException {
        RawSocket client = clientSending(get("/first"));
        RawSocket server = accept();
        server.readHead();
        server.send(OK);
        client.readHead();
        return server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
    void anIdempotentRequestIsSentAgainWhenItsConnectionWasStale(String method) throws IOException {
        RawSocket stale = kept();
        RawSocket client = clientSending(request(method, "/second", ""));
        assertThat(stale.readHead()).isEqualTo(forwarded(method, "/second"));
        stale.close();
        RawSocket fresh = accept();
        assertThat(fresh.readHead()).isEqualTo(forwarded(method, "/second"));
        fresh.send(OK);
        assertThat(client.readHead()).isEqualTo(OK);
        assertThat(exchanges()).hasSize(2);
        assertThat(exchanges().get(1).outcome().isSuccess()).isTrue();
    }

    @Test
    void aBodyThatCameWholeIsSentAgainToo() throws IOException {
        RawSocket stale = kept();
        String body = "3\r\nabc\r\n0\r\nA: 1\r\n\r\n";
        RawSocket client = clientSending(request("PUT", "/second", body, "Transfer-Encoding: chunked"));
        stale.readHead();
        stale.readThrough("A: 1\r\n\r\n");
        stale.reset();
        RawSocket fresh = accept();
        assertThat(fresh.readHead()).isEqualTo(forwarded("PUT", "/second", "Transfer-Encoding: chunked"));
        assertThat(fresh.readThrough("A: 1\r\n\r\n")).isEqualTo(body);
        fresh.send(OK);
        assertThat(client.readHead()).isEqualTo(OK);
        assertThat(exchanges().get(1).request().body().text()).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "get", "X"})
    void aRequestThatMayNotBeSentTwiceBecomesA502(String method) throws IOException {
        RawSocket stale = kept();
        RawSocket client = clientSending(request(method, "/second", ""));
        stale.readHead();
        stale.close();
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ");
        assertThat(exchanges().get(1).outcome().status()).isEqualTo(Outcome.Status.ORIGIN_ABORTED);
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }

    @Test
    void noRequestIsSentAThirdTime() throws IOException {
        RawSocket stale = kept();
        RawSocket client = clientSending(get("/second"));
        stale.readHead();
        stale.close();
        RawSocket fresh = accept();
        fresh.readHead();
        fresh.close();
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ");
        assertThat(exchanges()).hasSize(2);
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }

    @Test
    void aRequestIsNotSentAgainWhenItsConnectionWasNew() throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.close();
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ");
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }

    @Test
    void aRequestIsNotSentAgainOnceItsResponseHasBegun() throws IOException {
        RawSocket stale = kept();
        RawSocket client = clientSending(get("/second"));
        stale.readHead();
        stale.send("HTTP/1.1 2");
        letProxyRead();
        stale.close();
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ");
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }

    @Test
    void aKeptConnectionThatTheOriginClosedIsNotUsed() throws IOException {
        kept().close();
        letProxyRead();
        RawSocket client = clientSending(request("POST", "/second", ""));
        RawSocket fresh = accept();
        assertThat(fresh.readHead()).isEqualTo(forwarded("POST", "/second"));
        fresh.send(OK);
        assertThat(client.readHead()).isEqualTo(OK);
    }

    @Test
    void theNextExchangeWaitsWhenAnOriginHasAllItsConnections() throws IOException {
        restart(options().maxConnectionsPerOrigin(1));
        RawSocket first = clientSending(get("/1"));
        RawSocket server = accept();
        server.readHead();
        RawSocket second = clientSending(get("/2"));
        letProxyRead();
        assertThat(proxy.history().inFlight())
                .extracting(InFlightExchange::waitingFor)
                .containsExactlyInAnyOrder(
                        InFlightExchange.WaitingFor.RESPONSE_HEAD, InFlightExchange.WaitingFor.CONNECTION_SLOT);
        server.send(OK);
        first.readHead();
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/2"));
        server.send(OK);
        assertThat(second.readHead()).isEqualTo(OK);
    }

    @Test
    void anExchangeThatWaitsForAPlaceTooLongBecomesA504() throws IOException {
        restart(options().maxConnectionsPerOrigin(1).connectTimeout(Duration.ofMillis(200)));
        RawSocket first = clientSending(get("/1"));
        RawSocket server = accept();
        server.readHead();
        assertThat(clientSending(get("/2")).readToEnd()).startsWith("HTTP/1.1 504 Gateway Timeout\r\n");
        server.send(OK);
        assertThat(first.readHead()).isEqualTo(OK);
        clientSending(get("/3"));
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/3"));
    }

    @Test
    void aClientThatLeavesWhileItWaitsGivesItsTurnUp() throws IOException {
        restart(options().maxConnectionsPerOrigin(1));
        clientSending(get("/1"));
        RawSocket server = accept();
        server.readHead();
        RawSocket leaving = clientSending(get("/2"));
        letProxyRead();
        clientSending(get("/3"));
        letProxyRead();
        leaving.reset();
        letProxyRead();
        server.send(OK);
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/3"));
    }

    @Test
    void failedExchangesGiveTheirPlacesBack() throws IOException {
        restart(options().maxConnectionsPerOrigin(1));
        for (int i = 0; i < 5; i++) {
            RawSocket client = clientSending(get("/" + i));
            accept().close();
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ");
        }
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }

    @Test
    void theOldestConnectionPastTheIdleLimitIsClosed() throws IOException {
        restart(options().maxIdlePerOrigin(1));
        RawSocket first = clientSending(get("/1"));
        RawSocket older = accept();
        older.readHead();
        RawSocket second = clientSending(get("/2"));
        RawSocket newer = accept();
        newer.readHead();
        older.send(OK);
        first.readHead();
        newer.send(OK);
        second.readHead();
        assertThat(older.readToEnd()).isEmpty();
        assertThat(nextAtOrigin(newer)).isEqualTo(sentinel());
    }

    @Test
    void noConnectionIsKeptWhereTheIdleLimitIsZero() throws IOException {
        restart(options().maxIdlePerOrigin(0));
        assertThat(kept().readToEnd()).isEmpty();
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }

    @Test
    void aConnectionThatOutlivesItsIdleNeighbourIsStillKept() throws IOException {
        RawSocket slow = clientSending(get("/slow"));
        RawSocket inUse = accept();
        inUse.readHead();
        RawSocket quick = clientSending(get("/quick"));
        RawSocket idle = accept();
        idle.readHead();
        idle.send(OK);
        quick.readHead();
        idle.close();
        letProxyRead();
        inUse.send(OK);
        slow.readHead();
        assertThat(nextAtOrigin(inUse)).isEqualTo(sentinel());
    }
}
