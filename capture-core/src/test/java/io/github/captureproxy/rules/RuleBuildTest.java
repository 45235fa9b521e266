package io.github.captureproxy.rules;

import static io.github.captureproxy.rules.RequestMatcher.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleBuildTest {
    private static final TrafficRule RULE = TrafficRule.on(any()).named("r");

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-More: 1", "a\nb", "a\rb", "a\0b", "a\u007fb", "ä\u0100"})
    void aValueThatCouldStartAnotherLineIsRefused(String value) {
        assertThatThrownBy(() -> Answer.of(200).header("X-A", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the value of the header \"X-A\" has U+");
        assertThatThrownBy(() -> RULE.setRequestHeader("X-A", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RULE.addRequestHeader("X-A", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RULE.setResponseHeader("X-A", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RULE.addResponseHeader("X-A", value)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X A", "X:A", "X\r\nA", "Ä"})
    void aNameThatIsNoTokenIsRefused(String name) {
        assertThatThrownBy(() -> Answer.of(200).header(name, "v")).hasMessageContaining("is no token");
        assertThatThrownBy(() -> RULE.removeRequestHeader(name)).hasMessageContaining("is no token");
        assertThatThrownBy(() -> RULE.requestMethod(name)).hasMessageContaining("is no token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length",
                "Transfer-Encoding",
                "Connection",
                "Keep-Alive",
                "Proxy-Connection",
                "TE",
                "Trailer",
                "Upgrade",
                "HTTP2-Settings"
            })
    void whatDelimitsMessagesIsLeftToTheProxy(String name) {
        assertThatThrownBy(() -> Answer.of(200).header(name, "1")).hasMessageContaining("the proxy writes it itself");
        assertThatThrownBy(() -> RULE.setRequestHeader(name, "1")).hasMessageContaining("the proxy writes it itself");
        assertThatThrownBy(() -> RULE.removeResponseHeader(name)).hasMessageContaining("the proxy writes it itself");
    }

    @Test
    void hostFollowsFromWhereARequestGoes() {
        assertThatThrownBy(() -> RULE.setRequestHeader("host", "other")).hasMessageContaining("use redirectTo(origin)");
        assertThat(RULE.setResponseHeader("Host", "odd but harmless").actions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-slash", "/with space", "/a\r\nb", "/ä", "/a#b", "http://host/"})
    void aTargetThatCannotStandInARequestLineIsRefused(String target) {
        assertThatThrownBy(() -> RULE.requestTarget(target)).hasMessageStartingWith("the target");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a/path", "http://a?q", "http://u@a", "//a", "a", "http:a", "ftp://a"})
    void whatIsNoOriginIsRefused(String origin) {
        assertThatThrownBy(() -> RULE.redirectTo(URI.create(origin)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("redirectTo is " + origin);
    }

    @Test
    void anSslContextGoesWithHttps() throws Exception {
        SSLContext context = SSLContext.getDefault();
        assertThatThrownBy(() -> RULE.redirectTo(URI.create("http://a"), context))
                .hasMessageContaining("give an https origin");
        assertThat(RULE.redirectTo(URI.create("https://a")).actions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 100, 101, 199, 600, 1000})
    void aStatusThatIsNotFinalIsRefused(int status) {
        assertThatThrownBy(() -> Answer.of(status)).hasMessageContaining("give a final one");
        assertThatThrownBy(() -> RULE.responseStatus(status)).hasMessageContaining("give a final one");
    }

    @Test
    void aBodyDoesNotGoWithAStatusThatHasNone() {
        assertThatThrownBy(() -> RULE.responseStatus(204)).hasMessageContaining("use answer(204)");
        assertThatThrownBy(() -> RULE.responseStatus(304)).hasMessageContaining("use answer(304)");
    }

    @Test
    void timesAndRatesAreMoreThanNothing() {
        assertThatThrownBy(() -> RULE.delayRequest(Duration.ZERO)).hasMessageContaining("delayRequest is PT0S");
        assertThatThrownBy(() -> RULE.stall(Duration.ofMillis(-1))).hasMessageContaining("stall is");
        assertThatThrownBy(() -> RULE.throttleResponse(0)).hasMessageContaining("throttleResponse is 0");
        assertThatThrownBy(() -> RULE.cutResponseAfter(-1)).hasMessageContaining("cutResponseAfter is -1");
    }

    @Test
    void nothingFollowsWhatSettlesARequest() {
        assertThatThrownBy(() -> RULE.block().delayRequest(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the rule \"r\" settles the request already, by Block");
    }

    @Test
    void aRuleIsNamedAfterItsMatcherUnlessItIsGivenAName() {
        assertThat(TrafficRule.on(RequestMatcher.method("GET").and(RequestMatcher.path("/a"))))
                .hasToString("method GET and path /a");
        assertThat(RULE).hasToString("r");
    }

    @Test
    void anAnswersBodyIsItsOwn() {
        byte[] bytes = {1, 2};
        Answer answer = Answer.of(200).body(bytes);
        bytes[0] = 9;
        answer.body()[1] = 9;
        assertThat(answer.body()).containsExactly(1, 2);
    }
}
