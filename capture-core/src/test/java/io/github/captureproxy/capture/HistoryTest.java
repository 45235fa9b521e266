package io.github.captureproxy.capture;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static io.github.captureproxy.history.ExchangeFilter.method;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static io.github.captureproxy.history.ExchangeFilter.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.history.UnexpectedHistoryException;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** History of what went through a proxy: what it keeps, and how it answers. */
class HistoryTest extends ProxyTest {
    @Test
    void theOldestGoesPastTheNumber() throws IOException {
        CaptureProxy proxy = start(builder().history(new HistoryLimits(3, 1L << 30, Optional.empty(), 10)));
        passMany(proxy, 5);

        assertThat(proxy.history().snapshot())
                .extracting(it -> it.request().path())
                .containsExactly("/3", "/4", "/5");
        assertThat(proxy.history().counts().added()).isEqualTo(5);
        assertThat(proxy.history().counts().evictedByCount()).isEqualTo(2);
    }

    @Test
    void theOldestGoPastTheBytes() throws IOException {
        CaptureProxy proxy = start(builder().history(new HistoryLimits(100, 100_000, Optional.empty(), 10)));
        for (int i = 1; i <= 5; i++) {
            pass(
                    proxy,
                    Script.get(origin, "/" + i),
                    Script.ok("", Integer.toString(i).repeat(40_000)));
        }

        assertThat(proxy.history().snapshot())
                .extracting(it -> it.request().path())
                .containsExactly("/4", "/5");
        assertThat(proxy.history().counts().evictedByBytes()).isEqualTo(3);
        assertThat(proxy.history().counts().bytesHeld()).isBetween(80_000L, 100_000L);
    }

    @Test
    void aBodyThatComesAgainCountsOnce() throws IOException {
        CaptureProxy proxy = start(builder().history(new HistoryLimits(3, 100_000, Optional.empty(), 10)));
        String page = "x".repeat(40_000);
        for (int i = 1; i <= 3; i++) {
            pass(proxy, Script.get(origin, "/" + i), Script.ok("", page));
        }

        assertThat(proxy.history().snapshot())
                .hasSize(3)
                .allSatisfy(it ->
                        assertThat(it.response().orElseThrow().body().text()).isEqualTo(page));
        assertThat(proxy.history().counts().bytesHeld()).isBetween(43_000L, 60_000L);

        for (int i = 4; i <= 6; i++) {
            pass(proxy, Script.get(origin, "/" + i), Script.ok("", Integer.toString(i)));
        }
        assertThat(proxy.history().counts().bytesHeld()).isBetween(3_000L, 20_000L);
    }

    @Test
    void whatIsTooOldGoes() throws IOException {
        CaptureProxy proxy =
                start(builder().history(new HistoryLimits(100, 1 << 30, Optional.of(Duration.ofNanos(1)), 10)));
        Script.run(proxy, origin, Script.get(origin, "/"), Script.ok("", ""));

        assertThat(proxy.history().snapshot()).isEmpty();
        assertThat(proxy.history().counts().evictedByAge()).isEqualTo(1);
        assertThat(proxy.counts().exchanges()).isEqualTo(1);
    }

    @Test
    void singleGivesTheOneThatMatches() throws IOException {
        CaptureProxy proxy = start();
        passMany(proxy, 3);

        Exchange found = proxy.history().single(method("GET").and(path("/2")).and(status(200)));

        assertThat(found.request().path()).isEqualTo("/2");
    }

    @Test
    void singleShowsWhatWasCapturedWhereNothingMatches() throws IOException {
        CaptureProxy proxy = start();
        passMany(proxy, 2);
        RawSocket hanging = connect(proxy).send(Script.get(origin, "/hangs"));
        accept().readHead();

        assertThatThrownBy(() -> proxy.history().single(path("/orders")))
                .isInstanceOf(UnexpectedHistoryException.class)
                .hasMessageContainingAll(
                        "no exchange matches",
                        "/orders",
                        "captured: 2",
                        "GET http://" + origin.authority() + "/1 -> 200",
                        "GET http://" + origin.authority() + "/2 -> 200",
                        "in flight: 1",
                        "/hangs",
                        "RESPONSE_HEAD");
        assertThat(hanging.socket().isClosed()).isFalse();
    }

    @Test
    void singleShowsTheNearestAndWhatDiffers() throws IOException {
        CaptureProxy proxy = start();
        passMany(proxy, 3);

        assertThatThrownBy(() ->
                        proxy.history().single(method("POST").and(path("/2")).and(status(200))))
                .hasMessageContaining("nearest:\n    #2 GET http://" + origin.authority() + "/2 -> 200")
                .hasMessageContaining("where not: method is POST\n")
                .hasMessageContaining("where not: method is POST; path is /2\n");
    }

    @Test
    void aPartThatCountsOnThoseBeforeItDoesNotSpoilTheMessage() throws IOException {
        CaptureProxy proxy = start();
        passMany(proxy, 1);

        assertThatThrownBy(() -> proxy.history()
                        .single(status(201).and(method("GET")).and(exchange -> {
                            throw new IllegalStateException("asked without need");
                        })))
                .isInstanceOf(UnexpectedHistoryException.class)
                .hasMessageContaining("where not: status is 201; a custom filter\n");
    }

    @Test
    void singleSaysHowManyMatchWhereTooManyDo() throws IOException {
        CaptureProxy proxy = start();
        passMany(proxy, 3);

        assertThatThrownBy(() -> proxy.history().single(method("GET")))
                .isInstanceOf(UnexpectedHistoryException.class)
                .hasMessageContainingAll("expected one exchange, but 3 match", "/1", "/2", "/3");
    }

    @Test
    void awaitIsWokenByTheExchangeThatItWaitsFor() throws Exception {
        CaptureProxy proxy = start();
        CountDownLatch looking = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Exchange> awaited = threads.submit(() -> proxy.history()
                    .await(
                            exchange -> {
                                looking.countDown();
                                return exchange.request().path().equals("/3");
                            },
                            Duration.ofSeconds(30)));
            pass(proxy, Script.get(origin, "/1"), Script.ok("", ""));
            assertThat(looking.await(10, TimeUnit.SECONDS)).isTrue();
            pass(proxy, Script.get(origin, "/2"), Script.ok("", ""));
            assertThat(awaited.isDone()).isFalse();
            Exchange third = pass(proxy, Script.get(origin, "/3"), Script.ok("", ""));

            assertThat(awaited.get(10, TimeUnit.SECONDS)).isSameAs(third);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void awaitGivesWhatIsThereAlready() throws Exception {
        CaptureProxy proxy = start();
        passMany(proxy, 2);

        assertThat(proxy.history().await(path("/1"), Duration.ZERO).id()).isEqualTo(1);
    }

    @Test
    void awaitShowsWhatWasCapturedWhenTimeIsUp() throws IOException {
        CaptureProxy proxy = start();
        passMany(proxy, 1);

        assertThatThrownBy(() -> proxy.history().await(path("/never"), Duration.ofMillis(10)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContainingAll("/never", "captured: 1", "/1 -> 200", "in flight: nothing");
    }

    @Test
    void awaitEndsWhenItsThreadIsInterrupted() throws Exception {
        CaptureProxy proxy = start();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<Exchange> awaited = threads.submit(() -> proxy.history().await(any(), Duration.ofMinutes(5)));
        threads.shutdownNow();

        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(awaited.isDone() || awaited.isCancelled()).isTrue();
    }

    @Test
    void clearForgetsWhatEndedAndKeepsWhatIsInFlight() throws IOException {
        CaptureProxy proxy = start();
        passMany(proxy, 2);
        RawSocket client = connect(proxy).send(Script.get(origin, "/slow"));
        RawSocket server = accept();
        server.readHead();

        proxy.history().clear();

        assertThat(proxy.history().snapshot()).isEmpty();
        assertThat(proxy.history().counts().added()).isEqualTo(2);
        assertThat(proxy.history().counts().evicted()).isZero();
        assertThat(proxy.history().counts().bytesHeld()).isZero();
        server.send(Script.ok("", ""));
        client.readToEnd();
        assertThat(proxy.history().single(any()).request().path()).isEqualTo("/slow");
    }

    @Test
    void aSnapshotDoesNotChange() throws IOException {
        CaptureProxy proxy = start();
        passMany(proxy, 1);
        var before = proxy.history().snapshot();
        passMany(proxy, 1);

        assertThat(before).hasSize(1);
        assertThatThrownBy(() -> before.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void historyIsReadableAfterTheClose() throws IOException {
        CaptureProxy proxy = start();
        pass(proxy, Script.get(origin, "/1"), Script.ok("", "text"));
        proxy.close();

        assertThat(proxy.history().single(any()).response().orElseThrow().body().text())
                .isEqualTo("text");
    }

    private void passMany(CaptureProxy proxy, int count) throws IOException {
        for (int i = 1; i <= count; i++) {
            pass(proxy, Script.get(origin, "/" + i), Script.ok("", ""));
        }
    }
}
