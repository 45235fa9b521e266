package io.github.captureproxy.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A test waits for traffic to cease. */
class AwaitIdleTest extends ProxyTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void aProxyThatIsNotUsedIsIdle() throws Exception {
        CaptureProxy proxy = start();

        proxy.awaitIdle(Duration.ofMillis(1), LONG);

        assertThat(proxy.history().isEmpty()).isTrue();
    }

    @Test
    void aCallThatIsUnderWayIsWaitedFor() throws Exception {
        CaptureProxy proxy = start();
        connect(proxy).send(Script.get(origin, "/slow"));
        RawSocket server = accept();
        server.readHead();
        FutureTask<Integer> waiting = new FutureTask<>(() -> {
            proxy.awaitIdle(Duration.ofMillis(1), LONG);
            return proxy.history().size();
        });
        Thread thread = new Thread(waiting);
        thread.start();
        Eventually.holds("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);

        server.send(Script.ok("", ""));

        assertThat(waiting.get()).isEqualTo(1);
    }

    @Test
    void aCallThatPassesUnseenIsWaitedForToo() throws Exception {
        CaptureProxy proxy = start(builder().startPaused());
        connect(proxy).send(Script.get(origin, "/slow"));
        RawSocket server = accept();
        server.readHead();
        FutureTask<Boolean> waiting = new FutureTask<>(() -> {
            proxy.awaitIdle(Duration.ZERO, LONG);
            return true;
        });
        Thread thread = new Thread(waiting);
        thread.start();
        Eventually.holds("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);

        server.send(Script.ok("", ""));

        assertThat(waiting.get()).isTrue();
    }

    @Test
    void whatIsStillUnderWayIsNamedWhereTimeRunsOut() throws IOException {
        CaptureProxy proxy = start();
        connect(proxy).send(Script.get(origin, "/hangs?token=secret"));
        accept().readHead();

        assertThatThrownBy(() -> proxy.awaitIdle(Duration.ofMillis(1), Duration.ofMillis(20)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContainingAll("within PT0.02S", "in flight: 1", "/hangs", "RESPONSE_HEAD")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aTunnelThatIsKeptOpenIsIdle() throws Exception {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy)
                .send("CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
        client.readHead();

        proxy.awaitIdle(Duration.ofMillis(1), LONG);

        assertThat(proxy.history().inFlight()).hasSize(1);
    }

    @Test
    void anExchangeThatIsRecordedIsNoLongerInFlight() throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy).send(Script.get(origin, "/"));
        RawSocket server = accept();
        server.readHead();
        server.send(Script.ok("", "x"));
        client.readHead();
        client.read(1);

        Exchange call = proxy.history().single(any -> true);
        assertThat(proxy.history().inFlight()).noneMatch(in -> in.id() == call.id());
    }

    @Test
    void aQuietTimeThatCannotBeIsRefused() {
        CaptureProxy proxy = start();

        assertThatThrownBy(() -> proxy.awaitIdle(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("awaitIdle for PT2S within PT1S can't be: give a quiet time from zero up to the timeout");
        assertThatThrownBy(() -> proxy.awaitIdle(Duration.ofSeconds(-2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
