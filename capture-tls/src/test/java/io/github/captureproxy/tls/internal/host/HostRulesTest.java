package io.github.captureproxy.tls.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostRulesTest {

    private static List<HostPattern> patterns(String... texts) {
        return Arrays.stream(texts).map(HostPattern::parse).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com, www.example.com",
        "WWW.Example.COM, www.example.com",
        "www.example.com., www.example.com",
        "bücher.example, xn--bcher-kva.example",
        "localhost, localhost",
        "my_host.example, my_host.example",
        "*.example.com, www.example.com",
        "*.example.com, a.b.example.com",
        "*.bücher.example, www.xn--bcher-kva.example",
        "192.0.2.1, 192.0.2.1",
        "192.0.2.0/24, 192.0.2.77",
        "0.0.0.0/0, 10.1.2.3",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
        "2001:db8::/32, 2001:db8:1:2:3:4:5:6",
        "::ffff:192.0.2.1, 192.0.2.1"
    })
    void aRuleMatches(String rule, String host) {
        assertThat(HostPattern.parse(rule).matches(HostName.normalized(host))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com, example.com",
        "example.com, www.example.com",
        "*.example.com, example.com",
        "*.example.com, notexample.com",
        "*.example.com, www.example.com.evil.test",
        "192.0.2.0/24, 192.0.3.1",
        "192.0.2.0/24, 192.0.2.1.example",
        "0.0.0.0/0, 2001:db8:0:0:0:0:0:1",
        "10.0.0.0/8, www.example.com"
    })
    void aRuleDoesNotMatch(String rule, String host) {
        assertThat(HostPattern.parse(rule).matches(HostName.normalized(host))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.",
                "*.*.example.com",
                "w*.example.com",
                "https://www.example.com/",
                "www.example.com:443",
                "a..b",
                "192.0.2.0/33",
                "192.0.2.300",
                "example.com/24",
                "a b"
            })
    void aMalformedRuleIsAnErrorThatSaysWhatToWrite(String rule) {
        assertThatThrownBy(() -> HostPattern.parse(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write a");
    }

    @Test
    void aPassThroughRuleNamesItself() {
        HostRules rules = new HostRules(patterns("*.bank.example"), List.of());
        assertThat(rules.passes("www.bank.example", "192.0.2.1"))
                .hasValueSatisfying(words -> assertThat(words).contains("*.bank.example"));
    }

    @Test
    void aRuleMatchesNameOrTarget() {
        HostRules rules = new HostRules(patterns("10.0.0.0/8"), List.of());
        assertThat(rules.passes("www.example.com", "10.1.2.3")).isPresent();
        assertThat(rules.passes("10.1.2.3", "proxy.example")).isPresent();
        assertThat(rules.passes("www.example.com", "proxy.example")).isEmpty();
    }

    @Test
    void withHostsToInterceptOnlyAllOthersPass() {
        HostRules rules = new HostRules(List.of(), patterns("api.example.com"));
        assertThat(rules.passes("api.example.com", "192.0.2.1")).isEmpty();
        assertThat(rules.passes("other.example.com", "api.example.com")).isEmpty();
        assertThat(rules.passes("other.example.com", "192.0.2.1")).isPresent();
    }

    @Test
    void whatIsToPassWinsOverWhatAloneIsToBeIntercepted() {
        HostRules rules = new HostRules(patterns("login.example.com"), patterns("*.example.com"));
        assertThat(rules.passes("login.example.com", "192.0.2.1")).isPresent();
    }

    @Test
    void withoutRulesNothingPasses() {
        assertThat(new HostRules(List.of(), List.of()).passes("a.example", "b.example"))
                .isEmpty();
    }
}
