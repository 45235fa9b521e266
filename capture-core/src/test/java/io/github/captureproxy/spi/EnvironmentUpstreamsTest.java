package io.github.captureproxy.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.exchange.HttpOrigin;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment's variables say, read as curl reads them. */
class EnvironmentUpstreamsTest {
    private static Optional<String> pick(Map<String, String> variables, String scheme, String host, int port) {
        return UpstreamSelector.environment(variables)
                .select(new HttpOrigin(scheme, host, port))
                .map(UpstreamProxy::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "http_proxy, http, p:1",
        "HTTP_PROXY, http, p:1",
        "http_proxy, https, ",
        "https_proxy, https, p:1",
        "HTTPS_PROXY, https, p:1",
        "HTTPS_PROXY, http, ",
        "all_proxy, http, p:1",
        "ALL_PROXY, https, p:1"
    })
    void picksByTheTargetsScheme(String variable, String scheme, String picked) {
        assertThat(pick(Map.of(variable, "http://p:1"), scheme, "host.test", 1)).isEqualTo(Optional.ofNullable(picked));
    }

    @Test
    void prefersLowerCaseAndTheSpecialOverTheGeneral() {
        assertThat(pick(Map.of("http_proxy", "p:1", "HTTP_PROXY", "p:2", "all_proxy", "p:3"), "http", "host.test", 80))
                .contains("p:1");
        assertThat(pick(Map.of("http_proxy", " ", "all_proxy", "p:3"), "http", "host.test", 80))
                .contains("p:3");
    }

    @Test
    void distrustsUpperCaseHttpProxyInACgiProgram() {
        assertThat(pick(Map.of("HTTP_PROXY", "p:1", "REQUEST_METHOD", "GET"), "http", "host.test", 80))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "*, host.test, 80, false",
        "'', host.test, 80, true",
        "host.test, host.test, 80, false",
        "host.test, HOST.test, 80, false",
        "host.test, sub.host.test, 80, false",
        ".host.test, sub.host.test, 80, false",
        ".host.test, host.test, 80, false",
        "*.host.test, sub.host.test, 80, false",
        "host.test, nothost.test, 80, true",
        "host.test, host.test.other, 80, true",
        "'a.test, host.test', host.test, 80, false",
        "a.test host.test, host.test, 80, false",
        "host.test:8080, host.test, 8080, false",
        "host.test:8080, host.test, 80, true",
        "10.0.0.0/8, 10.1.2.3, 80, false",
        "10.0.0.0/8, 11.1.2.3, 80, true",
        "10.1.2.3, 10.1.2.3, 80, false",
        "10.0.0.0/8, ten.test, 80, true",
        "fd00::/8, fd12::1, 80, false",
        "fd00::/8, fe80::1, 80, true",
        "::1, ::1, 80, false",
        "[::1]:8080, ::1, 8080, false",
        "[::1]:8080, ::1, 80, true",
        "10.0.0.0/99, 10.1.2.3, 80, true"
    })
    void leavesOutWhatNoProxyLists(String list, String host, int port, boolean proxied) {
        assertThat(pick(Map.of("http_proxy", "p:1", "no_proxy", list), "http", host, port)
                        .isPresent())
                .isEqualTo(proxied);
        assertThat(pick(Map.of("http_proxy", "p:1", "NO_PROXY", list), "http", host, port)
                        .isPresent())
                .isEqualTo(proxied);
    }

    @Test
    void readsUserAndPassword() {
        UpstreamProxy proxy = UpstreamSelector.environment(Map.of("https_proxy", "http://us%40er:p%3a:w@[::1]:3128/"))
                .select(new HttpOrigin("https", "host.test", 443))
                .orElseThrow();
        assertThat(proxy.user()).contains("us@er");
        assertThat(proxy.password()).isEqualTo("p::w");
        assertThat(proxy.host()).isEqualTo("::1");
        assertThat(proxy.port()).isEqualTo(3128);
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://u:s3cret@p:1", "https://u:s3cret@p:1", "http://u:s3cret@p:0", "http://u:s3cret@"})
    void refusesWhatIsNoHttpProxyAndNamesTheVariable(String value) {
        assertThatThrownBy(() -> UpstreamSelector.environment(Map.of("all_proxy", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("all_proxy")
                .hasMessageNotContaining("s3cret");
    }
}
