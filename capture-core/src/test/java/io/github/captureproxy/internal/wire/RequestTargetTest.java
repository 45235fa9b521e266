package io.github.captureproxy.internal.wire;

import static io.github.captureproxy.internal.wire.Wire.assertRefused;
import static io.github.captureproxy.internal.wire.Wire.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.internal.wire.RequestTarget.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    private static RequestTarget parse(String method, String target) throws MalformedMessageException {
        return RequestTarget.parse(request(method + " " + target + " HTTP/1.1"));
    }

    private static String path(String method, String target) throws MalformedMessageException {
        RequestHead head = request(method + " " + target + " HTTP/1.1");
        RequestTarget parsed = RequestTarget.parse(head);
        return parsed.pathPrefix() + Ascii.string(head.bytes(), parsed.pathStart(), parsed.pathEnd());
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example/p,http,a.example,80,false,a.example",
        "HTTP://A.Example:8080/p,http,a.example,8080,true,A.Example:8080",
        "https://a/,https,a,443,false,a",
        "ws://a/,ws,a,80,false,a",
        "WsS://a:1/,wss,a,1,true,a:1",
        "http://[::1]:81/,http,::1,81,true,[::1]:81",
        "http://[2001:DB8::1],http,2001:db8::1,80,false,[2001:DB8::1]",
        "http://a:/x,http,a,80,false,a:",
        "http://a?q,http,a,80,false,a",
        "http://a:80?b/c@d,http,a,80,true,a:80",
    })
    void readsTheAbsoluteForm(String target, String scheme, String host, int port, boolean portGiven, String authority)
            throws MalformedMessageException {
        RequestHead head = request("GET " + target + " HTTP/1.1");
        RequestTarget parsed = RequestTarget.parse(head);
        assertThat(parsed.form()).isEqualTo(Form.ABSOLUTE);
        assertThat(parsed.scheme()).isEqualTo(scheme);
        assertThat(parsed.host()).isEqualTo(host);
        assertThat(parsed.port()).isEqualTo(port);
        assertThat(parsed.portGiven()).isEqualTo(portGiven);
        assertThat(Ascii.string(head.bytes(), parsed.authorityStart(), parsed.authorityEnd()))
                .isEqualTo(authority);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,http://a/p?q,/p?q",
        "GET,http://a,/",
        "GET,http://a/,/",
        "GET,http://a?q=/x,/?q=/x",
        "GET,http://a?,/?",
        "GET,http://a//b,//b",
        "GET,http://a/b|c\"{d}\\%zz:@,/b|c\"{d}\\%zz:@",
        "GET,http://a/http://b,/http://b",
        "OPTIONS,http://a,*",
        "OPTIONS,http://a/,/",
        "OPTIONS,http://a?q,/?q",
        "OPTIONS,/x,/x",
        "GET,/p?q,/p?q",
        "GET,//x/y,//x/y",
    })
    void leavesThePathAsItIs(String method, String target, String path) throws MalformedMessageException {
        assertThat(path(method, target)).isEqualTo(path);
    }

    @Test
    void readsTheOriginForm() throws MalformedMessageException {
        RequestTarget target = parse("GET", "/http://a:1/");
        assertThat(target.form()).isEqualTo(Form.ORIGIN);
        assertThat(target.host()).isEmpty();
        assertThat(target.scheme()).isEmpty();
        assertThat(target.port()).isEqualTo(Authority.NO_PORT);
        assertThat(target.authorityStart()).isEqualTo(target.authorityEnd());
    }

    @Test
    void readsTheAsteriskForm() throws MalformedMessageException {
        assertThat(parse("OPTIONS", "*").form()).isEqualTo(Form.ASTERISK);
        assertThat(path("OPTIONS", "*")).isEqualTo("*");
        assertRefused(400, () -> parse("GET", "*"));
        assertRefused(400, () -> parse("OPTIONS", "*x"));
        assertRefused(400, () -> parse("OPTIONS", "**"));
    }

    @ParameterizedTest
    @CsvSource({"a.example:443,a.example,443", "A:1,a,1", "[::1]:8443,::1,8443", "127.0.0.1:65535,127.0.0.1,65535"})
    void readsTheAuthorityForm(String target, String host, int port) throws MalformedMessageException {
        RequestTarget parsed = parse("CONNECT", target);
        assertThat(parsed.form()).isEqualTo(Form.AUTHORITY);
        assertThat(parsed.host()).isEqualTo(host);
        assertThat(parsed.port()).isEqualTo(port);
        assertThat(parsed.pathStart()).isEqualTo(parsed.pathEnd());
        assertThat(parsed.pathPrefix()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a:",
                "a:0",
                "a:65536",
                "a:x",
                ":443",
                "::1:443",
                "[::1]",
                "a:443/",
                "http://a:443",
                "/",
                "*",
                "u@a:443",
                "a:443#x",
                "a:443?x",
                "a,b:443"
            })
    void connectTakesHostAndPortOnly(String target) {
        assertRefused(400, () -> parse("CONNECT", target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.example/p",
                "http",
                "http:",
                "http:/",
                "http:/a",
                "http:a",
                "http://",
                "http:///p",
                "http://?q",
                "http://:80/",
                "http://u@a/",
                "http://u:p@a/",
                "http://@a/",
                "http://a:0/",
                "http://a:65536/",
                "http://a:b/",
                "http://a,b/",
                "http://a\\b/",
                "http://a\u00e4/",
                "http://a/#f",
                "/#f",
                "/a?b#",
                "#",
                "http://[::1/",
                "http://::1/",
                "1http://a/",
                "://a/",
                "+x://a/",
                "ht_tp://a/",
                "?",
                "\\",
                "http//a",
                "http:\\\\a"
            })
    void refusesOtherTargets(String target) {
        assertRefused(400, () -> parse("GET", target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://a/", "gopher:x", "a.example:443", "file:///etc", "httpx://a/", "urn:a:b", "x+y-z.1:q"})
    void doesNotKnowOtherSchemes(String target) {
        assertRefused(501, () -> parse("GET", target));
    }

    @ParameterizedTest
    @CsvSource({
        "http://a/x,HTTP://A:80/y,true",
        "http://[::1]/,http://[::1]:80/,true",
        "http://a/,https://a/,false",
        "http://a/,http://b/,false",
        "http://a/,http://ab/,false",
        "http://a/,http://a:81/,false",
        "http://a/,/a,false",
    })
    void comparesOrigins(String one, String other, boolean same) throws MalformedMessageException {
        assertThat(parse("GET", one).sameOrigin(parse("POST", other))).isEqualTo(same);
        assertThat(parse("GET", other).sameOrigin(parse("POST", one))).isEqualTo(same);
    }
}
