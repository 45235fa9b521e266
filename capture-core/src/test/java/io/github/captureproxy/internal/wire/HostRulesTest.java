package io.github.captureproxy.internal.wire;

import static io.github.captureproxy.internal.wire.Wire.assertRefused;
import static io.github.captureproxy.internal.wire.Wire.request;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostRulesTest {

    private static void check(String... lines) throws MalformedMessageException {
        HostRules.check(request(lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.example",
                "A.Example",
                "a.example:80",
                "a.example:",
                "a_b",
                "127.0.0.1:65535",
                "[::1]",
                "[::1]:8080",
                "[::]",
                "[1:2:3:4:5:6:7:8]",
                "[1::8]",
                "[1::]",
                "[::ffff:192.0.2.1]",
                "[1:2:3:4:5:6:192.0.2.1]",
                "[1:2:3:4:5:6:7::]",
                "[::2:3:4:5:6:7:8]",
                "[FE80::ABCD]:1",
                "x%C3%A4.example",
                "a.example.",
                "1",
                "-",
                "a;b=c",
                "xn--bcher-kva.example"
            })
    void acceptsValidHosts(String host) {
        assertThatNoException().isThrownBy(() -> check("GET / HTTP/1.1", "Host: " + host));
        assertThatNoException().isThrownBy(() -> check("GET http://b/ HTTP/1.1", "Host: " + host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a,b",
                "a.example,",
                "user@a",
                "u:p@a",
                "a/b",
                "/a",
                "a?b",
                "a#b",
                "a\\b",
                "a:x",
                "a:80x",
                "a:80:80",
                "a:-1",
                "a:+1",
                "a:0",
                "a:65536",
                "a:000080",
                "a:99999999999",
                ":80",
                ":",
                "\u00e4.example",
                "a%",
                "a%2",
                "a%zz",
                "[",
                "[]",
                "[::1",
                "::1",
                "[::1]x",
                "[::1]]",
                "[:1]",
                "[1:]",
                "[:]",
                "[1:2]",
                "[1::2::3]",
                "[:::]",
                "[1:::2]",
                "[1:2:3:4:5:6:7:8:9]",
                "[1:2:3:4:5:6:7:8::]",
                "[::1:2:3:4:5:6:7:8]",
                "[12345::]",
                "[g::]",
                "[fe80::1%eth0]",
                "[fe80::1%25eth0]",
                "[v1.a]",
                "[::1.2.3]",
                "[::1.2.3.256]",
                "[::1.2.3.04]",
                "[::1.2.3.4.5]",
                "[::1.2.3.4:5]",
                "[1.2.3.4]",
                "[1:2:3:4:5:6:7:1.2.3.4]",
                "[::1.2.3.]",
                "[::a.2.3.4]",
                "a<b",
                "\"a\"",
                "a|b",
                "{a}",
                "http://a",
                "a\tb",
                "[::.1.2.3]",
                "[::1.2.3.4444]"
            })
    void refusesOtherHosts(String host) {
        assertRefused(400, () -> check("GET / HTTP/1.1", "Host: " + host));
        assertRefused(400, () -> check("GET http://b/ HTTP/1.0", "Host: " + host));
    }

    @Test
    void oneHostIsNeededInHttp11() {
        assertRefused(400, () -> check("GET / HTTP/1.1", "A: b"));
        assertThatNoException().isThrownBy(() -> check("GET / HTTP/1.0", "A: b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "", "A"})
    void moreThanOneIsRefused(String second) {
        assertRefused(400, () -> check("GET / HTTP/1.1", "Host: a", "X: y", "hOST: " + second));
        assertRefused(400, () -> check("GET / HTTP/1.0", "Host: a", "Host: " + second));
    }

    @Test
    void anEmptyHostNeedsATargetWithoutAuthority() {
        assertThatNoException().isThrownBy(() -> check("GET / HTTP/1.1", "Host:"));
        assertThatNoException().isThrownBy(() -> check("OPTIONS * HTTP/1.1", "Host:  "));
        assertRefused(400, () -> check("GET http://a/ HTTP/1.1", "Host:"));
        assertRefused(400, () -> check("CONNECT a:443 HTTP/1.1", "Host: "));
    }
}
