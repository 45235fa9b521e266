package io.github.captureproxy.assertj;

import static io.github.captureproxy.assertj.CaptureAssertions.assertThat;
import static io.github.captureproxy.history.ExchangeFilter.method;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import io.github.captureproxy.exchange.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ExchangeAssertTest {
    private static final String ORDER = """
            {"sku": 7, "price": 1.50, "items": [{"a/b": "x"}, null], "gift": false}""";

    private static final Exchange CALL = exchange(CapturedBody.of(ORDER.getBytes(UTF_8)));

    private static Exchange exchange(CapturedBody body) {
        CapturedRequest request = new CapturedRequest(
                "POST",
                "/orders?token=secret",
                "HTTP/1.1",
                new HttpOrigin("http", "shop.example", 80),
                HeaderList.of("Accept", "a", "accept", "b", "X-One", "1"),
                body,
                HeaderList.empty());
        ClientInfo client = new ClientInfo(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), 1, "default", Optional.empty());
        return Exchange.builder(1, client, request)
                .response(new CapturedResponse(
                        201,
                        "Created",
                        "HTTP/1.1",
                        HeaderList.of("Location", "/orders/7"),
                        CapturedBody.of("{\"id\":1}".getBytes(UTF_8)),
                        HeaderList.empty()))
                .build();
    }

    private static String message(ThrowingCallable failing) {
        Throwable thrown = catchThrowable(failing);
        assertThat(thrown).isInstanceOf(AssertionError.class);
        return thrown.getMessage();
    }

    @Test
    void whatHoldsPasses() {
        assertThat(CALL)
                .fits(method("POST").and(path("/orders")))
                .hasMethod("POST")
                .hasUrl("http://shop.example/orders?token=secret")
                .hasPath("/orders")
                .hasStatus(201)
                .hasOutcome(Outcome.Status.COMPLETED)
                .hasRequestHeader("accept")
                .hasRequestHeader("ACCEPT", "b")
                .hasNoRequestHeader("cookie")
                .hasResponseHeader("location")
                .hasResponseHeader("location", "/orders/7")
                .hasNoResponseHeader("set-cookie")
                .hasRequestText(ORDER)
                .hasRequestJson("{\"gift\":false,\"items\":[{\"a/b\":\"x\"},null],\"price\":15e-1,\"sku\":7.0}")
                .hasRequestJsonAt("/items/0/a~1b", "x")
                .hasRequestJsonAt("/items/1", null)
                .hasRequestJsonAt("/price", 1.5)
                .hasResponseText("{\"id\":1}")
                .hasResponseJson("{\"id\": 1}")
                .hasResponseJsonAt("/id", 1);
    }

    @Test
    void whatDoesNotHoldIsSaidInFull() {
        assertThat(message(() -> assertThat(CALL).as("the order").hasStatus(200)))
                .startsWith("[the order] #1 POST http://shop.example/orders?... -> 201 8 B 0 ms")
                .endsWith("the status: expected 200, but was 201")
                .doesNotContain("secret");
        assertThat(message(() -> assertThat(CALL).fits(method("GET").and(path("/orders")))))
                .endsWith("it is not so that method is GET");
        assertThat(message(() -> assertThat(CALL).hasRequestHeader("X-Two")))
                .endsWith("the request has no field X-Two; it has Accept, accept, X-One");
        assertThat(message(() -> assertThat(CALL).hasRequestHeader("accept", "c")))
                .endsWith("the request's field accept: expected c, but was a and b");
        assertThat(message(() -> assertThat(CALL).hasNoResponseHeader("location")))
                .endsWith("the response has a field location: /orders/7");
        assertThat(message(() -> assertThat(CALL).hasResponseText("100%")))
                .endsWith("the response's body: expected 100%, but was {\"id\":1}");
    }

    @Test
    void otherJsonIsShownPlaceByPlace() {
        assertThat(message(() -> assertThat(CALL)
                        .hasRequestJson("{\"sku\": 8, \"items\": [{\"a/b\": 1}], \"price\": 100, \"x\": []}")))
                .endsWith("""
                        the request's body is other JSON:
                            at /sku: expected 8, but was 7
                            at /items/0/a~1b: expected 1, but was "x"
                            at /items/1: not expected, but was null
                            at /price: expected 100, but was 1.5
                            at /x: expected [], but it is missing
                            at /gift: not expected, but was false""");
        assertThat(message(() -> assertThat(CALL).hasRequestJson("[]")))
                .contains("at the top: expected [], but was {\"sku\":7,");
        assertThat(message(() -> assertThat(CALL).hasRequestJsonAt("/sku", "7")))
                .endsWith("the request's body at /sku: expected \"7\", but was 7");
        assertThat(message(() -> assertThat(CALL).hasRequestJsonAt("/none", 1)))
                .contains("the request's body has nothing at /none: it is {\"sku\":7,");
    }

    @Test
    void aBodyThatIsNoJsonIsShown() {
        assertThat(message(() -> assertThat(exchange(CapturedBody.of("<html>".getBytes(UTF_8))))
                        .hasRequestJson("{}")))
                .contains("the request's body is no JSON: ", "; it is '<html>'");
        assertThat(message(() -> assertThat(exchange(cut())).hasRequestJson("{\"sku\":7}")))
                .contains("the request's body is no JSON (of 9 bytes, 5 were captured): ", "; it is '{\"sku'");
    }

    private static CapturedBody cut() {
        return CapturedBody.of(CapturedBody.inMemory("{\"sku".getBytes(UTF_8)), 9, true, null, HeaderList.empty());
    }

    @Test
    void expectationsThatCannotBeAreNoFailures() {
        assertThatThrownBy(() -> assertThat(CALL).hasRequestJson("{"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("what is expected is no JSON: ");
        assertThatThrownBy(() -> assertThat(CALL).hasRequestJsonAt("sku", 7))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assertThat(CALL).hasRequestJsonAt("/sku", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anExchangeWithoutAResponseHasNoStatus() {
        Exchange silent = Exchange.builder(2, CALL.client(), CALL.request()).build();

        assertThat(message(() -> assertThat(silent).hasStatus(200))).endsWith("there is no response");
        assertThat(message(() -> assertThat((Exchange) null).hasStatus(200))).contains("not to be null");
    }
}
