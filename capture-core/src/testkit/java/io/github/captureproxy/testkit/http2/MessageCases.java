package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.Http2Case.REFUSED;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.WHOLE;
import static io.github.captureproxy.testkit.http2.Http2Frame.data;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static io.github.captureproxy.testkit.http2.Reaction.answers;
import static io.github.captureproxy.testkit.http2.Reaction.malformed;
import static io.github.captureproxy.testkit.http2.Reaction.refused;

import java.io.IOException;
import java.util.stream.Stream;

/** What a request is made of, its length, its trailers, and CONNECT (RFC 9113, sections 8.1 and 8.5). */
final class MessageCases {
    private static final int FIRST = 1;

    private MessageCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(lengths(), wholeLengths(), trailers(), connects()).flatMap(it -> it);
    }

    private static Stream<Http2Case> lengths() {
        return Stream.of(
                mismatch("8.1.1 content-length 1 with 2 bytes", "1", 2),
                mismatch("8.1.1 content-length 1 with 1 and 1 bytes", "1", 1, 1),
                mismatch("8.1.1 content-length 1 with 1, 0 and 1 bytes", "1", 1, 0, 1),
                mismatch("8.1.1 content-length 3 with 2 bytes", "3", 2),
                mismatch("8.1.1 content-length 3 with 1 and 1 bytes", "3", 1, 1),
                mismatch("8.1.1 content-length 3 with empty DATA", "3", 0),
                mismatch("8.1.1 content-length 0 with 1 byte", "0", 1),
                mismatch("8.1.1 content-length that is no number", "x", 1),
                mismatch("8.1.1 content-length that is negative", "-1", 1),
                mismatch("8.1.1 content-length with a sign", "+1", 1),
                mismatch("8.1.1 content-length that is empty", "", 1),
                mismatch("8.1.1 content-length that overflows", "18446744073709551617", 1),
                Http2Case.of(
                        "8.1.1 content-length 5 without DATA",
                        client -> client.send(headers(
                                FIRST,
                                WHOLE,
                                client.head("POST", REFUSED)
                                        .with("content-length", "5")
                                        .bytes())),
                        malformed(FIRST)),
                Http2Case.of(
                        "8.1.1 content-length twice, different",
                        client -> {
                            HeaderBlock head = client.head("POST", REFUSED)
                                    .with("content-length", "1")
                                    .with("content-length", "2");
                            client.send(headers(FIRST, END_HEADERS, head.bytes()), data(FIRST, END_STREAM, (byte) 1));
                        },
                        malformed(FIRST)),
                Http2Case.of(
                        "8.1.1 content-length 3 with 2 bytes and trailers",
                        client -> client.send(
                                headers(
                                        FIRST,
                                        END_HEADERS,
                                        client.head("POST", REFUSED)
                                                .with("content-length", "3")
                                                .bytes()),
                                data(FIRST, 0, new byte[2]),
                                headers(FIRST, WHOLE, HeaderBlock.of("x-a", "b").bytes())),
                        malformed(FIRST)));
    }

    private static Http2Case mismatch(String name, String length, int... sizes) {
        return Http2Case.of(name, client -> sendPost(client, REFUSED, length, sizes), malformed(FIRST));
    }

    private static void sendPost(RawHttp2Client client, String path, String length, int... sizes) throws IOException {
        client.send(headers(
                FIRST,
                END_HEADERS,
                client.head("POST", path).with("content-length", length).bytes()));
        for (int i = 0; i < sizes.length; i++) {
            client.send(data(FIRST, i == sizes.length - 1 ? END_STREAM : 0, new byte[sizes[i]]));
        }
    }

    private static Stream<Http2Case> wholeLengths() {
        return Stream.of(
                Http2Case.of(
                        "8.1.1 content-length 5 in parts",
                        client -> sendPost(client, "/", "5", 2, 0, 3, 0),
                        answers(FIRST, 200)),
                Http2Case.of(
                        "8.1.1 content-length 0 with empty DATA",
                        client -> sendPost(client, "/", "0", 0),
                        answers(FIRST, 200)),
                Http2Case.of(
                        "8.1.1 content-length 3 beside padding",
                        client -> client.send(
                                headers(
                                        FIRST,
                                        END_HEADERS,
                                        client.head("POST", "/")
                                                .with("content-length", "3")
                                                .bytes()),
                                data(FIRST, END_STREAM | Http2Frame.PADDED, Http2Frame.padded(9, new byte[3], 9))),
                        answers(FIRST, 200)),
                Http2Case.of(
                        "8.1.1 content-length 0 without DATA",
                        client -> client.send(headers(
                                FIRST,
                                WHOLE,
                                client.head("POST", "/")
                                        .with("content-length", "0")
                                        .bytes())),
                        answers(FIRST, 200)));
    }

    private static Stream<Http2Case> trailers() {
        return Stream.of(
                Http2Case.of(
                        "8.1 trailers",
                        client -> {
                            client.sendPost(FIRST, "/");
                            client.send(
                                    data(FIRST, 0, (byte) 1),
                                    headers(
                                            FIRST,
                                            WHOLE,
                                            HeaderBlock.of("x-a", "b").bytes()));
                        },
                        answers(FIRST, 200)),
                Http2Case.of(
                        "8.1 trailers without DATA",
                        client -> {
                            client.sendPost(FIRST, "/");
                            client.send(headers(
                                    FIRST, WHOLE, HeaderBlock.of("x-a", "b").bytes()));
                        },
                        answers(FIRST, 200)),
                Http2Case.of(
                        "8.1 a second header block that does not end the stream",
                        client -> {
                            client.sendPost(FIRST, REFUSED);
                            client.send(headers(
                                    FIRST,
                                    END_HEADERS,
                                    HeaderBlock.of("x-a", "b").bytes()));
                        },
                        malformed(FIRST)),
                Http2Case.of(
                        "8.1 trailers behind DATA that do not end the stream",
                        client -> {
                            client.sendPost(FIRST, REFUSED);
                            client.send(
                                    data(FIRST, 0, (byte) 1),
                                    headers(
                                            FIRST,
                                            END_HEADERS,
                                            HeaderBlock.of("x-a", "b").bytes()),
                                    data(FIRST, END_STREAM, (byte) 1));
                        },
                        malformed(FIRST)),
                trailer("8.1 a request pseudo-field in trailers", ":method", "GET"),
                trailer("8.1 a response pseudo-field in trailers", ":status", "200"),
                trailer("8.1 an unknown pseudo-field in trailers", ":x", "b"),
                trailer("8.2.1 an upper-case name in trailers", "X-a", "b"),
                trailer("8.2.1 a line feed in trailers", "x-a", "b\nc"),
                trailer("8.2.2 a connection-specific field in trailers", "connection", "close"));
    }

    private static Http2Case trailer(String name, String field, String value) {
        return Http2Case.of(
                name,
                client -> {
                    client.sendPost(FIRST, REFUSED);
                    client.send(
                            data(FIRST, 0, (byte) 1),
                            headers(FIRST, WHOLE, HeaderBlock.of(field, value).bytes()));
                },
                malformed(FIRST));
    }

    private static Stream<Http2Case> connects() {
        return Stream.of(
                connect(
                        "8.5 CONNECT with a path",
                        HeaderBlock.of(":method", "CONNECT", ":authority", "a.test:443", ":path", "/"),
                        malformed(FIRST)),
                connect(
                        "8.5 CONNECT with a scheme",
                        HeaderBlock.of(":method", "CONNECT", ":authority", "a.test:443", ":scheme", "http"),
                        malformed(FIRST)),
                connect("8.5 CONNECT without an authority", HeaderBlock.of(":method", "CONNECT"), malformed(FIRST)),
                connect(
                        "8.5 CONNECT without a port",
                        HeaderBlock.of(":method", "CONNECT", ":authority", "a.test"),
                        refused(FIRST)),
                connect(
                        "8.5 extended CONNECT that was not offered (RFC 8441)",
                        HeaderBlock.of(
                                ":method",
                                "CONNECT",
                                ":protocol",
                                "websocket",
                                ":scheme",
                                "http",
                                ":path",
                                "/",
                                ":authority",
                                "a.test"),
                        refused(FIRST)));
    }

    private static Http2Case connect(String name, HeaderBlock head, Reaction reaction) {
        return Http2Case.of(name, client -> client.send(headers(FIRST, END_HEADERS, head.bytes())), reaction);
    }
}
