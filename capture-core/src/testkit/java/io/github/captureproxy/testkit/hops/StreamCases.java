package io.github.captureproxy.testkit.hops;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpHop;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.StreamReset;
import java.io.IOException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only streams have, for the ways with HTTP/2 on both hops. */
public abstract class StreamCases extends HopsTest {
    private static final byte[] PART = {1, 2, 3};

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
}
