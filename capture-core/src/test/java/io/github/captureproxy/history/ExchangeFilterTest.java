package io.github.captureproxy.history;

import static io.github.captureproxy.history.ExchangeFilter.method;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static io.github.captureproxy.history.ExchangeFilter.status;
import static io.github.captureproxy.history.ExchangeFilter.urlContains;
import static io.github.captureproxy.history.ExchangeFilter.urlDoesNotContain;
import static io.github.captureproxy.history.ExchangeFilter.urlMatches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExchangeFilterTest {
    private static final Exchange ORDERS = exchange("/orders?page=2");
    private static final Exchange DEBUG = exchange("/debug/orders");

    @Test
    void aUrlContainsATextAnywhere() {
        assertThat(urlContains("shop.example/orders?page").matches(ORDERS)).isTrue();
        assertThat(urlContains("shop.example/orders?page").matches(DEBUG)).isFalse();
    }

    @Test
    void aUrlDoesNotContainAText() {
        assertThat(urlDoesNotContain("debug").matches(ORDERS)).isTrue();
        assertThat(urlDoesNotContain("debug").matches(DEBUG)).isFalse();
    }

    @Test
    void aUrlMatchesARegularExpressionUnlessItIsAnchored() {
        assertThat(urlMatches("page=[0-9]$").matches(ORDERS)).isTrue();
        assertThat(urlMatches("^orders").matches(ORDERS)).isFalse();
    }

    @Test
    void aBrokenRegularExpressionIsRefusedAtOnce() {
        assertThatThrownBy(() -> urlMatches("a(b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a(b");
    }

    @Test
    void aFilterSaysInWordsWhatItLetsIn() {
        ExchangeFilter second = ((ExchangeFilter) exchange -> exchange.id() == 2).describedAs("is the second");

        assertThat(method("POST").and(second)).asString().containsSubsequence("method is POST", "is the second");
    }

    private static Exchange exchange(String target) {
        CapturedRequest request = new CapturedRequest(
                "GET",
                target,
                "HTTP/1.1",
                new HttpOrigin("http", "shop.example", 80),
                HeaderList.empty(),
                CapturedBody.empty(),
                HeaderList.empty());
        ClientInfo client =
                new ClientInfo(InetSocketAddress.createUnresolved("client", 1), 1, "default", Optional.empty());
        return Exchange.builder(1, client, request).build();
    }

    @Test
    void tellsThePartsThatAllMustHold() {
        ExchangeFilter post = method("POST");
        ExchangeFilter either = path("/a").or(path("/b"));
        ExchangeFilter failed = status(500);

        assertThat(post.and(either.and(failed)).parts()).containsExactly(post, either, failed);
        assertThat(either.parts()).containsExactly(either);
        assertThat(post.and(failed).describedAs("a failed post").parts()).hasSize(1);
    }
}
