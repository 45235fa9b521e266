package io.github.captureproxy.testkit.hops;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpHop;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.StreamReset;
import io.github.captureproxy.testkit.http2.Http2Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only streams have, for the ways with HTTP/2 on both hops. */
public abstract class StreamCases extends HopsTest {
    private static final byte[] PART = {1, 2, 3};
    private static final long REFUSED_STREAM = 7;

    protected StreamCases(Hops hops) {
        super(hops);
    }

    @Test
    void theRecordNamesTheStreams() throws IOException {
        for (int i = 0; i < 2; i++) {
            rig().proxy().history().clear();
            ClientExchange client = get("/");
            answer(taken());
            assertAnswered(client);
            assertThat(completed().clientHop().streamId()).isEqualTo(OptionalInt.of(1 + 2 * i));
            assertThat(completed().originHop().orElseThrow().streamId()).isEqualTo(OptionalInt.of(1 + 2 * i));
        }
    }

    private static void answer(OriginExchange server) throws IOException {
        server.respondEmpty(TestResponse.of(200, "Content-Length", "0"));
    }

    private static void assertAnswered(ClientExchange client) throws IOException {
        assertThat(client.response().status()).isEqualTo(200);
        whole(client);
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 7, 2, 0, 0x1234, 0xffff_ffffL})
    void theCodeOfAClientsResetPasses(long code) throws Exception {
        ClientExchange client = post("/");
        client.send(PART);
        OriginExchange server = taken();
        assertThat(server.read(3)).isEqualTo(PART);
        client.abort(code);
        assertThat(cut(server).code()).hasValue(code);
        Exchange exchange = awaited();
        assertThat(exchange.outcome().status()).isEqualTo(Status.CLIENT_ABORTED);
        assertThat(exchange.clientHop().reset()).contains(new StreamReset(code, true));
        assertThat(exchange.originHop().flatMap(HttpHop::reset)).contains(new StreamReset(code, false));
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 7, 2, 0x1234, 0xffff_ffffL})
    void theCodeOfAnOriginsResetPassesWithinAResponse(long code) throws IOException {
        ClientExchange client = get("/");
        OriginExchange server = taken();
        server.respond(TestResponse.of(200));
        server.send(PART);
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(client.read(3)).isEqualTo(PART);
        server.abort(code);
        assertThat(cut(client).code()).hasValue(code);
        assertReset(code);
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 7, 2, 0x1234, 0xffff_ffffL})
    void theCodeOfAnOriginsResetPassesBeforeAResponse(long code) throws IOException {
        ClientExchange client = post("/");
        OriginExchange server = taken();
        server.abort(code);
        assertThat(cut(client).code()).hasValue(code);
        assertReset(code);
    }

    private void assertReset(long code) {
        Exchange exchange = recorded();
        assertThat(exchange.outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
        assertThat(exchange.originHop().flatMap(HttpHop::reset)).contains(new StreamReset(code, true));
        assertThat(exchange.clientHop().reset()).contains(new StreamReset(code, false));
    }

    /** The origin has not looked at it (RFC 9113, section 8.7). */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void whatAnOriginRefusesIsSentAgain(String method) throws IOException {
        ClientExchange client = client().requestEmpty(head(method, "/"));
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
            clients.add(i == 1 ? client().requestEmpty(head("POST", "/" + i)) : get("/" + i));
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

    @Test
    void anOriginMayAllowOneStreamAtOnce() throws Exception {
        restart(options -> options, Http2Frame.MAX_CONCURRENT_STREAMS, 1);
        ClientExchange first = get("/0");
        answer(taken());
        assertAnswered(first);
        List<ClientExchange> clients = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            clients.add(get("/" + i));
        }
        for (int i = 1; i <= 5; i++) {
            OriginExchange server = taken();
            assertThat(server.request().path()).isEqualTo("/" + i);
            assertThat(server.connection()).isEqualTo(1);
            rig().origin().set(); // the proxy has read what it has been sent
            assertThat(rig().origin().isIdle()).isTrue();
            answer(server);
        }
        for (ClientExchange each : clients) {
            assertAnswered(each);
        }
        assertThat(rig().proxy().history().size()).isEqualTo(6);
    }

    @Test
    void anOriginMayAllowNoStreamForAWhile() throws Exception {
        ClientExchange first = get("/0");
        answer(taken());
        assertAnswered(first);
        rig().origin().set(Http2Frame.MAX_CONCURRENT_STREAMS, 0);
        ClientExchange one = get("/1");
        ClientExchange two = get("/2");
        client().ping(); // the proxy has read what it has been sent
        rig().origin().set();
        assertThat(rig().origin().isIdle()).isTrue();
        rig().origin().set(Http2Frame.MAX_CONCURRENT_STREAMS, 100);
        answer(taken());
        answer(taken());
        assertAnswered(one);
        assertAnswered(two);
        assertThat(rig().proxy().history().size()).isEqualTo(3);
    }

    @Test
    void manyStreamsAreOpenAtOnce() throws IOException {
        List<ClientExchange> clients = new ArrayList<>();
        List<OriginExchange> servers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(post("/" + i));
            servers.add(taken());
            assertThat(servers.get(i).connection()).isEqualTo(1);
        }
        for (int i = 49; i >= 0; i--) {
            clients.get(i).send(new byte[] {(byte) i});
            clients.get(i).end();
            assertThat(whole(servers.get(i)).content()).containsExactly(i);
            answer(servers.get(i));
            assertAnswered(clients.get(i));
        }
        assertThat(rig().proxy().history().size()).isEqualTo(50);
    }
}
