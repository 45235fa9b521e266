package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.ErrorCode.FRAME_SIZE_ERROR;
import static io.github.captureproxy.testkit.http2.ErrorCode.PROTOCOL_ERROR;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.MAX_FRAME_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.PING;
import static io.github.captureproxy.testkit.http2.Http2Frame.UNKNOWN;
import static io.github.captureproxy.testkit.http2.Http2Frame.WHOLE;
import static io.github.captureproxy.testkit.http2.Http2Frame.data;
import static io.github.captureproxy.testkit.http2.Http2Frame.frame;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static io.github.captureproxy.testkit.http2.Http2Frame.ping;
import static io.github.captureproxy.testkit.http2.Http2Frame.settings;
import static io.github.captureproxy.testkit.http2.Reaction.answers;
import static io.github.captureproxy.testkit.http2.Reaction.anyError;
import static io.github.captureproxy.testkit.http2.Reaction.closes;
import static io.github.captureproxy.testkit.http2.Reaction.connectionError;
import static io.github.captureproxy.testkit.http2.Reaction.lives;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.stream.Stream;

/** Frames whatever their type: the preface, sizes, what nobody has defined, and error codes. */
final class FrameCases {
    private static final int SMALLEST_LIMIT = 16_384;
    private static final int RESERVED = 0x8000_0000;
    private static final int FIRST = 1;

    private FrameCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(prefaces(), formats(), sizes(), extensions()).flatMap(it -> it);
    }

    private static Stream<Http2Case> prefaces() {
        return Stream.of(
                new Http2Case(
                        "3.4 a preface that turns out wrong",
                        client -> client.send("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n".getBytes(ISO_8859_1)),
                        closes().or(connectionError(PROTOCOL_ERROR))),
                new Http2Case(
                        "3.4 a preface followed by something else than SETTINGS",
                        client -> {
                            client.send(RawHttp2Client.PREFACE);
                            client.send(ping(0, 1));
                        },
                        connectionError(PROTOCOL_ERROR)),
                new Http2Case(
                        "3.4 a preface byte by byte",
                        client -> {
                            for (byte b : RawHttp2Client.PREFACE) {
                                client.send(new byte[] {b});
                            }
                            client.send(settings());
                            client.sendGet(FIRST, "/");
                        },
                        answers(FIRST, 200)),
                new Http2Case(
                        "3.4 a request right behind the preface",
                        client -> {
                            client.send(RawHttp2Client.PREFACE);
                            client.send(settings(), headers(FIRST, WHOLE, client.get("/")));
                        },
                        answers(FIRST, 200)),
                Http2Case.of(
                        "4.3 a compressed request",
                        client -> client.sendCompressedGet(FIRST, "/compressed"),
                        answers(FIRST, 200)));
    }

    private static Stream<Http2Case> formats() {
        return Stream.of(
                Http2Case.of(
                        "4.1 a type that is unknown",
                        client -> client.send(frame(UNKNOWN, 0, 0, new byte[8]), frame(UNKNOWN, 0xff, 5, new byte[0])),
                        lives()),
                Http2Case.of(
                        "4.1 flags that are unknown",
                        client -> client.send(frame(PING, 0xfe, 0, new byte[8])),
                        lives()),
                Http2Case.of(
                        "4.1 the reserved bit on the connection",
                        client -> client.send(frame(PING, 0, RESERVED, new byte[8])),
                        lives()),
                Http2Case.of(
                        "4.1 the reserved bit on a stream",
                        client -> client.send(headers(RESERVED | FIRST, WHOLE, client.get("/"))),
                        answers(FIRST, 200)));
    }

    private static Stream<Http2Case> sizes() {
        return Stream.of(
                Http2Case.of(
                        "4.2 DATA of the greatest size there is a right to",
                        client -> {
                            client.sendPost(FIRST, "/");
                            client.send(data(FIRST, END_STREAM, new byte[SMALLEST_LIMIT]));
                        },
                        answers(FIRST, 200)),
                Http2Case.of(
                        "4.2 DATA beyond the limit",
                        client -> {
                            client.sendPost(FIRST, Http2Case.REFUSED);
                            client.send(data(FIRST, END_STREAM, beyond(client)));
                        },
                        anyError(FIRST, FRAME_SIZE_ERROR)),
                Http2Case.of(
                        "4.2 HEADERS beyond the limit",
                        client -> client.send(headers(FIRST, WHOLE, blockBeyond(client))),
                        connectionError(FRAME_SIZE_ERROR)),
                Http2Case.of(
                        "4.2 PING beyond the limit",
                        client -> client.send(frame(PING, 0, 0, beyond(client))),
                        connectionError(FRAME_SIZE_ERROR)),
                Http2Case.of(
                        "4.2 an unknown type beyond the limit",
                        client -> client.send(frame(UNKNOWN, 0, 0, beyond(client))),
                        connectionError(FRAME_SIZE_ERROR)));
    }

    private static byte[] beyond(RawHttp2Client client) {
        return new byte[client.peerSetting(MAX_FRAME_SIZE, SMALLEST_LIMIT) + 1];
    }

    /** A request that would be whole. */
    private static byte[] blockBeyond(RawHttp2Client client) {
        return client.head("GET", Http2Case.REFUSED)
                .with("x", "x".repeat(client.peerSetting(MAX_FRAME_SIZE, SMALLEST_LIMIT)))
                .bytes();
    }

    private static Stream<Http2Case> extensions() {
        return Stream.of(
                Http2Case.of(
                        "5.5 an unknown type on a stream",
                        client -> {
                            client.sendPost(FIRST, "/");
                            client.send(frame(UNKNOWN, 1, FIRST, new byte[3]), data(FIRST, END_STREAM));
                        },
                        answers(FIRST, 200)),
                Http2Case.of(
                        "5.5 an unknown type within a header block",
                        client -> client.send(
                                headers(FIRST, END_STREAM, client.get(Http2Case.REFUSED)),
                                frame(UNKNOWN, 0, FIRST, new byte[8]),
                                Http2Frame.continuation(FIRST, END_HEADERS)),
                        connectionError(PROTOCOL_ERROR)),
                Http2Case.of(
                        "7 an error code that is unknown in GOAWAY",
                        client -> client.send(frame(Http2Frame.GOAWAY, 0, 0, Http2Frame.integers(0, 0xff))),
                        lives().or(closes())),
                Http2Case.of(
                        "7 an error code that is unknown in RST_STREAM",
                        client -> {
                            client.sendPost(FIRST, "/hold");
                            client.send(frame(Http2Frame.RST_STREAM, 0, FIRST, Http2Frame.integers(0xff)));
                        },
                        lives()));
    }
}
