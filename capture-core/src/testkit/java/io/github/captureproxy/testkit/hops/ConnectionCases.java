package io.github.captureproxy.testkit.hops;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What connections are kept for, and how they end. */
public abstract class ConnectionCases extends HopsTest {
    private static final byte[] PART = {1, 2, 3};

    protected ConnectionCases(Hops hops) {
        super(hops);
    }

    private static void answer(OriginExchange server) throws IOException {
        server.respondEmpty(TestResponse.of(200, "Content-Length", "0"));
    }

    private static void assertAnswered(ClientExchange client) throws IOException {
        assertThat(client.response().status()).isEqualTo(200);
        whole(client);
    }

    /** One exchange, behind which all connections are kept. */
    private void exchange() throws IOException {
        ClientExchange client = get("/first");
        answer(taken());
        assertAnswered(client);
    }

    @Test
    void aGetIsSentAgainWhenItsConnectionWasStale() throws IOException {
        exchange();
        ClientExchange client = get("/second");
        OriginExchange stale = taken();
        stale.breakConnection();
        if (hops.isBound()) { // no connection can stand in for the one that the client chose
            assertThat(client.response().status()).isEqualTo(502);
            whole(client);
            assertThat(last().outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
            return;
        }
        OriginExchange fresh = taken();
        assertThat(fresh.request()).isEqualTo(stale.request());
        assertThat(fresh.connection()).isEqualTo(2);
        answer(fresh);
        assertAnswered(client);
        assertThat(rig().proxy().history().size()).isEqualTo(2);
        assertThat(last().outcome().status()).isEqualTo(Status.COMPLETED);
        assertHops(last());
    }

    @Test
    void aPostIsNotSentAgainWhenItsConnectionWasStale() throws IOException {
        exchange();
        ClientExchange client = client().requestEmpty(head("POST", "/second"));
        taken().breakConnection();
        assertThat(client.response().status()).isEqualTo(502);
        whole(client);
        assertThat(last().outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
        assertThat(rig().proxy().history().size()).isEqualTo(2);
        assertThat(rig().origin().isIdle()).isTrue();
    }

    private Exchange last() {
        List<Exchange> all = rig().proxy().history().snapshot();
        return all.get(all.size() - 1);
    }

    @Test
    void anOriginThatTakesNoMoreHasAnsweredWhatItTook() throws IOException {
        ClientExchange client = post("/");
        OriginExchange server = taken();
        server.goAway();
        client.send(PART);
        client.end();
        assertThat(whole(server).content()).isEqualTo(PART);
        answer(server);
        assertAnswered(client);
        assertThat(completed().outcome().bytes()).isZero();
    }

    @Test
    void theNextRequestGoesOnAnotherConnectionThen() throws IOException {
        if (hops.isBound()) {
            return; // there is no other
        }
        ClientExchange client = get("/");
        OriginExchange server = taken();
        server.goAway();
        answer(server);
        assertAnswered(client);
        ClientExchange next = get("/next");
        OriginExchange fresh = taken();
        assertThat(fresh.connection()).isEqualTo(2);
        answer(fresh);
        assertAnswered(next);
        assertThat(rig().proxy().history().size()).isEqualTo(2);
    }

    @Test
    void connectionsWithoutWorkEnd() throws Exception {
        restart(options -> options.idleTimeout(Duration.ofMillis(300)));
        exchange();
        client().awaitEnd();
        rig().origin().awaitEnds();
        assertThat(rig().proxy().history().size()).isEqualTo(1);
    }

    @Test
    void closingTheProxyEndsEachExchangeOnce() throws Exception {
        List<ClientExchange> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            TestClient one = hops.client() == Version.HTTP_2 ? client() : rig().client();
            clients.add(one.requestEmpty(head("GET", "/" + i)));
            OriginExchange server = taken();
            if (i > 0) {
                server.respond(TestResponse.of(200));
                server.send(PART);
                assertThat(clients.get(i).response().status()).isEqualTo(200);
                assertThat(clients.get(i).read(3)).isEqualTo(PART);
            }
        }
        rig().proxy().close();
        for (ClientExchange each : clients.subList(1, 3)) {
            cut(each);
        }
        clients.get(0).awaitAbort();
        assertThat(rig().proxy().history().snapshot())
                .hasSize(3)
                .allSatisfy(it -> assertThat(it.outcome().status()).isEqualTo(Status.PROXY_CLOSED));
        assertThat(rig().proxy().history().inFlight()).isEmpty();
    }

    @Test
    void aClientMayWantNoMore() throws IOException {
        if (hops.client() == Version.HTTP_2) {
            return; // it does not say so in a request
        }
        ClientExchange client = get("/", "Connection", "close");
        answer(taken());
        TestResponse response = client.response();
        assertThat(response.fields().first("connection")).contains("close");
        whole(client);
        client().awaitEnd();
        ClientExchange other = rig().client().requestEmpty(head("GET", "/other"));
        OriginExchange server = taken();
        assertThat(server.connection()).isEqualTo(hops.isBound() ? 2 : 1);
        answer(server);
        assertAnswered(other);
        assertThat(rig().proxy().history().size()).isEqualTo(2);
    }

    @Test
    void aListenerThatThrowsHurtsNobody() throws Exception {
        restart(options -> options.listener(exchange -> {
            throw new IllegalStateException("a listener that is broken");
        }));
        for (int i = 0; i < 3; i++) {
            exchange();
        }
        assertThat(rig().proxy().history().size()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void manyClientsGoOneAfterTheOther(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (TestClient one = rig().client()) {
                ClientExchange client = one.requestEmpty(head("GET", "/" + i));
                answer(taken());
                assertAnswered(client);
            }
        }
        assertThat(rig().proxy().history().size()).isEqualTo(count);
        assertThat(rig().origin().connections()).isEqualTo(hops.isBound() ? count : 1);
    }
}
