package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.Http2Case.REFUSED;
import static io.github.captureproxy.testkit.http2.Http2Frame.WHOLE;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static io.github.captureproxy.testkit.http2.Reaction.answers;
import static io.github.captureproxy.testkit.http2.Reaction.malformed;

import java.util.stream.Stream;

/** Names and values that HTTP/1.1 would read otherwise, and fields that are none of HTTP/2 (RFC 9113, section 8.2). */
final class FieldCases {
    private static final int FIRST = 1;

    private FieldCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(names(), values(), connectionSpecific(), allowed()).flatMap(it -> it);
    }

    private static Stream<Http2Case> names() {
        return Stream.of(
                bad("8.2.1 an upper-case name", "X-a", "b"),
                bad("8.2.1 a name with one upper-case letter", "x-abC", "b"),
                bad("8.2.1 an empty name", "", "b"),
                bad("8.2.1 a space in a name", "x a", "b"),
                bad("8.2.1 a space before a name", " x-a", "b"),
                bad("8.2.1 a space after a name", "x-a ", "b"),
                bad("8.2.1 a tab in a name", "x\ta", "b"),
                bad("8.2.1 CR in a name", "x\ra", "b"),
                bad("8.2.1 LF in a name", "x\na", "b"),
                bad("8.2.1 CR LF and a field in a name", "x: 1\r\ny", "b"),
                bad("8.2.1 NUL in a name", "x\u0000a", "b"),
                bad("8.2.1 DEL in a name", "x\u007fa", "b"),
                bad("8.2.1 a byte above 127 in a name", "x\u00e9", "b"),
                bad("8.2.1 a colon in a name", "x:a", "b"),
                bad("8.2.1 a colon after a name", "transfer-encoding:", "chunked"));
    }

    private static Stream<Http2Case> values() {
        return Stream.of(
                bad("8.2.1 CR in a value", "x-a", "b\rc"),
                bad("8.2.1 LF in a value", "x-a", "b\nc"),
                bad("8.2.1 CR LF and a field in a value", "x-a", "b\r\ntransfer-encoding: chunked"),
                bad(
                        "8.2.1 CR LF CR LF and a request in a value",
                        "x-a",
                        "b\r\n\r\nGET /refused HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("8.2.1 CR LF and a space in a value", "x-a", "b\r\n c"),
                bad("8.2.1 NUL in a value", "x-a", "b\u0000c"),
                bad("8.2.1 LF ends a value", "x-a", "b\n"),
                bad("8.2.1 a space begins a value", "x-a", " b"),
                bad("8.2.1 a space ends a value", "x-a", "b "),
                bad("8.2.1 a tab begins a value", "x-a", "\tb"),
                bad("8.2.1 a tab ends a value", "x-a", "b\t"),
                bad("8.2.1 a value of one space", "x-a", " "),
                bad("8.2.1 LF in a cookie", "cookie", "a=b\nc"));
    }

    private static Stream<Http2Case> connectionSpecific() {
        return Stream.of(
                bad("8.2.2 connection", "connection", "keep-alive"),
                bad("8.2.2 connection that names a field", "connection", "x-a"),
                bad("8.2.2 proxy-connection", "proxy-connection", "keep-alive"),
                bad("8.2.2 keep-alive", "keep-alive", "timeout=5"),
                bad("8.2.2 transfer-encoding", "transfer-encoding", "chunked"),
                bad("8.2.2 transfer-encoding identity", "transfer-encoding", "identity"),
                bad("8.2.2 upgrade", "upgrade", "websocket"),
                bad("8.2.2 te other than trailers", "te", "gzip"),
                bad("8.2.2 te with trailers and more", "te", "trailers, deflate;q=0.5"));
    }

    private static Http2Case bad(String name, String field, String value) {
        return Http2Case.of(
                name,
                client -> client.send(headers(
                        FIRST,
                        WHOLE,
                        client.head("GET", REFUSED).with(field, value).bytes())),
                malformed(FIRST));
    }

    private static Stream<Http2Case> allowed() {
        return Stream.of(
                good("8.2.1 an empty value", "x-a", ""),
                good("8.2.1 a space and a tab within a value", "x-a", "b c\td"),
                good("8.2.1 bytes above 127 in a value", "x-a", "b\u00e9\u00ff"),
                good("8.2.1 every sign that a token may have", "!#$%&'*+-.^_`|~09az", "b"),
                good("8.2.2 te: trailers", "te", "trailers"),
                Http2Case.of(
                        "8.2.3 cookies in crumbs",
                        client -> client.send(headers(
                                FIRST,
                                WHOLE,
                                client.head("GET", "/")
                                        .with("cookie", "a=b")
                                        .with("x-a", "b")
                                        .with("cookie", "c=d")
                                        .bytes())),
                        answers(FIRST, 200)));
    }

    private static Http2Case good(String name, String field, String value) {
        return Http2Case.of(
                name,
                client -> client.send(headers(
                        FIRST, WHOLE, client.head("GET", "/").with(field, value).bytes())),
                answers(FIRST, 200));
    }
}
