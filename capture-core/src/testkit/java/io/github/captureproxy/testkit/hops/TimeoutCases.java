package io.github.captureproxy.testkit.hops;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whoever keeps the other side waiting for too long is named, and the other side sees that nothing more will come. */
public abstract class TimeoutCases extends HopsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final byte[] PART = {1, 2, 3};

    protected TimeoutCases(Hops hops) {
        super(hops);
    }

    @Test
    void aResponseThatDoesNotBegin() throws Exception {
        restart(options -> options.firstByteTimeout(SHORT));
        ClientExchange client = get("/");
        OriginExchange server = taken();
        assertThat(client.response().status()).isEqualTo(504);
        whole(client);
        server.awaitAbort();
        assertTimedOut(Side.ORIGIN);
    }

    private Exchange assertTimedOut(Side side) {
        Exchange exchange = recorded();
        assertThat(exchange.outcome().status()).isEqualTo(Status.TIMED_OUT);
        assertThat(exchange.outcome().side()).isEqualTo(side);
        assertHops(exchange);
        return exchange;
    }

    @Test
    void aResponseThatDoesNotGoOn() throws Exception {
        restart(options -> options.transferTimeout(SHORT));
        ClientExchange client = get("/");
        OriginExchange server = taken();
        server.respond(TestResponse.of(200));
        server.send(PART);
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(cut(client).content()).isEqualTo(PART);
        server.awaitAbort();
        assertThat(assertTimedOut(Side.ORIGIN).outcome().bytes()).isEqualTo(3);
    }

    @Test
    void aRequestThatDoesNotGoOn() throws Exception {
        restart(options -> options.transferTimeout(SHORT));
        ClientExchange client = post("/");
        client.send(PART);
        OriginExchange server = taken();
        assertThat(server.read(3)).isEqualTo(PART);
        cut(server);
        assertThat(client.response().status()).isEqualTo(408);
        whole(client);
        assertThat(assertTimedOut(Side.CLIENT).request().body().bytes()).isEqualTo(PART);
    }
}
