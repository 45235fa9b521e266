package io.github.captureproxy.rules;

import static io.github.captureproxy.rules.RequestMatcher.any;
import static io.github.captureproxy.rules.RequestMatcher.bodyContains;
import static io.github.captureproxy.rules.RequestMatcher.header;
import static io.github.captureproxy.rules.RequestMatcher.host;
import static io.github.captureproxy.rules.RequestMatcher.method;
import static io.github.captureproxy.rules.RequestMatcher.not;
import static io.github.captureproxy.rules.RequestMatcher.path;
import static io.github.captureproxy.rules.RequestMatcher.port;
import static io.github.captureproxy.rules.RequestMatcher.query;
import static io.github.captureproxy.rules.RequestMatcher.scheme;
import static io.github.captureproxy.rules.RequestMatcher.url;
import static io.github.captureproxy.rules.RequestMatcher.where;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RequestMatcherTest {
    private static final HttpOrigin ORIGIN = new HttpOrigin("https", "api.shop.test", 8443);
    private static final CapturedRequest REQUEST = new CapturedRequest(
            "POST",
            "/orders/7?page=2&flag&x=",
            "HTTP/1.1",
            ORIGIN,
            HeaderList.of("Accept", "a", "accept", "b"),
            CapturedBody.of("{\"sku\":7}".getBytes(UTF_8)),
            HeaderList.empty());

    @Test
    void whatMatchesTheHead() {
        assertThat(List.of(
                        any(),
                        method("GET", "POST"),
                        scheme("HTTPS"),
                        host("API.shop.test"),
                        host("*.shop.test"),
                        host("*.test"),
                        port(8443),
                        path("/orders/7"),
                        path("/orders/*"),
                        path("*"),
                        header("ACCEPT"),
                        header("accept", "b"),
                        query("page=2"),
                        query("page"),
                        query("flag"),
                        query("x"),
                        method("GET").or(port(8443)),
                        not(method("GET"))))
                .allMatch(matcher -> matcher.matches(REQUEST))
                .allMatch(matcher -> matcher.matchesAtOnce(REQUEST).equals(Optional.of(true)))
                .noneMatch(RequestMatcher::needsBody);
    }

    @Test
    void whatDoesNot() {
        assertThat(List.of(
                        method("post"),
                        scheme("http"),
                        host("shop.test"),
                        host("*.api.shop.test"),
                        port(443),
                        path("/orders"),
                        path("/orders/"),
                        header("Cookie"),
                        header("accept", "c"),
                        query("pag"),
                        query("page=3"),
                        any().and(method("GET")),
                        not(any())))
                .noneMatch(matcher -> matcher.matches(REQUEST))
                .allMatch(matcher -> matcher.matchesAtOnce(REQUEST).equals(Optional.of(false)));
    }

    @Test
    void whatOnlyAProgramsCodeOrTheBodyCanTellIsNotToldAtOnce() {
        assertThat(List.of(
                        url(Pattern.compile("orders/\\d")),
                        where("always", request -> true),
                        bodyContains("sku"),
                        bodyContains("sku").and(method("POST")),
                        where("never", request -> false).or(bodyContains("7"))))
                .allMatch(matcher -> matcher.matches(REQUEST))
                .allMatch(matcher -> matcher.matchesAtOnce(REQUEST).isEmpty());
        assertThat(bodyContains("sku").and(method("GET")).matchesAtOnce(REQUEST))
                .contains(false);
        assertThat(bodyContains("no").or(method("POST")).matchesAtOnce(REQUEST)).contains(true);
        assertThat(bodyContains("sku").and(method("GET")).needsBody()).isTrue();
    }

    @Test
    void whatHoldsForAllRequestsToAnOrigin() {
        assertThat(any().matchesOrigin(ORIGIN)).contains(true);
        assertThat(host("*.test").and(scheme("https")).matchesOrigin(ORIGIN)).contains(true);
        assertThat(host("other.test").and(path("/")).matchesOrigin(ORIGIN)).contains(false);
        assertThat(not(host("other.test")).matchesOrigin(ORIGIN)).contains(true);
        assertThat(host("*.test").and(path("/")).matchesOrigin(ORIGIN)).isEmpty();
        assertThat(method("GET").matchesOrigin(ORIGIN)).isEmpty();
    }

    @Test
    void aRequestWithoutAnOriginHasNoHost() {
        CapturedRequest bare = new CapturedRequest(
                "GET", "/", "HTTP/1.1", null, HeaderList.empty(), CapturedBody.empty(), HeaderList.empty());
        assertThat(host("api.shop.test").matchesAtOnce(bare)).contains(false);
        assertThat(path("/").matches(bare)).isTrue();
    }
}
