package io.github.captureproxy.assertj;

import static io.github.captureproxy.assertj.CaptureAssertions.assertThat;
import static io.github.captureproxy.history.ExchangeFilter.any;
import static io.github.captureproxy.history.ExchangeFilter.method;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static io.github.captureproxy.history.ExchangeFilter.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.history.History;
import io.github.captureproxy.history.HistoryLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HistoryAssertTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final History history = History.withLimits(HistoryLimits.defaults());

    private void add(long id, String method, String path, int status) {
        CapturedRequest request = new CapturedRequest(
                method,
                path,
                "HTTP/1.1",
                new HttpOrigin("http", "shop.example", 80),
                HeaderList.empty(),
                CapturedBody.empty(),
                HeaderList.empty());
        ClientInfo client = new ClientInfo(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), 1, "default", Optional.empty());
        history.add(Exchange.builder(id, client, request)
                .response(new CapturedResponse(
                        status, "", "HTTP/1.1", HeaderList.empty(), CapturedBody.empty(), HeaderList.empty()))
                .build());
    }

    @Test
    void countsHold() {
        add(1, "GET", "/a", 200);
        add(2, "GET", "/a", 200);

        assertThat(history)
                .hasExchange(path("/a"))
                .exactly(2, path("/a"))
                .atLeast(1, path("/a"))
                .atMost(2, path("/a"))
                .never(path("/b"))
                .hasSize(2);
    }

    @Test
    void aCountThatDoesNotHoldShowsTheNearestAndWhatDiffers() {
        add(1, "GET", "/orders?token=secret", 200);
        add(2, "GET", "/other", 200);

        assertThatThrownBy(() -> assertThat(history)
                        .as("placing an order")
                        .exactly(1, method("POST").and(path("/orders"))))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "[placing an order] expected one exchange, but none matches: "
                                + "method is POST and path is /orders\n  nearest:\n    #1 GET http://shop.example/orders?... -> 200")
                .hasMessageContaining("\n      where not: method is POST\n  captured: 2, newest first\n")
                .hasMessageContaining("in flight: nothing")
                .hasMessageContaining("tunnels: nothing")
                .hasMessageContaining("let go by limits: 0 of 2 exchanges")
                .hasMessageNotContaining("secret");
    }

    @Test
    void eachCountSaysWhatWasExpected() {
        add(1, "GET", "/a", 200);

        assertThat(message(() -> assertThat(history).hasExchange(path("/b"))))
                .startsWith("expected at least one exchange, but none matches: path is /b");
        assertThat(message(() -> assertThat(history).atLeast(2, path("/a"))))
                .startsWith("expected at least 2 exchanges, but 1 matches: path is /a");
        assertThat(message(() -> assertThat(history).atMost(0, path("/a"))))
                .startsWith("expected at most no exchange, but 1 matches: path is /a");
        assertThat(message(() -> assertThat(history).never(path("/a"))))
                .startsWith("expected no exchange, but 1 matches: path is /a");
        assertThat(message(() -> assertThat(history).hasSize(3))).startsWith("expected 3 exchanges, but there are 1\n");
        assertThat(message(() -> assertThat(history).isEmpty())).startsWith("expected no exchange, but there are 1\n");
        assertThat(message(() -> assertThat((History) null).isEmpty())).contains("not to be null");
    }

    private static String message(ThrowingCallable failing) {
        return catchThrowable(failing).getMessage();
    }

    @Test
    void orderIsThatInWhichRequestsCameIn() {
        add(2, "POST", "/second", 200);
        add(1, "POST", "/first", 200);
        add(3, "GET", "/between", 200);
        add(4, "POST", "/third", 200);

        assertThat(history).inOrder(path("/first"), path("/second"), path("/third"));
        assertThat(message(() -> assertThat(history).inOrder(path("/first"), path("/third"), path("/second"))))
                .startsWith("after\n    #1 POST http://shop.example/first -> 200")
                .contains("\n    #4 POST http://shop.example/third -> 200")
                .contains("\nno exchange matches: path is /second\n");
        assertThat(message(() -> assertThat(history).inOrder(path("/first"), path("/first"))))
                .contains("no exchange matches: path is /first\n");
        assertThatThrownBy(() -> assertThat(history).inOrder(any())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theOneThatMatchesIsAssertedOn() {
        add(1, "GET", "/a", 204);
        add(2, "GET", "/b", 200);

        assertThat(history).single(path("/a")).hasStatus(204).hasMethod("GET");
        assertThat(message(() ->
                        assertThat(history).as("the call").single(path("/a")).hasStatus(200)))
                .startsWith("[the call] #1 GET http://shop.example/a -> 204")
                .contains("the status: expected 200, but was 204");
        assertThat(message(() -> assertThat(history).single(method("GET"))))
                .startsWith("expected one exchange, but 2 match: method is GET");
    }

    @Test
    void oneIsWaitedFor() throws InterruptedException {
        Thread app = new Thread(() -> add(1, "GET", "/late", 200));
        app.start();

        assertThat(history).await(path("/late"), LONG).hasStatus(200);
        app.join();
    }

    @Test
    void oneThatDoesNotComeIsAFailedAssertion() {
        assertThatThrownBy(() -> assertThat(history).as("the call").await(path("/never"), Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("[the call] after PT0S no exchange matches: path is /never");
    }

    @Test
    void quietIsWaitedFor() {
        assertThat(history).awaitIdle(Duration.ofMillis(1), LONG).isEmpty();
    }

    @Test
    void anInterruptIsKept() {
        Thread.currentThread().interrupt();

        Throwable thrown = catchThrowable(() -> assertThat(history).await(path("/never"), LONG));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(AssertionError.class).hasMessageContaining("interrupted");
    }

    @Test
    void softAssertionsReportAllFailuresTogether() {
        add(1, "GET", "/a", 200);
        CaptureSoftAssertions softly = new CaptureSoftAssertions();

        softly.assertThat(history).never(path("/a")).exactly(1, path("/b"));
        softly.assertThat(history.single(path("/a"))).hasStatus(500).fits(status(200));

        assertThat(softly.errorsCollected()).hasSize(3);
    }
}
