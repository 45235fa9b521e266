package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.ErrorCode.CANCEL;
import static io.github.captureproxy.testkit.http2.ErrorCode.FRAME_SIZE_ERROR;
import static io.github.captureproxy.testkit.http2.ErrorCode.NO_ERROR;
import static io.github.captureproxy.testkit.http2.ErrorCode.PROTOCOL_ERROR;
import static io.github.captureproxy.testkit.http2.Http2Frame.ACK;
import static io.github.captureproxy.testkit.http2.Http2Frame.GOAWAY;
import static io.github.captureproxy.testkit.http2.Http2Frame.PING;
import static io.github.captureproxy.testkit.http2.Http2Frame.PRIORITY;
import static io.github.captureproxy.testkit.http2.Http2Frame.PUSH_PROMISE;
import static io.github.captureproxy.testkit.http2.Http2Frame.RST_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.frame;
import static io.github.captureproxy.testkit.http2.Http2Frame.goAway;
import static io.github.captureproxy.testkit.http2.Http2Frame.integers;
import static io.github.captureproxy.testkit.http2.Http2Frame.ping;
import static io.github.captureproxy.testkit.http2.Http2Frame.priority;
import static io.github.captureproxy.testkit.http2.Reaction.anyError;
import static io.github.captureproxy.testkit.http2.Reaction.closes;
import static io.github.captureproxy.testkit.http2.Reaction.connectionError;
import static io.github.captureproxy.testkit.http2.Reaction.lives;

import java.io.IOException;
import java.util.stream.Stream;

/** PRIORITY, RST_STREAM, PUSH_PROMISE, PING and GOAWAY (RFC 9113, sections 5.3 and 6.3 to 6.8). */
final class ControlCases {
    private static final int FIRST = 1;

    private ControlCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(priorities(), resets(), pushes(), pings(), goAways()).flatMap(it -> it);
    }

    private static Stream<Http2Case> priorities() {
        return Stream.of(
                Http2Case.of(
                        "6.3 PRIORITY on stream 0",
                        client -> client.send(priority(0, 1)),
                        connectionError(PROTOCOL_ERROR)),
                onOpenStream(
                        "6.3 PRIORITY of 4 bytes",
                        frame(PRIORITY, 0, FIRST, new byte[4]),
                        anyError(FIRST, FRAME_SIZE_ERROR)),
                onOpenStream(
                        "6.3 PRIORITY of 6 bytes",
                        frame(PRIORITY, 0, FIRST, new byte[6]),
                        anyError(FIRST, FRAME_SIZE_ERROR)),
                onOpenStream(
                        "5.3 PRIORITY that depends on itself",
                        priority(FIRST, FIRST),
                        lives().or(anyError(FIRST, PROTOCOL_ERROR))),
                onOpenStream("5.3 PRIORITY that depends on an idle stream", priority(FIRST, 101), lives()));
    }

    private static Stream<Http2Case> resets() {
        return Stream.of(
                Http2Case.of(
                        "6.4 RST_STREAM on stream 0",
                        client -> client.send(Http2Frame.reset(0, CANCEL)),
                        connectionError(PROTOCOL_ERROR)),
                onOpenStream(
                        "6.4 RST_STREAM of 3 bytes",
                        frame(RST_STREAM, 0, FIRST, new byte[3]),
                        connectionError(FRAME_SIZE_ERROR)),
                onOpenStream(
                        "6.4 RST_STREAM of 5 bytes",
                        frame(RST_STREAM, 0, FIRST, new byte[5]),
                        connectionError(FRAME_SIZE_ERROR)),
                onOpenStream("6.4 RST_STREAM", Http2Frame.reset(FIRST, NO_ERROR), lives()));
    }

    private static Stream<Http2Case> pushes() {
        return Stream.of(
                onOpenStream(
                        "6.6 PUSH_PROMISE from a client",
                        frame(PUSH_PROMISE, 4, FIRST, integers(2)),
                        connectionError(PROTOCOL_ERROR)),
                Http2Case.of(
                        "6.6 PUSH_PROMISE on stream 0",
                        client -> client.send(frame(PUSH_PROMISE, 4, 0, integers(2))),
                        connectionError(PROTOCOL_ERROR)));
    }

    private static Stream<Http2Case> pings() {
        return Stream.of(
                Http2Case.of("6.7 PING", ControlCases::pingComesBack, lives()),
                Http2Case.of("6.7 an acknowledgement is not answered", ControlCases::acknowledged, lives()),
                Http2Case.of(
                        "6.7 PING on a stream",
                        client -> client.send(frame(PING, 0, FIRST, new byte[8])),
                        connectionError(PROTOCOL_ERROR)),
                Http2Case.of(
                        "6.7 PING of 6 bytes",
                        client -> client.send(frame(PING, 0, 0, new byte[6])),
                        connectionError(FRAME_SIZE_ERROR)),
                Http2Case.of(
                        "6.7 PING of 9 bytes",
                        client -> client.send(frame(PING, 0, 0, new byte[9])),
                        connectionError(FRAME_SIZE_ERROR)),
                Http2Case.of(
                        "6.7 PING of nothing",
                        client -> client.send(frame(PING, 0, 0)),
                        connectionError(FRAME_SIZE_ERROR)),
                Http2Case.of(
                        "6.7 an acknowledgement of 7 bytes",
                        client -> client.send(frame(PING, ACK, 0, new byte[7])),
                        connectionError(FRAME_SIZE_ERROR)));
    }

    private static void pingComesBack(RawHttp2Client client) throws IOException {
        client.send(ping(0, 0x1122_3344_5566_7788L));
        Http2Frame answer = client.readUntil(it -> it.type() == PING);
        if (!answer.has(ACK) || answer.integerAt(0) != 0x1122_3344 || answer.integerAt(4) != 0x5566_7788) {
            throw new AssertionError("not the PING that was sent: " + answer);
        }
    }

    private static void acknowledged(RawHttp2Client client) throws IOException {
        client.send(ping(ACK, 1), ping(0, 2));
        Http2Frame answer = client.readUntil(it -> it.type() == PING);
        if (answer.integerAt(4) != 2) {
            throw new AssertionError("the acknowledgement was answered");
        }
    }

    private static Stream<Http2Case> goAways() {
        return Stream.of(
                Http2Case.of(
                        "6.8 GOAWAY on a stream",
                        client -> client.send(frame(GOAWAY, 0, FIRST, integers(0, 0))),
                        connectionError(PROTOCOL_ERROR)),
                Http2Case.of(
                        "6.8 GOAWAY of 7 bytes",
                        client -> client.send(frame(GOAWAY, 0, 0, new byte[7])),
                        connectionError(FRAME_SIZE_ERROR)),
                Http2Case.of("6.8 GOAWAY", client -> client.send(goAway(0, NO_ERROR)), lives().or(closes())),
                Http2Case.of(
                        "6.8 GOAWAY with debug data",
                        client -> client.send(frame(GOAWAY, 0, 0, new byte[1_000])),
                        lives().or(closes())),
                Http2Case.of(
                        "5.4.1 6.8 GOAWAY names the highest stream that was served",
                        ControlCases::goAwayNamesTheLastStream,
                        closes()),
                Http2Case.of(
                        "6.8 what was asked for before GOAWAY is answered",
                        client -> {
                            client.sendGet(FIRST, "/");
                            client.send(goAway(0, NO_ERROR));
                            client.awaitEnd(FIRST);
                            if (client.status(FIRST) != 200) {
                                throw new AssertionError("not answered: " + client.fields(FIRST));
                            }
                        },
                        lives().or(closes())));
    }

    private static void goAwayNamesTheLastStream(RawHttp2Client client) throws IOException {
        for (int stream = 1; stream <= 3; stream += 2) {
            client.sendGet(stream, "/");
            client.awaitEnd(stream);
        }
        client.send(frame(PING, 0, FIRST, new byte[8]));
        Http2Frame goAway = client.readUntil(it -> it.type() == GOAWAY);
        if (goAway.integerAt(0) != 3) {
            throw new AssertionError("the last stream that was served is not " + goAway.integerAt(0));
        }
    }

    private static Http2Case onOpenStream(String name, Http2Frame frame, Reaction reaction) {
        return Http2Case.of(
                name,
                client -> {
                    client.sendPost(FIRST, "/hold");
                    client.send(frame);
                },
                reaction);
    }
}
