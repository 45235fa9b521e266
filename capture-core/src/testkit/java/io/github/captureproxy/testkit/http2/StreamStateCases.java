package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.ErrorCode.CANCEL;
import static io.github.captureproxy.testkit.http2.ErrorCode.PROTOCOL_ERROR;
import static io.github.captureproxy.testkit.http2.ErrorCode.REFUSED_STREAM;
import static io.github.captureproxy.testkit.http2.ErrorCode.STREAM_CLOSED;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.MAX_CONCURRENT_STREAMS;
import static io.github.captureproxy.testkit.http2.Http2Frame.WHOLE;
import static io.github.captureproxy.testkit.http2.Http2Frame.continuation;
import static io.github.captureproxy.testkit.http2.Http2Frame.data;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static io.github.captureproxy.testkit.http2.Http2Frame.priority;
import static io.github.captureproxy.testkit.http2.Http2Frame.reset;
import static io.github.captureproxy.testkit.http2.Http2Frame.windowUpdate;
import static io.github.captureproxy.testkit.http2.Reaction.anyError;
import static io.github.captureproxy.testkit.http2.Reaction.connectionError;
import static io.github.captureproxy.testkit.http2.Reaction.lives;
import static io.github.captureproxy.testkit.http2.Reaction.streamError;

import io.github.captureproxy.testkit.http2.Http2Case.Conversation;
import java.io.IOException;
import java.util.stream.Stream;

/** Frames that a stream's state does not allow, and streams that may not be opened (RFC 9113, section 5.1). */
final class StreamStateCases {
    private static final int FIRST = 1;

    /** More than any proxy would want to carry at once on one connection. */
    private static final int FAR_TOO_MANY = 2_000;

    private StreamStateCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(idle(), halfClosed(), closed(), reset(), numbers()).flatMap(it -> it);
    }

    private static Stream<Http2Case> idle() {
        Reaction error = connectionError(PROTOCOL_ERROR);
        return Stream.of(
                Http2Case.of("5.1 idle: DATA", client -> client.send(data(FIRST, END_STREAM, (byte) 1)), error),
                Http2Case.of("5.1 idle: RST_STREAM", client -> client.send(Http2Frame.reset(FIRST, CANCEL)), error),
                Http2Case.of("5.1 idle: WINDOW_UPDATE", client -> client.send(windowUpdate(FIRST, 100)), error),
                Http2Case.of(
                        "5.1 idle: CONTINUATION",
                        client -> client.send(continuation(FIRST, END_HEADERS, client.get(Http2Case.REFUSED))),
                        error),
                Http2Case.of("5.1 idle: PRIORITY", client -> client.send(priority(FIRST, 0)), lives()),
                Http2Case.of(
                        "5.1 idle: DATA on a stream beyond an open one",
                        client -> {
                            client.sendPost(FIRST, "/hold");
                            client.send(data(5, END_STREAM, (byte) 1));
                        },
                        error));
    }

    private static Stream<Http2Case> halfClosed() {
        return Stream.of(
                afterHeld(
                        "5.1 half-closed: DATA",
                        client -> client.send(data(FIRST, END_STREAM, (byte) 1)),
                        anyError(FIRST, STREAM_CLOSED)),
                afterHeld(
                        "5.1 half-closed: empty DATA",
                        client -> client.send(data(FIRST, END_STREAM)),
                        anyError(FIRST, STREAM_CLOSED)),
                afterHeld(
                        "5.1 half-closed: HEADERS",
                        client -> client.sendGet(FIRST, Http2Case.REFUSED),
                        anyError(FIRST, STREAM_CLOSED)),
                afterHeld(
                        "5.1 half-closed: CONTINUATION",
                        client -> client.send(continuation(FIRST, END_HEADERS, client.get(Http2Case.REFUSED))),
                        connectionError(PROTOCOL_ERROR, STREAM_CLOSED)),
                afterHeld("5.1 half-closed: WINDOW_UPDATE", client -> client.send(windowUpdate(FIRST, 100)), lives()),
                afterHeld("5.1 half-closed: PRIORITY", client -> client.send(priority(FIRST, 0)), lives()),
                afterHeld(
                        "5.1 half-closed: RST_STREAM",
                        client -> client.send(Http2Frame.reset(FIRST, CANCEL)),
                        lives()));
    }

    private static Http2Case afterHeld(String name, Conversation then, Reaction reaction) {
        return Http2Case.of(
                name,
                client -> {
                    client.sendGet(FIRST, "/hold");
                    then.run(client);
                },
                reaction);
    }

    /** An error is allowed, not demanded; to serve a request on it is not. */
    private static Stream<Http2Case> closed() {
        Reaction error = connectionError(STREAM_CLOSED).or(streamError(FIRST, STREAM_CLOSED));
        return Stream.of(
                afterResponse(
                        "5.1 closed: DATA",
                        client -> client.send(data(FIRST, END_STREAM, (byte) 1)),
                        error.or(lives())),
                afterResponse(
                        "5.1 closed: HEADERS",
                        client -> client.sendGet(FIRST, Http2Case.REFUSED),
                        error.or(connectionError(PROTOCOL_ERROR))),
                afterResponse(
                        "5.1 closed: CONTINUATION",
                        client -> client.send(continuation(FIRST, END_HEADERS, client.get(Http2Case.REFUSED))),
                        connectionError(PROTOCOL_ERROR, STREAM_CLOSED)),
                afterResponse("5.1 closed: WINDOW_UPDATE", client -> client.send(windowUpdate(FIRST, 100)), lives()),
                afterResponse("5.1 closed: PRIORITY", client -> client.send(priority(FIRST, 0)), lives()),
                afterResponse(
                        "5.1 closed: RST_STREAM", client -> client.send(Http2Frame.reset(FIRST, CANCEL)), lives()));
    }

    private static Http2Case afterResponse(String name, Conversation then, Reaction reaction) {
        return Http2Case.of(
                name,
                client -> {
                    client.sendGet(FIRST, "/");
                    client.awaitEnd(FIRST);
                    then.run(client);
                },
                reaction);
    }

    private static Stream<Http2Case> reset() {
        Reaction error = connectionError(STREAM_CLOSED).or(streamError(FIRST, STREAM_CLOSED));
        return Stream.of(
                afterReset(
                        "5.1 reset by the client: DATA",
                        client -> client.send(data(FIRST, END_STREAM, (byte) 1)),
                        error.or(lives())),
                afterReset(
                        "5.1 reset by the client: HEADERS",
                        client -> client.sendGet(FIRST, Http2Case.REFUSED),
                        error.or(connectionError(PROTOCOL_ERROR))),
                afterReset(
                        "5.1 reset by the client: CONTINUATION",
                        client -> client.send(continuation(FIRST, END_HEADERS, client.get(Http2Case.REFUSED))),
                        connectionError(PROTOCOL_ERROR, STREAM_CLOSED)),
                afterReset(
                        "5.1 reset by the client: WINDOW_UPDATE",
                        client -> client.send(windowUpdate(FIRST, 100)),
                        lives()),
                afterReset(
                        "5.1 reset by the client: RST_STREAM",
                        client -> client.send(Http2Frame.reset(FIRST, CANCEL)),
                        lives()),
                Http2Case.of(
                        "5.1 reset by the server: what was on its way",
                        client -> {
                            client.send(headers(
                                    FIRST,
                                    END_HEADERS,
                                    client.head("POST", Http2Case.REFUSED)
                                            .with("connection", "close")
                                            .bytes()));
                            client.send(data(FIRST, 0, new byte[1_000]));
                            client.send(headers(
                                    FIRST, WHOLE, HeaderBlock.of("x-a", "b").bytes()));
                        },
                        Reaction.malformed(FIRST)));
    }

    private static Http2Case afterReset(String name, Conversation then, Reaction reaction) {
        return Http2Case.of(
                name,
                client -> {
                    client.sendPost(FIRST, "/hold");
                    client.send(Http2Frame.reset(FIRST, CANCEL));
                    then.run(client);
                },
                reaction);
    }

    private static Stream<Http2Case> numbers() {
        return Stream.of(
                Http2Case.of(
                        "5.1.1 an even stream",
                        client -> client.sendGet(2, Http2Case.REFUSED),
                        connectionError(PROTOCOL_ERROR)),
                Http2Case.of(
                        "5.1.1 a stream lower than one before",
                        client -> {
                            client.sendGet(5, "/");
                            client.awaitEnd(5);
                            client.sendGet(3, Http2Case.REFUSED);
                        },
                        connectionError(PROTOCOL_ERROR, STREAM_CLOSED)),
                Http2Case.of(
                        "5.1.1 a stream that skips some",
                        client -> client.sendGet(1_001, "/"),
                        Reaction.answers(1_001, 200)),
                Http2Case.of("5.1.2 more streams than allowed", StreamStateCases::tooMany, Reaction.lives()));
    }

    /** Holds all that are allowed, and opens one more; then makes room. */
    private static void tooMany(RawHttp2Client client) throws IOException {
        int limit = client.peerSetting(MAX_CONCURRENT_STREAMS, FAR_TOO_MANY);
        if (limit >= FAR_TOO_MANY) {
            throw new AssertionError("no limit to speak of: " + limit);
        }
        int last = 2 * limit + 1;
        for (int stream = 1; stream <= last; stream += 2) {
            client.sendPost(stream, stream == last ? Http2Case.REFUSED : "/hold");
        }
        Http2Frame end = client.awaitEnd(last);
        if (end.type() != Http2Frame.RST_STREAM
                || end.integerAt(0) != REFUSED_STREAM.code() && end.integerAt(0) != PROTOCOL_ERROR.code()) {
            throw new AssertionError("one stream too many: " + end);
        }
        client.send(Http2Frame.reset(FIRST, CANCEL));
    }
}
