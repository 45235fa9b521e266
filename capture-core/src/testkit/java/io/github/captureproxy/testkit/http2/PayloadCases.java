package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.ErrorCode.FRAME_SIZE_ERROR;
import static io.github.captureproxy.testkit.http2.ErrorCode.PROTOCOL_ERROR;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.PADDED;
import static io.github.captureproxy.testkit.http2.Http2Frame.WHOLE;
import static io.github.captureproxy.testkit.http2.Http2Frame.WITH_PRIORITY;
import static io.github.captureproxy.testkit.http2.Http2Frame.continuation;
import static io.github.captureproxy.testkit.http2.Http2Frame.data;
import static io.github.captureproxy.testkit.http2.Http2Frame.dependency;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static io.github.captureproxy.testkit.http2.Http2Frame.joined;
import static io.github.captureproxy.testkit.http2.Http2Frame.padded;
import static io.github.captureproxy.testkit.http2.Http2Frame.ping;
import static io.github.captureproxy.testkit.http2.Http2Frame.priority;
import static io.github.captureproxy.testkit.http2.Http2Frame.settings;
import static io.github.captureproxy.testkit.http2.Reaction.answers;
import static io.github.captureproxy.testkit.http2.Reaction.connectionError;
import static io.github.captureproxy.testkit.http2.Reaction.streamError;

import java.util.stream.Stream;

/** DATA, HEADERS and CONTINUATION (RFC 9113, sections 6.1, 6.2 and 6.10). */
final class PayloadCases {
    private static final int FIRST = 1;
    private static final int OTHER = 3;

    private PayloadCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(dataFrames(), headersFrames(), unfinished(), continuations())
                .flatMap(it -> it);
    }

    private static Stream<Http2Case> dataFrames() {
        return Stream.of(
                Http2Case.of(
                        "6.1 DATA on stream 0",
                        client -> client.send(data(0, 0, (byte) 1)),
                        connectionError(PROTOCOL_ERROR)),
                padding("6.1 padding as long as the payload", 5, padded(5, new byte[4], 0)),
                padding("6.1 padding longer than the payload", 200, padded(200, new byte[4], 50)),
                Http2Case.of(
                        "6.1 no room for the padding's length",
                        client -> {
                            client.sendPost(FIRST, Http2Case.REFUSED);
                            client.send(data(FIRST, END_STREAM | PADDED));
                        },
                        connectionError(FRAME_SIZE_ERROR, PROTOCOL_ERROR)),
                Http2Case.of(
                        "6.1 DATA of nothing but padding",
                        client -> {
                            client.sendPost(FIRST, "/");
                            client.send(
                                    data(FIRST, PADDED, padded(255, new byte[0], 255)),
                                    data(FIRST, PADDED | END_STREAM, padded(0, new byte[7], 0)));
                        },
                        answers(FIRST, 200)));
    }

    private static Http2Case padding(String name, int said, byte[] payload) {
        return Http2Case.of(
                name + " (" + said + " in " + payload.length + ")",
                client -> {
                    client.sendPost(FIRST, Http2Case.REFUSED);
                    client.send(data(FIRST, END_STREAM | PADDED, payload));
                },
                connectionError(PROTOCOL_ERROR));
    }

    private static Stream<Http2Case> headersFrames() {
        return Stream.of(
                Http2Case.of(
                        "6.2 HEADERS on stream 0",
                        client -> client.send(headers(0, WHOLE, client.get(Http2Case.REFUSED))),
                        connectionError(PROTOCOL_ERROR)),
                Http2Case.of(
                        "6.2 padding longer than the payload",
                        client -> client.send(
                                headers(FIRST, WHOLE | PADDED, padded(255, client.get(Http2Case.REFUSED), 0))),
                        connectionError(PROTOCOL_ERROR)),
                Http2Case.of(
                        "6.2 padding as long as the payload",
                        client -> {
                            byte[] block = client.get(Http2Case.REFUSED);
                            client.send(headers(FIRST, WHOLE | PADDED, padded(block.length + 1, block, 0)));
                        },
                        connectionError(PROTOCOL_ERROR)),
                Http2Case.of(
                        "6.2 padded, with a priority",
                        client -> client.send(headers(
                                FIRST,
                                WHOLE | PADDED | WITH_PRIORITY,
                                padded(100, joined(dependency(0), client.get("/")), 100))),
                        answers(FIRST, 200)),
                Http2Case.of(
                        "6.2 no room for the priority",
                        client -> client.send(headers(FIRST, WHOLE | WITH_PRIORITY, new byte[4])),
                        connectionError(FRAME_SIZE_ERROR, PROTOCOL_ERROR)),
                Http2Case.of(
                        "5.3 HEADERS that depend on themselves",
                        client -> client.send(
                                headers(FIRST, WHOLE | WITH_PRIORITY, joined(dependency(FIRST), client.get("/")))),
                        answers(FIRST, 200)
                                .or(streamError(FIRST, PROTOCOL_ERROR))
                                .or(connectionError(PROTOCOL_ERROR))));
    }

    /** A header block is one frame or a row of them, without others between. */
    private static Stream<Http2Case> unfinished() {
        return Stream.of(
                between("DATA", data(FIRST, END_STREAM, (byte) 1)),
                between("HEADERS on the same stream", headers(FIRST, END_HEADERS)),
                between("HEADERS on another stream", headers(OTHER, END_HEADERS)),
                between("PRIORITY", priority(FIRST, 0)),
                between("RST_STREAM", Http2Frame.reset(FIRST, ErrorCode.CANCEL)),
                between("SETTINGS", settings()),
                between("PING", ping(0, 1)),
                between("WINDOW_UPDATE", Http2Frame.windowUpdate(0, 1)),
                between("CONTINUATION on another stream", continuation(OTHER, END_HEADERS)),
                between("CONTINUATION on stream 0", continuation(0, END_HEADERS)));
    }

    private static Http2Case between(String what, Http2Frame frame) {
        return Http2Case.of(
                "6.2 6.10 " + what + " within a header block",
                client -> client.send(
                        headers(FIRST, END_STREAM, client.get(Http2Case.REFUSED)),
                        frame,
                        continuation(FIRST, END_HEADERS)),
                connectionError(PROTOCOL_ERROR));
    }

    private static Stream<Http2Case> continuations() {
        return Stream.of(
                Http2Case.of(
                        "6.10 several CONTINUATIONs",
                        client -> client.send(
                                headers(FIRST, END_STREAM, client.get("/")),
                                continuation(
                                        FIRST, 0, HeaderBlock.of("x-a", "1").bytes()),
                                continuation(FIRST, 0),
                                continuation(
                                        FIRST,
                                        END_HEADERS,
                                        HeaderBlock.of("x-b", "2").bytes())),
                        answers(FIRST, 200)),
                Http2Case.of(
                        "6.10 CONTINUATION behind the end of a block",
                        client -> client.send(
                                headers(
                                        FIRST,
                                        END_HEADERS,
                                        client.head("POST", "/hold").bytes()),
                                continuation(
                                        FIRST,
                                        END_HEADERS,
                                        HeaderBlock.of("x-a", "1").bytes())),
                        connectionError(PROTOCOL_ERROR)),
                Http2Case.of(
                        "6.10 CONTINUATION behind a CONTINUATION that ended the block",
                        client -> client.send(
                                headers(FIRST, 0, client.head("POST", "/hold").bytes()),
                                continuation(FIRST, END_HEADERS),
                                continuation(
                                        FIRST,
                                        END_HEADERS,
                                        HeaderBlock.of("x-a", "1").bytes())),
                        connectionError(PROTOCOL_ERROR)),
                Http2Case.of(
                        "6.10 CONTINUATION behind DATA",
                        client -> client.send(
                                headers(
                                        FIRST,
                                        END_HEADERS,
                                        client.head("POST", "/hold").bytes()),
                                data(FIRST, 0, (byte) 1),
                                continuation(
                                        FIRST,
                                        END_HEADERS,
                                        HeaderBlock.of("x-a", "1").bytes())),
                        connectionError(PROTOCOL_ERROR)),
                Http2Case.of(
                        "6.10 CONTINUATION on stream 0, of its own",
                        client -> client.send(continuation(0, END_HEADERS)),
                        connectionError(PROTOCOL_ERROR)));
    }
}
