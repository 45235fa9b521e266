package io.github.captureproxy.testkit.hops;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.InFlightExchange.WaitingFor;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.http2.Http2Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an origin may do with its streams, whatever the client speaks: for the ways with HTTP/2 on the origin's hop. */
public abstract class OriginStreamCases extends HopsTest {
    private static final long REFUSED_STREAM = 7;
    private static final int STREAMS = 50;

    protected OriginStreamCases(Hops hops) {
        super(hops);
    }

    /** A request beside all others, which takes a connection of its own in HTTP/1.1. */
    private ClientExchange beside(String method, String path) throws IOException {
        TestClient one = hops.client() == Version.HTTP_2 ? client() : rig().client();
        return one.requestEmpty(head(method, path));
    }

    private static void answer(OriginExchange server) throws IOException {
        server.respondEmpty(TestResponse.of(200, "Content-Length", "0"));
    }

    private static void assertAnswered(ClientExchange client) throws IOException {
        assertThat(client.response().status()).isEqualTo(200);
        whole(client);
    }

    /** The origin has not looked at it (RFC 9113, section 8.7). */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void whatAnOriginRefusesIsSentAgain(String method) throws IOException {
        ClientExchange client = beside(method, "/");
        OriginExchange refused = taken();
        refused.abort(REFUSED_STREAM);
        if (hops.isBound()) {
            assertThat(cut(client).code()).hasValue(REFUSED_STREAM);
            return;
        }
        OriginExchange again = taken();
        assertThat(again.request()).isEqualTo(refused.request());
        answer(again);
        assertAnswered(client);
        completed();
    }

    @Test
    void whatAnOriginDidNotLookAtBeforeItLeftIsSentAgain() throws IOException {
        List<ClientExchange> clients = new ArrayList<>();
        List<OriginExchange> servers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(beside(i == 1 ? "POST" : "GET", "/" + i));
            servers.add(taken());
        }
        servers.get(0).goAway();
        if (hops.isBound()) {
            assertThat(cut(clients.get(1)).code()).hasValue(REFUSED_STREAM);
            assertThat(cut(clients.get(2)).code()).hasValue(REFUSED_STREAM);
        } else {
            for (int i = 0; i < 2; i++) {
                OriginExchange again = taken();
                assertThat(again.connection()).isEqualTo(2);
                answer(again);
            }
            assertAnswered(clients.get(1));
            assertAnswered(clients.get(2));
        }
        answer(servers.get(0));
        assertAnswered(clients.get(0));
        assertThat(rig().proxy().history().size()).isEqualTo(3);
        assertThat(rig().proxy().history().counts().added()).isEqualTo(3);
    }

    /** A client's streams stay on one connection, as they would without the proxy; other clients may have another. */
    @Test
    void anOriginMayAllowOneStreamAtOnce() throws Exception {
        restart(options -> options, Http2Frame.MAX_CONCURRENT_STREAMS, 1);
        ClientExchange first = beside("GET", "/0");
        answer(taken());
        assertAnswered(first);
        List<ClientExchange> clients = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            clients.add(beside("GET", "/" + i));
        }
        Set<String> paths = new HashSet<>();
        for (int i = 1; i <= 5; i++) {
            OriginExchange server = taken();
            paths.add(server.request().path());
            if (hops.client() == Version.HTTP_2) {
                assertThat(server.connection()).isEqualTo(1);
                rig().origin().set(); // the proxy has read what it has been sent
                assertThat(rig().origin().isIdle()).isTrue();
            }
            answer(server);
        }
        assertThat(paths).containsExactlyInAnyOrder("/1", "/2", "/3", "/4", "/5");
        for (ClientExchange each : clients) {
            assertAnswered(each);
        }
        assertThat(rig().proxy().history().size()).isEqualTo(6);
    }

    @Test
    void anOriginMayAllowNoStreamForAWhile() throws Exception {
        ClientExchange first = beside("GET", "/0");
        answer(taken());
        assertAnswered(first);
        rig().origin().set(Http2Frame.MAX_CONCURRENT_STREAMS, 0);
        if (hops.client() == Version.HTTP_1_1) { // which goes by another connection
            ClientExchange other = beside("GET", "/1");
            OriginExchange server = taken();
            assertThat(server.connection()).isEqualTo(2);
            answer(server);
            assertAnswered(other);
            return;
        }
        ClientExchange one = get("/1");
        ClientExchange two = get("/2");
        Eventually.holds("both wait", () -> waiting() == 2);
        rig().origin().set();
        assertThat(rig().origin().isIdle()).isTrue();
        rig().origin().set(Http2Frame.MAX_CONCURRENT_STREAMS, 100);
        answer(taken());
        answer(taken());
        assertAnswered(one);
        assertAnswered(two);
        assertThat(rig().proxy().history().size()).isEqualTo(3);
    }

    private long waiting() {
        return rig().proxy().history().inFlight().stream()
                .filter(it -> it.waitingFor() == WaitingFor.CONNECTION_SLOT)
                .count();
    }

    @Test
    void manyStreamsAreOpenAtOnce() throws IOException {
        List<ClientExchange> clients = new ArrayList<>();
        List<OriginExchange> servers = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            TestClient one = hops.client() == Version.HTTP_2 ? client() : rig().client();
            clients.add(one.request(head("POST", "/" + i)));
            servers.add(taken());
            assertThat(servers.get(i).connection()).isEqualTo(1);
        }
        for (int i = STREAMS - 1; i >= 0; i--) {
            clients.get(i).send(new byte[] {(byte) i});
            clients.get(i).end();
            assertThat(whole(servers.get(i)).content()).containsExactly(i);
            answer(servers.get(i));
            assertAnswered(clients.get(i));
        }
        assertThat(rig().proxy().history().size()).isEqualTo(STREAMS);
    }

    @Test
    void aRequestThatIsRefusedTwiceIsNotSentAThirdTime() throws IOException {
        if (hops.isBound()) {
            return; // nor a second time
        }
        ClientExchange client = beside("GET", "/");
        taken().abort(REFUSED_STREAM);
        taken().abort(REFUSED_STREAM);
        if (hops.hasStreams()) {
            assertThat(cut(client).code()).hasValue(REFUSED_STREAM);
        } else {
            assertThat(client.response().status()).isEqualTo(502);
            whole(client);
        }
        assertThat(recorded().outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
        assertThat(rig().origin().isIdle()).isTrue();
    }
}
