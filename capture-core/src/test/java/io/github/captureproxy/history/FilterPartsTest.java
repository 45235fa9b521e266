package io.github.captureproxy.history;

import static io.github.captureproxy.history.Samples.answered;
import static io.github.captureproxy.history.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.Tunnel;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters by what stands in heads, and by how it went. */
class FilterPartsTest {
    private static final HeaderList PNG =
            HeaderList.of("Content-Type", "image/png; q=1", "Set-Cookie", "a=1", "set-cookie", "b=2");

    @Test
    void theOriginIsToldByItsSchemeAndPort() {
        assertThat(ExchangeFilter.scheme("HTTPS").matches(get("/"))).isTrue();
        assertThat(ExchangeFilter.scheme("http").matches(get("/"))).isFalse();
        assertThat(ExchangeFilter.port(8443).matches(get("/"))).isTrue();
        assertThat(ExchangeFilter.port(443).matches(get("/"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/orders/*, /orders/7, true",
        "/orders/*, /orders/7/items, false",
        "/orders/*, /orders, false",
        "/orders/**, /orders/7/items, true",
        "/*/items, /7/items?x=/y, true",
        "/a.b, /axb, false",
        "/a**z, /a/b/z, true",
        "/\\E*, /\\Ex, true",
    })
    void aPathIsLikeAPattern(String pattern, String target, boolean matches) {
        assertThat(ExchangeFilter.pathLike(pattern).matches(get(target))).isEqualTo(matches);
    }

    @Test
    void aQueryParameterIsComparedDecoded() {
        Exchange search = get("/?q=caf%C3%A9+noir&page&q=2");

        assertThat(ExchangeFilter.queryParameter("page").matches(search)).isTrue();
        assertThat(ExchangeFilter.queryParameter("pag").matches(search)).isFalse();
        assertThat(ExchangeFilter.queryParameter("q", "caf\u00e9 noir").matches(search))
                .isTrue();
        assertThat(ExchangeFilter.queryParameter("q", "2").matches(search)).isTrue();
        assertThat(ExchangeFilter.queryParameter("page", "2").matches(search)).isFalse();
        assertThat(ExchangeFilter.queryParameter("q").matches(get("/q"))).isFalse();
    }

    @Test
    void aHeaderIsThereOrHasAValueInAnyOfItsLines() {
        Exchange image = answered("/", PNG, "");

        assertThat(ExchangeFilter.responseHeader("SET-COOKIE").matches(image)).isTrue();
        assertThat(ExchangeFilter.responseHeader("Set-Cookie", "b=2").matches(image))
                .isTrue();
        assertThat(ExchangeFilter.responseHeader("Set-Cookie", "b").matches(image))
                .isFalse();
        assertThat(ExchangeFilter.responseHeaderMatches("Set-Cookie", "^b").matches(image))
                .isTrue();
        assertThat(ExchangeFilter.requestHeader("Set-Cookie").matches(image)).isFalse();
        assertThat(ExchangeFilter.responseHeader("Set-Cookie").matches(get("/")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"image/*, true", "IMAGE/PNG, true", "image/p, false", "*/png, true", "text/*, false"})
    void aContentTypeMatchesWithoutItsParameters(String type, boolean matches) {
        assertThat(ExchangeFilter.contentType(type).matches(answered("/", PNG, "")))
                .isEqualTo(matches);
        assertThat(ExchangeFilter.requestContentType(type).matches(answered("/", PNG, "")))
                .isFalse();
    }

    @Test
    void aStatusIsInAClassOrARange() {
        Exchange missing = answered("/", 404, HeaderList.empty(), CapturedBody.empty());

        assertThat(ExchangeFilter.statusClass(4).matches(missing)).isTrue();
        assertThat(ExchangeFilter.statusClass(5).matches(missing)).isFalse();
        assertThat(ExchangeFilter.statusBetween(400, 404).matches(missing)).isTrue();
        assertThat(ExchangeFilter.statusBetween(405, 499).matches(missing)).isFalse();
        assertThat(ExchangeFilter.statusBetween(100, 999).matches(get("/"))).isFalse();
    }

    @Test
    void aClientIsToldByNetworkUserAndLabel() {
        assertThat(ExchangeFilter.client("10.0.0.0/8").matches(get("/"))).isTrue();
        assertThat(ExchangeFilter.client("10.1.2.4").matches(get("/"))).isFalse();
        assertThat(ExchangeFilter.user("ann").matches(get("/"))).isTrue();
        assertThat(ExchangeFilter.user("bob").matches(get("/"))).isFalse();
        assertThat(ExchangeFilter.label("app").matches(get("/"))).isTrue();
        assertThat(ExchangeFilter.label("default").matches(get("/"))).isFalse();
    }

    @Test
    void failureTimeSizeAndTunnelAreTold() {
        Exchange slow = Exchange.builder(1, Samples.CLIENT, get("/").request())
                .timings(Instant.EPOCH, new Timings(-1, -1, -1, -1, 1, 2_000_000_000L, 1))
                .tunnel(7, Tunnel.Reason.INTERCEPTED)
                .outcome(new Outcome(Outcome.Status.TIMED_OUT, Outcome.Side.ORIGIN, 0, "slow"))
                .build();
        Exchange quick = answered("/", PNG, "1234");

        assertThat(ExchangeFilter.failed())
                .matches(filter -> filter.matches(slow))
                .matches(filter -> !filter.matches(quick));
        assertThat(ExchangeFilter.slowerThan(Duration.ofSeconds(2)).matches(slow))
                .isTrue();
        assertThat(ExchangeFilter.slowerThan(Duration.ofSeconds(3)).matches(slow))
                .isFalse();
        assertThat(ExchangeFilter.tunnelled().matches(slow)).isTrue();
        assertThat(ExchangeFilter.tunnelled().matches(quick)).isFalse();
        assertThat(ExchangeFilter.responseLargerThan(3).matches(quick)).isTrue();
        assertThat(ExchangeFilter.responseLargerThan(4).matches(quick)).isFalse();
        assertThat(ExchangeFilter.requestLargerThan(0).matches(quick)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/a, image/svg+xml, false",
        "/a.png, text/html, true",
        "/a.PNG?v=1, '', false",
        "/png, '', true",
        "/a, text/css, false",
        "/a.js, text/javascript, true",
        "/fonts/x.woff2, '', false",
    })
    void mediaIsToldByItsTypeOrElseItsExtension(String target, String type, boolean kept) {
        HeaderList headers = type.isEmpty() ? HeaderList.empty() : HeaderList.of("Content-Type", type);

        assertThat(ExchangeFilter.withoutMedia().matches(answered(target, headers, "")))
                .isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, true",
        "application/problem+json, true",
        "text/event-stream, true",
        "application/grpc+proto, true",
        "image/svg+xml, false",
        "text/html, false",
        "application/xhtml+xml, false",
    })
    void anApiCallIsToldByItsType(String type, boolean api) {
        assertThat(ExchangeFilter.apiCalls().matches(answered("/", HeaderList.of("Content-Type", type), "")))
                .isEqualTo(api);
    }

    @Test
    void aPreflightIsAnOptionsRequestThatAsksForAMethod() {
        HeaderList asks = HeaderList.of("Access-Control-Request-Method", "PUT");
        Exchange preflight = Exchange.builder(1, Samples.CLIENT, Samples.request("OPTIONS", "/", asks, ""))
                .build();
        Exchange plain = Exchange.builder(1, Samples.CLIENT, Samples.request("OPTIONS", "/", HeaderList.empty(), ""))
                .build();

        assertThat(ExchangeFilter.withoutPreflights().matches(preflight)).isFalse();
        assertThat(ExchangeFilter.withoutPreflights().matches(plain)).isTrue();
    }

    @Test
    void eachSaysInWordsWhatItLetsIn() {
        assertThat(ExchangeFilter.statusClass(5).and(ExchangeFilter.slowerThan(Duration.ofMillis(1500))))
                .hasToString("status is 5xx and took more than 1.5s");
        assertThat(ExchangeFilter.requestJsonAt("/sku", 7).or(ExchangeFilter.requestJsonAt("/sku", "7")))
                .hasToString("request JSON has /sku = 7 or request JSON has /sku = '7'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "image/", "/png", "text/html; charset=utf-8"})
    void whatIsNoContentTypeIsRefused(String type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExchangeFilter.contentType(type))
                .withMessageContaining(type);
    }

    @Test
    void argumentsThatCannotBeMeantAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExchangeFilter.scheme("ftp"))
                .withMessageContaining("ftp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExchangeFilter.port(0))
                .withMessageContaining("65535");
        assertThatIllegalArgumentException().isThrownBy(() -> ExchangeFilter.statusBetween(500, 400));
        assertThatIllegalArgumentException().isThrownBy(() -> ExchangeFilter.statusClass(404));
        assertThatIllegalArgumentException().isThrownBy(() -> ExchangeFilter.requestHeader("a: b"));
        assertThatIllegalArgumentException().isThrownBy(() -> ExchangeFilter.client("localhost"));
        assertThatIllegalArgumentException().isThrownBy(() -> ExchangeFilter.slowerThan(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> ExchangeFilter.responseLargerThan(-1));
    }
}
