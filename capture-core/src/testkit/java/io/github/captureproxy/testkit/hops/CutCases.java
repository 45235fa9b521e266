package io.github.captureproxy.testkit.hops;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is cut short on one hop never looks whole on the other (design: promises 3 and 4). */
public abstract class CutCases extends HopsTest {
    private static final long CANCEL = 8;
    private static final long INTERNAL_ERROR = 2;
    private static final byte[] PART = {1, 2, 3};

    protected CutCases(Hops hops) {
        super(hops);
    }

    private static String[] length(boolean known) {
        return known ? new String[] {"Content-Length", "10"} : new String[0];
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void aRequestThatTheClientCutsShort(boolean knownLength, boolean wholeConnection) throws Exception {
        ClientExchange client = post("/", length(knownLength));
        client.send(PART);
        OriginExchange server = taken();
        assertThat(server.read(3)).isEqualTo(PART);
        if (wholeConnection) {
            client.breakConnection();
        } else {
            client.abort(CANCEL);
        }
        cut(server);
        Exchange exchange = awaited();
        assertThat(exchange.outcome().status()).isEqualTo(Status.CLIENT_ABORTED);
        assertThat(exchange.outcome().side()).isEqualTo(Side.CLIENT);
        assertThat(exchange.request().body().bytes()).isEqualTo(PART);
        assertThat(exchange.request().body().isComplete()).isFalse();
        assertThat(exchange.response()).isEmpty();
        assertHops(exchange);
    }

    @Test
    void aResponseThatTheClientNoLongerWants() throws Exception {
        ClientExchange client = get("/");
        OriginExchange server = taken();
        server.respond(TestResponse.of(200));
        server.send(PART);
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(client.read(3)).isEqualTo(PART);
        client.abort(CANCEL);
        server.awaitAbort();
        Exchange exchange = awaited();
        assertThat(exchange.outcome().status()).isEqualTo(Status.CLIENT_ABORTED);
        assertThat(exchange.outcome().bytes()).isEqualTo(3);
        assertThat(exchange.response().orElseThrow().body().isComplete()).isFalse();
    }

    @Test
    void aClientThatLeavesBeforeTheResponse() throws Exception {
        ClientExchange client = get("/");
        OriginExchange server = taken();
        client.abort(CANCEL);
        server.awaitAbort();
        assertThat(awaited().outcome().status()).isEqualTo(Status.CLIENT_ABORTED);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void aResponseThatTheOriginCutsShort(boolean knownLength, boolean wholeConnection) throws Exception {
        ClientExchange client = get("/");
        OriginExchange server = taken();
        server.respond(TestResponse.of(200, length(knownLength)));
        server.send(PART);
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(client.read(3)).isEqualTo(PART);
        if (wholeConnection) {
            server.breakConnection();
        } else {
            server.abort(INTERNAL_ERROR);
        }
        assertThat(cut(client).content()).isEmpty();
        Exchange exchange = recorded();
        assertThat(exchange.outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
        assertThat(exchange.outcome().side()).isEqualTo(Side.ORIGIN);
        assertThat(exchange.outcome().bytes()).isEqualTo(3);
        assertThat(exchange.response().orElseThrow().body().isComplete()).isFalse();
        assertHops(exchange);
    }

    /** With the whole of the content, a response is whole only when that is said. */
    @Test
    void aResponseThatIsCutShortBehindItsLastByte() throws Exception {
        if (hops.origin() == Version.HTTP_1_1) {
            return; // it says so by the last byte
        }
        ClientExchange client = get("/");
        OriginExchange server = taken();
        server.respond(TestResponse.of(200, "Content-Length", "6"));
        server.send(PART);
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(client.read(3)).isEqualTo(PART);
        server.send(PART);
        server.abort(INTERNAL_ERROR);
        cut(client);
        assertThat(recorded().outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
    }

    @Test
    void aResponseThatEndsBeforeItsLength() throws Exception {
        ClientExchange client = get("/");
        OriginExchange server = taken();
        server.respond(TestResponse.of(200, "Content-Length", "10"));
        server.send(PART);
        assertThat(client.response().status()).isEqualTo(200);
        if (hops.origin() == Version.HTTP_2) {
            server.end();
        } else {
            server.breakConnection();
        }
        cut(client);
        Exchange exchange = recorded();
        assertThat(exchange.outcome().status())
                .isEqualTo(hops.origin() == Version.HTTP_2 ? Status.MALFORMED_RESPONSE : Status.ORIGIN_ABORTED);
        assertThat(exchange.response().orElseThrow().body().isComplete()).isFalse();
    }

    @Test
    void aRequestThatEndsBeforeItsLength() throws Exception {
        if (hops.client() == Version.HTTP_1_1) {
            return; // it cannot, but by the end of its connection
        }
        ClientExchange client = post("/", "Content-Length", "10");
        client.send(PART);
        OriginExchange server = taken();
        assertThat(server.read(3)).isEqualTo(PART);
        client.end();
        cut(server);
        cut(client);
        assertThat(recorded().outcome().status()).isEqualTo(Status.MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void anOriginThatEndsItsConnectionWithoutAnAnswer(String method) throws Exception {
        ClientExchange client = client().requestEmpty(head(method, "/"));
        OriginExchange server = taken();
        server.breakConnection();
        assertThat(client.response().status()).isEqualTo(502);
        whole(client);
        Exchange exchange = recorded();
        assertThat(exchange.outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
        assertThat(exchange.outcome().side()).isEqualTo(Side.ORIGIN);
    }

    /** Where both hops have streams, the reset says more than a 502 would. */
    @Test
    void anOriginThatResetsWithoutAnAnswer() throws Exception {
        ClientExchange client = get("/");
        taken().abort(INTERNAL_ERROR);
        if (hops.hasStreams()) {
            assertThat(cut(client).code()).hasValue(INTERNAL_ERROR);
        } else {
            assertThat(client.response().status()).isEqualTo(502);
            whole(client);
        }
        assertThat(recorded().outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
    }

    @Test
    void whatIsNoResponse() throws Exception {
        ClientExchange client = get("/");
        taken().garble();
        assertThat(client.response().status()).isEqualTo(502);
        whole(client);
        Exchange exchange = recorded();
        assertThat(exchange.outcome().status()).isEqualTo(Status.MALFORMED_RESPONSE);
        assertThat(exchange.response().orElseThrow().status()).isEqualTo(502);
        assertHops(exchange);
    }

    /** A stream's end is not that of its connection. */
    @Test
    void othersLiveOn() throws Exception {
        if (hops.client() == Version.HTTP_1_1) {
            return; // whose connection has ended
        }
        ClientExchange neighbour = get("/neighbour");
        OriginExchange served = taken();
        ClientExchange leaving = get("/leaving");
        OriginExchange left = taken();
        leaving.abort(CANCEL);
        left.awaitAbort();
        ClientExchange failing = get("/failing");
        OriginExchange broken = taken();
        broken.respond(TestResponse.of(200));
        broken.send(PART);
        assertThat(failing.response().status()).isEqualTo(200);
        broken.abort(INTERNAL_ERROR);
        cut(failing);
        served.respondEmpty(TestResponse.of(200, "Content-Length", "0"));
        assertThat(neighbour.response().status()).isEqualTo(200);
        whole(neighbour);
        assertThat(rig().proxy().history().snapshot())
                .extracting(it -> it.outcome().status())
                .containsExactlyInAnyOrder(Status.CLIENT_ABORTED, Status.ORIGIN_ABORTED, Status.COMPLETED);
    }
}
