package io.github.captureproxy.testkit.hops;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has come in goes out, whatever is still to come: each step here waits for the one before. */
public abstract class StreamingCases extends HopsTest {
    private static final int PIECES = 20;

    protected StreamingCases(Hops hops) {
        super(hops);
    }

    private static byte[] piece(int number) {
        return new byte[] {(byte) number, (byte) (number + 1), (byte) (number + 2)};
    }

    @Test
    void interimResponsesPassAtOnce() throws IOException {
        ClientExchange client = get("/");
        OriginExchange server = taken();
        server.interim(TestResponse.of(103, "Link", "</a>"));
        assertThat(client.response()).isEqualTo(new TestResponse(103, passed(HeaderList.of("Link", "</a>"))));
        server.interim(TestResponse.of(103, "Link", "</b>"));
        assertThat(client.response()).isEqualTo(new TestResponse(103, passed(HeaderList.of("Link", "</b>"))));
        server.respondEmpty(TestResponse.of(200, "Content-Length", "0"));
        assertThat(client.response().status()).isEqualTo(200);
        whole(client);
        Exchange exchange = completed();
        assertThat(exchange.informational()).hasSize(2);
        assertThat(exchange.informational().get(0).status()).isEqualTo(103);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", ""})
    void aClientMayWaitToBeToldToContinue(String length) throws IOException {
        ClientExchange client = length.isEmpty()
                ? post("/", "Expect", "100-continue")
                : post("/", "Expect", "100-continue", "Content-Length", length);
        OriginExchange server = taken();
        assertThat(server.request().fields().first("expect")).contains("100-continue");
        server.interim(TestResponse.of(100));
        assertThat(client.response().status()).isEqualTo(100);
        client.send(piece(1));
        client.send(piece(4));
        client.end();
        assertThat(whole(server).content()).isEqualTo(new byte[] {1, 2, 3, 4, 5, 6});
        requestHasEnded();
        server.respondEmpty(TestResponse.of(201, "Content-Length", "0"));
        assertThat(client.response().status()).isEqualTo(201);
        whole(client);
        completed(new byte[] {1, 2, 3, 4, 5, 6}, new byte[0]);
    }

    @Test
    void eachPieceOfAResponsePassesAtOnce() throws IOException {
        ClientExchange client = get("/");
        OriginExchange server = taken();
        server.respond(TestResponse.of(200));
        assertThat(client.response().status()).isEqualTo(200);
        for (int i = 0; i < PIECES; i++) {
            server.send(piece(i));
            assertThat(client.read(3)).isEqualTo(piece(i));
        }
        assertThat(rig().proxy().history().inFlight()).hasSize(hops.isTunnel() ? 2 : 1);
        server.end();
        assertThat(whole(client).content()).isEmpty();
        assertThat(completed().outcome().bytes()).isEqualTo(3 * PIECES);
    }

    @Test
    void eachPieceOfARequestPassesAtOnce() throws IOException {
        ClientExchange client = post("/");
        OriginExchange server = taken();
        for (int i = 0; i < PIECES; i++) {
            client.send(piece(i));
            assertThat(server.read(3)).isEqualTo(piece(i));
        }
        client.end();
        assertThat(whole(server).content()).isEmpty();
        server.respondEmpty(TestResponse.of(200, "Content-Length", "0"));
        assertThat(client.response().status()).isEqualTo(200);
        whole(client);
        assertThat(completed().sizes().requestBody()).isEqualTo(3 * PIECES);
    }

    @Test
    void bothSidesMayTalkAtOnce() throws IOException {
        ClientExchange client = post("/");
        OriginExchange server = taken();
        server.respond(TestResponse.of(200));
        assertThat(client.response().status()).isEqualTo(200);
        for (int i = 0; i < PIECES; i++) {
            client.send(piece(i));
            assertThat(server.read(3)).isEqualTo(piece(i));
            server.send(piece(-i));
            assertThat(client.read(3)).isEqualTo(piece(-i));
        }
        client.end();
        assertThat(whole(server).content()).isEmpty();
        server.send(piece(100));
        server.end();
        assertThat(whole(client).content()).isEqualTo(piece(100));
        Exchange exchange = completed();
        assertThat(exchange.sizes().requestBody()).isEqualTo(3 * PIECES);
        assertThat(exchange.outcome().bytes()).isEqualTo(3 * PIECES + 3);
        assertThat(exchange.request().body().isComplete()).isTrue();
    }

    @Test
    void anUploadGoesOnBehindAWholeResponse() throws IOException {
        ClientExchange client = post("/");
        OriginExchange server = taken();
        server.respond(TestResponse.of(200, "Content-Length", "3"));
        server.send(piece(7));
        server.end();
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(whole(client).content()).isEqualTo(piece(7));
        Exchange exchange = completed();
        assertThat(exchange.request().body().isComplete()).isFalse();
        for (int i = 0; i < PIECES; i++) {
            client.send(piece(i));
            assertThat(server.read(3)).isEqualTo(piece(i));
        }
        client.end();
        assertThat(whole(server).content()).isEmpty();
        assertThat(rig().proxy().history().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 413, 503})
    void anEarlyRefusalEndsTheUpload(int status) throws IOException {
        ClientExchange client = post("/", "Content-Length", "1000000");
        client.send(piece(1));
        OriginExchange server = taken();
        assertThat(server.read(3)).isEqualTo(piece(1));
        server.respond(TestResponse.of(status, "Content-Length", "3"));
        server.send(piece(7));
        server.end();
        assertThat(client.response().status()).isEqualTo(status);
        assertThat(whole(client).content()).isEqualTo(piece(7));
        if (hops.hasStreams()) { // the origin itself can say that it wants no more, and has not
            client.send(piece(2));
            assertThat(server.read(3)).isEqualTo(piece(2));
        } else {
            cut(server);
        }
        Exchange exchange = completed();
        assertThat(exchange.request().body().isComplete()).isFalse();
        assertThat(exchange.response().orElseThrow().body().bytes()).isEqualTo(piece(7));
    }

    @Test
    void anEarlyRefusalThatIsLargeComesWhole() throws Exception {
        byte[] content = pattern(1024 * 1024);
        ClientExchange client = post("/");
        client.send(piece(1));
        OriginExchange server = taken();
        Threads.Running refusal = Threads.beside(() -> {
            server.respond(TestResponse.of(413));
            server.send(content);
            server.end();
        });
        assertThat(client.response().status()).isEqualTo(413);
        assertThat(whole(client).content()).isEqualTo(content);
        assertThat(completed().outcome().bytes()).isEqualTo(content.length);
        refusal.join();
    }
}
