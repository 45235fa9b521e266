package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.ErrorCode.FLOW_CONTROL_ERROR;
import static io.github.captureproxy.testkit.http2.ErrorCode.FRAME_SIZE_ERROR;
import static io.github.captureproxy.testkit.http2.ErrorCode.PROTOCOL_ERROR;
import static io.github.captureproxy.testkit.http2.Http2Frame.ACK;
import static io.github.captureproxy.testkit.http2.Http2Frame.ENABLE_PUSH;
import static io.github.captureproxy.testkit.http2.Http2Frame.HEADER_TABLE_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.INITIAL_WINDOW_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.MAX_CONCURRENT_STREAMS;
import static io.github.captureproxy.testkit.http2.Http2Frame.MAX_FRAME_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.MAX_HEADER_LIST_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.SETTINGS;
import static io.github.captureproxy.testkit.http2.Http2Frame.frame;
import static io.github.captureproxy.testkit.http2.Http2Frame.settings;
import static io.github.captureproxy.testkit.http2.Reaction.answers;
import static io.github.captureproxy.testkit.http2.Reaction.connectionError;
import static io.github.captureproxy.testkit.http2.Reaction.lives;

import java.io.IOException;
import java.util.stream.Stream;

/** SETTINGS (RFC 9113, section 6.5). */
final class SettingsCases {
    private static final int FIRST = 1;
    private static final int LARGEST_FRAME = 16_777_215;

    private SettingsCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(forms(), values(), synchronisation()).flatMap(it -> it);
    }

    private static Stream<Http2Case> forms() {
        return Stream.of(
                Http2Case.of(
                        "6.5 an acknowledgement with a payload",
                        client -> client.send(frame(SETTINGS, ACK, 0, new byte[6])),
                        connectionError(FRAME_SIZE_ERROR)),
                Http2Case.of(
                        "6.5 SETTINGS on a stream",
                        client -> client.send(frame(SETTINGS, 0, FIRST)),
                        connectionError(PROTOCOL_ERROR)),
                Http2Case.of(
                        "6.5 SETTINGS of 3 bytes",
                        client -> client.send(frame(SETTINGS, 0, 0, new byte[3])),
                        connectionError(FRAME_SIZE_ERROR)),
                Http2Case.of(
                        "6.5 SETTINGS of 7 bytes",
                        client -> client.send(frame(SETTINGS, 0, 0, new byte[7])),
                        connectionError(FRAME_SIZE_ERROR)));
    }

    private static Stream<Http2Case> values() {
        return Stream.of(
                set("6.5.2 ENABLE_PUSH 2", connectionError(PROTOCOL_ERROR), ENABLE_PUSH, 2),
                set("6.5.2 ENABLE_PUSH 1", lives(), ENABLE_PUSH, 1),
                set(
                        "6.5.2 INITIAL_WINDOW_SIZE 2^31",
                        connectionError(FLOW_CONTROL_ERROR),
                        INITIAL_WINDOW_SIZE,
                        1 << 31),
                set("6.5.2 INITIAL_WINDOW_SIZE 2^32-1", connectionError(FLOW_CONTROL_ERROR), INITIAL_WINDOW_SIZE, -1),
                set("6.5.2 INITIAL_WINDOW_SIZE 2^31-1", lives(), INITIAL_WINDOW_SIZE, Integer.MAX_VALUE),
                set("6.5.2 MAX_FRAME_SIZE 2^14-1", connectionError(PROTOCOL_ERROR), MAX_FRAME_SIZE, 16_383),
                set("6.5.2 MAX_FRAME_SIZE 2^24", connectionError(PROTOCOL_ERROR), MAX_FRAME_SIZE, 1 << 24),
                set("6.5.2 MAX_FRAME_SIZE 2^24-1", lives(), MAX_FRAME_SIZE, LARGEST_FRAME),
                set("6.5.2 HEADER_TABLE_SIZE 0", lives(), HEADER_TABLE_SIZE, 0),
                set("6.5.2 HEADER_TABLE_SIZE 2^32-1", lives(), HEADER_TABLE_SIZE, -1),
                set(
                        "6.5.2 MAX_CONCURRENT_STREAMS 0, which limits the server alone",
                        lives(),
                        MAX_CONCURRENT_STREAMS,
                        0),
                set("6.5.2 MAX_HEADER_LIST_SIZE 2^32-1", lives(), MAX_HEADER_LIST_SIZE, -1),
                set("6.5.2 an unknown setting", lives(), 0xff, 1),
                set("6.5.2 setting 0", lives(), 0, 1));
    }

    private static Http2Case set(String name, Reaction reaction, int identifier, int value) {
        return Http2Case.of(name, client -> client.send(settings(identifier, value)), reaction);
    }

    private static Stream<Http2Case> synchronisation() {
        return Stream.of(
                Http2Case.of("6.5.3 a table of nothing is used no more", SettingsCases::withoutTable, answers(5, 200)),
                Http2Case.of("6.5.3 SETTINGS are acknowledged", SettingsCases::acknowledged, lives()),
                Http2Case.of(
                        "6.5.3 each SETTINGS is acknowledged, the first ones too",
                        client -> {
                            client.send(settings(), settings());
                            for (int i = 0; i < 3; i++) {
                                client.readUntil(it -> it.type() == SETTINGS && it.has(ACK));
                            }
                        },
                        lives()),
                Http2Case.of(
                        "6.5.3 values are applied in their order",
                        client -> {
                            client.send(settings(INITIAL_WINDOW_SIZE, 100, INITIAL_WINDOW_SIZE, 1));
                            client.readUntil(it -> it.type() == SETTINGS && it.has(ACK));
                            client.sendGet(FIRST, "/");
                            FlowControlCases.expectData(client, FIRST, 1);
                            client.send(settings(INITIAL_WINDOW_SIZE, 1_000_000));
                        },
                        answers(FIRST, 200)));
    }

    private static void withoutTable(RawHttp2Client client) throws IOException {
        client.sendGet(1, "/");
        client.awaitEnd(1);
        client.send(settings(HEADER_TABLE_SIZE, 0));
        client.readUntil(it -> it.type() == SETTINGS && it.has(ACK));
        client.limitTable(0);
        client.sendGet(3, "/");
        client.awaitEnd(3);
        client.sendGet(5, "/");
    }

    private static void acknowledged(RawHttp2Client client) throws IOException {
        client.send(settings(MAX_CONCURRENT_STREAMS, 7));
        Http2Frame answer = client.readUntil(it -> it.type() == SETTINGS && it.has(ACK));
        if (answer.payload().length > 0) {
            throw new AssertionError("an acknowledgement has no payload: " + answer);
        }
    }
}
