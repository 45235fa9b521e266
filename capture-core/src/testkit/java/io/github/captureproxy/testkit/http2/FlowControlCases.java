package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.ErrorCode.FLOW_CONTROL_ERROR;
import static io.github.captureproxy.testkit.http2.ErrorCode.FRAME_SIZE_ERROR;
import static io.github.captureproxy.testkit.http2.ErrorCode.PROTOCOL_ERROR;
import static io.github.captureproxy.testkit.http2.Http2Frame.DATA;
import static io.github.captureproxy.testkit.http2.Http2Frame.INITIAL_WINDOW_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.WINDOW_UPDATE;
import static io.github.captureproxy.testkit.http2.Http2Frame.data;
import static io.github.captureproxy.testkit.http2.Http2Frame.frame;
import static io.github.captureproxy.testkit.http2.Http2Frame.settings;
import static io.github.captureproxy.testkit.http2.Http2Frame.windowUpdate;
import static io.github.captureproxy.testkit.http2.Reaction.answers;
import static io.github.captureproxy.testkit.http2.Reaction.anyError;
import static io.github.captureproxy.testkit.http2.Reaction.connectionError;
import static io.github.captureproxy.testkit.http2.Reaction.lives;

import java.io.IOException;
import java.util.stream.Stream;

/** WINDOW_UPDATE, and that a server sends no more than it may (RFC 9113, section 6.9). */
final class FlowControlCases {
    private static final int FIRST = 1;
    private static final int LARGEST = Integer.MAX_VALUE;
    private static final int DEFAULT_WINDOW = 65_535;
    private static final int FRAME = 16_384;

    /** More than any window that the server opens without having passed anything on. */
    private static final int FAR_BEYOND = 8 << 20;

    private FlowControlCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(updates(), overflows(), windows(), changes()).flatMap(it -> it);
    }

    private static Stream<Http2Case> updates() {
        return Stream.of(
                Http2Case.of(
                        "6.9 an increment of 0 on the connection",
                        client -> client.send(windowUpdate(0, 0)),
                        connectionError(PROTOCOL_ERROR)),
                held("6.9 an increment of 0 on a stream", anyError(FIRST, PROTOCOL_ERROR), windowUpdate(FIRST, 0)),
                held(
                        "6.9 WINDOW_UPDATE of 3 bytes on a stream",
                        connectionError(FRAME_SIZE_ERROR),
                        frame(WINDOW_UPDATE, 0, FIRST, new byte[3])),
                Http2Case.of(
                        "6.9 WINDOW_UPDATE of 5 bytes on the connection",
                        client -> client.send(frame(WINDOW_UPDATE, 0, 0, new byte[5])),
                        connectionError(FRAME_SIZE_ERROR)),
                held("6.9 the reserved bit", lives(), windowUpdate(FIRST, 0x8000_0001)));
    }

    private static Stream<Http2Case> overflows() {
        return Stream.of(
                Http2Case.of(
                        "6.9.1 the connection's window overflows",
                        client -> client.send(windowUpdate(0, LARGEST), windowUpdate(0, 1)),
                        connectionError(FLOW_CONTROL_ERROR)),
                Http2Case.of(
                        "6.9.1 the connection's window at its largest",
                        client -> client.send(windowUpdate(0, LARGEST - DEFAULT_WINDOW)),
                        lives()),
                held(
                        "6.9.1 a stream's window overflows",
                        anyError(FIRST, FLOW_CONTROL_ERROR),
                        windowUpdate(FIRST, LARGEST)),
                held("6.9.1 a stream's window at its largest", lives(), windowUpdate(FIRST, LARGEST - DEFAULT_WINDOW)),
                held(
                        "6.9.2 a change of the initial window makes a stream's overflow",
                        connectionError(FLOW_CONTROL_ERROR),
                        windowUpdate(FIRST, LARGEST - DEFAULT_WINDOW),
                        settings(INITIAL_WINDOW_SIZE, DEFAULT_WINDOW + 1)),
                Http2Case.of(
                        "6.9.1 DATA beyond the server's window",
                        client -> {
                            client.sendPost(FIRST, "/hold");
                            for (int sent = 0; sent < FAR_BEYOND; sent += FRAME) {
                                client.send(data(FIRST, 0, new byte[FRAME]));
                            }
                        },
                        anyError(FIRST, FLOW_CONTROL_ERROR)));
    }

    private static Http2Case held(String name, Reaction reaction, Http2Frame... frames) {
        return Http2Case.of(
                name,
                client -> {
                    client.sendGet(FIRST, "/hold");
                    client.send(frames);
                },
                reaction);
    }

    private static Stream<Http2Case> windows() {
        return Stream.of(
                new Http2Case(
                        "6.9.1 a window of one byte",
                        client -> {
                            client.open(INITIAL_WINDOW_SIZE, 1);
                            client.sendGet(FIRST, "/");
                            for (int i = 0; i < 4; i++) {
                                expectData(client, FIRST, 1);
                                client.send(windowUpdate(FIRST, 1));
                            }
                            client.send(settings(INITIAL_WINDOW_SIZE, FRAME));
                        },
                        answers(FIRST, 200)),
                new Http2Case(
                        "6.9.1 the connection's window",
                        client -> {
                            client.open(INITIAL_WINDOW_SIZE, 1_000_000);
                            client.sendGet(FIRST, "/big/100000");
                            expectData(client, FIRST, DEFAULT_WINDOW);
                            client.send(Http2Frame.ping(0, 7));
                            client.readUntil(FlowControlCases::isNoData);
                            client.send(windowUpdate(0, 1_000_000));
                            expectData(client, FIRST, 100_000 - DEFAULT_WINDOW);
                        },
                        lives()),
                new Http2Case(
                        "6.9.1 a window of nothing lets the head through",
                        client -> {
                            client.open(INITIAL_WINDOW_SIZE, 0);
                            client.sendGet(FIRST, "/");
                            client.readUntil(it -> it.type() == Http2Frame.HEADERS && it.stream() == FIRST);
                            client.send(settings(INITIAL_WINDOW_SIZE, FRAME));
                        },
                        answers(FIRST, 200)));
    }

    private static Stream<Http2Case> changes() {
        return Stream.of(
                new Http2Case(
                        "6.9.2 a wider initial window is a wider window of streams that are open",
                        client -> {
                            client.open(INITIAL_WINDOW_SIZE, 2);
                            client.sendGet(FIRST, "/");
                            expectData(client, FIRST, 2);
                            client.send(settings(INITIAL_WINDOW_SIZE, 3));
                            expectData(client, FIRST, 1);
                            client.send(settings(INITIAL_WINDOW_SIZE, FRAME));
                        },
                        answers(FIRST, 200)),
                new Http2Case(
                        "6.9.2 a window can become negative",
                        client -> {
                            client.open(INITIAL_WINDOW_SIZE, 3);
                            client.sendGet(FIRST, "/");
                            expectData(client, FIRST, 3);
                            client.send(
                                    settings(INITIAL_WINDOW_SIZE, 1), windowUpdate(FIRST, 2), Http2Frame.ping(0, 7));
                            client.readUntil(FlowControlCases::isNoData);
                            client.send(windowUpdate(FIRST, 1));
                            expectData(client, FIRST, 1);
                            client.send(settings(INITIAL_WINDOW_SIZE, FRAME));
                        },
                        answers(FIRST, 200)));
    }

    /** Tells whether the PING was answered; the window is nothing until then. */
    private static boolean isNoData(Http2Frame frame) {
        if (frame.type() == DATA) {
            throw new AssertionError("sent without a window: " + frame);
        }
        return frame.type() == Http2Frame.PING && frame.has(Http2Frame.ACK);
    }

    /** Reads DATA on a stream until so many bytes have come, and fails if there are more, or too many in a frame. */
    static void expectData(RawHttp2Client client, int stream, int size) throws IOException {
        int missing = size;
        while (missing > 0) {
            Http2Frame frame = client.readUntil(it -> it.type() == DATA && it.stream() == stream);
            missing -= frame.payload().length;
            if (frame.payload().length > FRAME) {
                throw new AssertionError("larger than the client has said to take: " + frame);
            }
        }
        if (missing < 0) {
            throw new AssertionError("more than the window: " + (size - missing) + " in place of " + size);
        }
    }
}
