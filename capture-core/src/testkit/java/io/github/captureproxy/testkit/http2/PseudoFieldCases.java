package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.Http2Case.REFUSED;
import static io.github.captureproxy.testkit.http2.Http2Frame.WHOLE;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static io.github.captureproxy.testkit.http2.Reaction.answers;
import static io.github.captureproxy.testkit.http2.Reaction.malformed;
import static io.github.captureproxy.testkit.http2.Reaction.refused;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Pseudo-fields: which there are, how often, where, and with what values (RFC 9113, section 8.3). */
final class PseudoFieldCases {
    private static final int FIRST = 1;

    private PseudoFieldCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(sets(), order(), paths(), others(), authorities(), allowed())
                .flatMap(it -> it);
    }

    private static Stream<Http2Case> sets() {
        return Stream.of(
                bad("8.3 an unknown pseudo-field", head -> prefixed(":x", "b", head)),
                bad("8.3 a response's pseudo-field", head -> prefixed(":status", "200", head)),
                bad("8.3 a pseudo-field without a name", head -> prefixed(":", "b", head)),
                bad("8.3 an upper-case pseudo-field", head -> prefixed(":Method", "GET", head.without(":method"))),
                bad("8.3.1 no :method", head -> head.without(":method")),
                bad("8.3.1 no :scheme", head -> head.without(":scheme")),
                bad("8.3.1 no :path", head -> head.without(":path")),
                bad("8.3.1 no :authority and no Host", head -> head.without(":authority")),
                bad("8.3.1 no fields at all", head -> HeaderBlock.of()),
                bad("8.3.1 :method twice", head -> prefixed(":method", "GET", head)),
                bad("8.3.1 :scheme twice", head -> prefixed(":scheme", "http", head)),
                bad("8.3.1 :path twice", head -> prefixed(":path", REFUSED, head)),
                bad("8.3.1 :authority twice", head -> prefixed(":authority", "a.test", head)),
                bad("8.5 :protocol without CONNECT (RFC 8441)", head -> prefixed(":protocol", "websocket", head)));
    }

    private static HeaderBlock prefixed(String name, String value, HeaderBlock head) {
        return HeaderBlock.of(name, value).with(head);
    }

    private static Stream<Http2Case> order() {
        return Stream.of(
                bad("8.3 a regular field first", head -> prefixed("x-a", "b", head)),
                bad(
                        "8.3 :path last, behind a regular field",
                        head -> head.without(":path").with("x-a", "b").with(":path", REFUSED)),
                bad(
                        "8.3 :method last, behind a regular field",
                        head -> head.without(":method").with("x-a", "b").with(":method", "GET")));
    }

    private static Stream<Http2Case> paths() {
        return Stream.of(
                path("empty", ""),
                path("without a slash", "refused"),
                path("* of a GET", "*"),
                path("with a space", "/refused a"),
                path("with what looks like a version", "/refused HTTP/1.1"),
                path("with CR LF and a field", "/refused HTTP/1.1\r\nx-a: b"),
                path("with LF", "/refused\na"),
                path("with a tab", "/refused\ta"),
                path("with NUL", "/refused\u0000"),
                path("with DEL", "/refused\u007f"),
                path("with a fragment", "/refused#a"),
                path("in absolute form", "http://a.test/refused"));
    }

    private static Http2Case path(String what, String path) {
        return bad("8.3.1 :path " + what, head -> head.changed(":path", path));
    }

    private static Stream<Http2Case> others() {
        return Stream.of(
                bad("8.3.1 :method empty", head -> head.changed(":method", "")),
                bad("8.3.1 :method with a space", head -> head.changed(":method", "GET /x")),
                bad("8.3.1 :method with CR LF", head -> head.changed(":method", "GET /\r\nx-a")),
                bad("8.3.1 :method that is no token", head -> head.changed(":method", "G@T")),
                unserved("8.3.1 :scheme empty", head -> head.changed(":scheme", "")),
                unserved("8.3.1 :scheme with a space", head -> head.changed(":scheme", "ht tp")),
                unserved("8.3.1 :scheme with CR LF", head -> head.changed(":scheme", "http\r\nx-a: b")),
                unserved("8.3.1 :scheme with an authority", head -> head.changed(":scheme", "http://a.test/?")),
                unserved("8.3.1 :scheme that no one serves", head -> head.changed(":scheme", "ftp")));
    }

    private static Stream<Http2Case> authorities() {
        return Stream.of(
                authority("empty", ""),
                authority("with a space", "a .test"),
                authority("with CR LF", "a.test\r\nx-a: b"),
                authority("with NUL", "a.test\u0000"),
                authority("with user information", "u:p@a.test"),
                authority("with a path", "a.test/x"),
                authority("with a query", "a.test?x"),
                authority("with a fragment", "a.test#x"),
                authority("with a comma", "a.test,b.test"),
                authority("with a port that is no number", "a.test:x"),
                authority("with a port beyond 65535", "a.test:65536"),
                authority("with a bracket left open", "[::1"),
                bad("8.3.1 Host that differs from :authority", head -> head.with("host", "other.test")),
                bad(
                        "8.3.1 Host twice, different",
                        head -> head.without(":authority")
                                .with("host", "a.test")
                                .with("host", "b.test")),
                bad(
                        "8.3.1 Host empty and no :authority",
                        head -> head.without(":authority").with("host", "")));
    }

    private static Http2Case authority(String what, String authority) {
        return bad("8.3.1 :authority " + what, head -> head.changed(":authority", authority));
    }

    private static Stream<Http2Case> allowed() {
        return Stream.of(
                good(
                        "8.3.1 Host like :authority",
                        client -> client.head("GET", "/").with("host", client.authority())),
                good(
                        "8.3.1 Host in place of :authority",
                        client -> client.head("GET", "/").without(":authority").with("host", client.authority())),
                good("8.3.1 a query", client -> client.head("GET", "/?a=b&c=/d?e")),
                good("8.3.1 an unknown method", client -> client.head("BREW", "/")),
                good("8.3.1 a method in lower case", client -> client.head("get", "/")),
                good("8.3.1 * of OPTIONS", client -> client.head("OPTIONS", "*")),
                good(
                        "8.3.1 pseudo-fields in any order",
                        client -> HeaderBlock.of(":path", "/", ":authority", client.authority())
                                .with(":scheme", client.scheme())
                                .with(":method", "GET")));
    }

    /** The fields of a request. */
    private interface Head {
        HeaderBlock of(RawHttp2Client client);
    }

    private static Http2Case good(String name, Head head) {
        return Http2Case.of(
                name,
                client -> client.send(headers(FIRST, WHOLE, head.of(client).bytes())),
                answers(FIRST, 200));
    }

    private static Http2Case bad(String name, UnaryOperator<HeaderBlock> change) {
        return changed(name, change, malformed(FIRST));
    }

    private static Http2Case unserved(String name, UnaryOperator<HeaderBlock> change) {
        return changed(name, change, refused(FIRST));
    }

    private static Http2Case changed(String name, UnaryOperator<HeaderBlock> change, Reaction reaction) {
        return Http2Case.of(
                name,
                client -> client.send(headers(
                        FIRST, WHOLE, change.apply(client.head("GET", REFUSED)).bytes())),
                reaction);
    }
}
