package io.github.captureproxy.engine;

import static io.github.captureproxy.engine.Http2OriginCase.frames;
import static io.github.captureproxy.engine.Http2OriginCase.head;
import static io.github.captureproxy.engine.Http2OriginCase.ok;
import static io.github.captureproxy.testkit.http2.ErrorCode.COMPRESSION_ERROR;
import static io.github.captureproxy.testkit.http2.ErrorCode.ENHANCE_YOUR_CALM;
import static io.github.captureproxy.testkit.http2.ErrorCode.FLOW_CONTROL_ERROR;
import static io.github.captureproxy.testkit.http2.ErrorCode.FRAME_SIZE_ERROR;
import static io.github.captureproxy.testkit.http2.ErrorCode.PROTOCOL_ERROR;
import static io.github.captureproxy.testkit.http2.ErrorCode.STREAM_CLOSED;
import static io.github.captureproxy.testkit.http2.Http2Frame.DATA;
import static io.github.captureproxy.testkit.http2.Http2Frame.ENABLE_PUSH;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.INITIAL_WINDOW_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.MAX_FRAME_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.PADDED;
import static io.github.captureproxy.testkit.http2.Http2Frame.PING;
import static io.github.captureproxy.testkit.http2.Http2Frame.PUSH_PROMISE;
import static io.github.captureproxy.testkit.http2.Http2Frame.SETTINGS;
import static io.github.captureproxy.testkit.http2.Http2Frame.WHOLE;
import static io.github.captureproxy.testkit.http2.Http2Frame.continuation;
import static io.github.captureproxy.testkit.http2.Http2Frame.data;
import static io.github.captureproxy.testkit.http2.Http2Frame.frame;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static io.github.captureproxy.testkit.http2.Http2Frame.settings;
import static io.github.captureproxy.testkit.http2.Http2Frame.windowUpdate;

import io.github.captureproxy.testkit.http2.ErrorCode;
import io.github.captureproxy.testkit.http2.HeaderBlock;
import io.github.captureproxy.testkit.http2.Http2Frame;
import io.github.captureproxy.testkit.http2.RawHttp2Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** What a broken or hostile origin may send in place of a response, by RFC 9113. */
final class Http2OriginCases {
    private static final int FRAME = 16_384;

    /** More than any window that the proxy opens for a client that does not read. */
    private static final int FAR_BEYOND = 64 << 20;

    private Http2OriginCases() {}

    static Stream<Http2OriginCase> all() {
        return Stream.of(heads(), fields(), messages(), streams(), connections(), endless())
                .flatMap(it -> it);
    }

    private static Stream<Http2OriginCase> heads() {
        return Stream.of(
                head("8.3.2 no :status", HeaderBlock.of("x-a", "b")),
                head("8.3.2 no fields at all", HeaderBlock.of()),
                head("8.3.2 :status twice", ok().with(":status", "200")),
                head("8.3.2 :status empty", HeaderBlock.of(":status", "")),
                head("8.3.2 :status of two digits", HeaderBlock.of(":status", "20")),
                head("8.3.2 :status of four digits", HeaderBlock.of(":status", "2000")),
                head("8.3.2 :status that is no number", HeaderBlock.of(":status", "2x0")),
                head("8.3.2 :status with a reason", HeaderBlock.of(":status", "200 OK")),
                head("8.3.2 :status below 100", HeaderBlock.of(":status", "099")),
                head("8.3 a request's pseudo-field", ok().with(":path", "/")),
                head("8.3 an unknown pseudo-field", ok().with(":x", "b")),
                head("8.3 a pseudo-field behind a regular one", HeaderBlock.of("x-a", "b", ":status", "200")),
                head("8.6 status 101", HeaderBlock.of(":status", "101")),
                head(
                        "8.1.1 content-length twice, different",
                        ok().with("content-length", "1").with("content-length", "2")),
                head("8.1.1 content-length that is no number", ok().with("content-length", "x")),
                head("8.1.1 content-length that is too small", ok().with("content-length", "0")),
                head("8.1.1 content-length that is too large", ok().with("content-length", "2")));
    }

    private static Stream<Http2OriginCase> fields() {
        return Stream.of(
                head("8.2.1 an upper-case name", ok().with("X-a", "b")),
                head("8.2.1 an empty name", ok().with("", "b")),
                head("8.2.1 a space in a name", ok().with("x a", "b")),
                head("8.2.1 a colon in a name", ok().with("x:a", "b")),
                head("8.2.1 CR LF in a name", ok().with("x\r\na", "b")),
                head("8.2.1 CR in a value", ok().with("x-a", "b\rc")),
                head("8.2.1 LF in a value", ok().with("x-a", "b\nc")),
                head("8.2.1 a head within a value", ok().with("x-a", "b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")),
                head("8.2.1 NUL in a value", ok().with("x-a", "b\u0000")),
                head("8.2.1 a space ends a value", ok().with("x-a", "b ")),
                head("8.2.2 connection", ok().with("connection", "close")),
                head("8.2.2 proxy-connection", ok().with("proxy-connection", "close")),
                head("8.2.2 keep-alive", ok().with("keep-alive", "timeout=5")),
                head("8.2.2 transfer-encoding", ok().with("transfer-encoding", "chunked")),
                head("8.2.2 upgrade", ok().with("upgrade", "websocket")));
    }

    private static Stream<Http2OriginCase> messages() {
        byte[] ok = ok().bytes();
        byte[] hints = HeaderBlock.of(":status", "103").bytes();
        byte[] trailer = HeaderBlock.of("x-a", "b").bytes();
        byte[] three = ok().with("content-length", "3").bytes();
        return Stream.of(
                frames("8.1 DATA before HEADERS", data(1, END_STREAM, (byte) 1)),
                frames("8.1 an informational response ends the stream", headers(1, WHOLE, hints)),
                frames(
                        "8.1 DATA behind an informational response",
                        headers(1, END_HEADERS, hints),
                        data(1, END_STREAM)),
                frames("8.1 two heads", headers(1, END_HEADERS, ok), headers(1, END_HEADERS, ok), data(1, END_STREAM)),
                frames(
                        "8.1 trailers that do not end the stream",
                        headers(1, END_HEADERS, ok),
                        data(1, 0),
                        headers(1, END_HEADERS, trailer)),
                frames(
                        "8.1 a pseudo-field in trailers",
                        headers(1, END_HEADERS, ok),
                        data(1, 0),
                        headers(1, WHOLE, ok)),
                frames(
                        "8.2.1 an upper-case name in trailers",
                        headers(1, END_HEADERS, ok),
                        headers(1, WHOLE, HeaderBlock.of("X-a", "b").bytes())),
                frames("8.1.1 content-length 3 without DATA", headers(1, WHOLE, three)),
                frames(
                        "8.1.1 content-length 3 with 2 and 2 bytes",
                        headers(1, END_HEADERS, three),
                        data(1, 0, (byte) 1, (byte) 2),
                        data(1, END_STREAM, (byte) 1, (byte) 2)),
                frames(
                        "8.1.1 content-length 3 with 2 bytes and trailers",
                        headers(1, END_HEADERS, three),
                        data(1, 0, (byte) 1, (byte) 2),
                        headers(1, WHOLE, trailer)));
    }

    private static Stream<Http2OriginCase> streams() {
        byte[] ok = ok().bytes();
        return Stream.of(
                frames("8.4 PUSH_PROMISE", frame(PUSH_PROMISE, END_HEADERS, 1, pushed())),
                frames("5.1.1 HEADERS on an even stream", headers(2, WHOLE, ok)),
                frames("5.1 idle: HEADERS", headers(5, WHOLE, ok)),
                frames("5.1 idle: DATA", data(5, END_STREAM)),
                frames("5.1 idle: WINDOW_UPDATE", windowUpdate(5, 1)),
                frames("5.1 idle: RST_STREAM", Http2Frame.reset(5, STREAM_CLOSED)),
                frames("6.1 DATA on stream 0", data(0, 0, (byte) 1)),
                frames(
                        "6.1 padding longer than the payload",
                        headers(1, END_HEADERS, ok),
                        data(1, PADDED | END_STREAM, (byte) 9)),
                frames("6.2 HEADERS on stream 0", headers(0, WHOLE, ok)),
                frames("6.9 an increment of 0 on the stream", windowUpdate(1, 0)),
                frames("6.9 an increment of 0 on the connection", windowUpdate(0, 0)),
                frames(
                        "6.10 PING within a header block",
                        headers(1, 0, ok),
                        Http2Frame.ping(0, 1),
                        continuation(1, END_HEADERS)),
                frames(
                        "6.10 CONTINUATION behind the end of a block",
                        headers(1, END_HEADERS, ok),
                        continuation(1, END_HEADERS)));
    }

    private static byte[] pushed() {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(Http2Frame.integers(2));
        payload.writeBytes(HeaderBlock.of(":method", "GET", ":scheme", "http", ":authority", "a.test", ":path", "/")
                .bytes());
        return payload.toByteArray();
    }

    private static Stream<Http2OriginCase> connections() {
        return Stream.of(
                Http2OriginCase.of("4.2 DATA beyond the limit", Http2OriginCases::sendTooLarge, FRAME_SIZE_ERROR),
                send(
                        "4.2 a frame of 16 MiB that never comes whole",
                        FRAME_SIZE_ERROR,
                        frame(DATA, 0, 1, new byte[(1 << 24) - 1])),
                send(
                        "4.3 index 0",
                        COMPRESSION_ERROR,
                        headers(1, WHOLE, HexFormat.of().parseHex("80"))),
                send(
                        "4.3 an index beyond the tables",
                        COMPRESSION_ERROR,
                        headers(1, WHOLE, HexFormat.of().parseHex("88ff20"))),
                send(
                        "4.3 Huffman code with EOS",
                        COMPRESSION_ERROR,
                        headers(1, WHOLE, HexFormat.of().parseHex("8800017884ffffffff"))),
                send(
                        "4.3 a block that is cut off",
                        COMPRESSION_ERROR,
                        headers(1, WHOLE, HexFormat.of().parseHex("880005"))),
                send("6.5 SETTINGS of 5 bytes", FRAME_SIZE_ERROR, frame(SETTINGS, 0, 0, new byte[5])),
                send("6.5 SETTINGS on a stream", PROTOCOL_ERROR, frame(SETTINGS, 0, 1)),
                send("6.5.2 ENABLE_PUSH 1 from a server", PROTOCOL_ERROR, settings(ENABLE_PUSH, 1)),
                send("6.5.2 INITIAL_WINDOW_SIZE 2^31", FLOW_CONTROL_ERROR, settings(INITIAL_WINDOW_SIZE, 1 << 31)),
                send("6.5.2 MAX_FRAME_SIZE 0", PROTOCOL_ERROR, settings(MAX_FRAME_SIZE, 0)),
                send("6.7 PING of 7 bytes", FRAME_SIZE_ERROR, frame(PING, 0, 0, new byte[7])),
                send(
                        "6.9.1 the connection's window overflows",
                        FLOW_CONTROL_ERROR,
                        windowUpdate(0, Integer.MAX_VALUE)));
    }

    private static void sendTooLarge(RawHttp2Connection connection, int stream) throws IOException {
        int beyond = connection.peerSetting(MAX_FRAME_SIZE, FRAME) + 1;
        connection.send(headers(stream, END_HEADERS, ok().bytes()), data(stream, END_STREAM, new byte[beyond]));
    }

    private static Http2OriginCase send(String name, ErrorCode told, Http2Frame... frames) {
        return Http2OriginCase.of(name, (connection, stream) -> connection.send(frames), told);
    }

    private static Stream<Http2OriginCase> endless() {
        return Stream.of(
                Http2OriginCase.of("6.9.1 DATA beyond the window", Http2OriginCases::ignoreWindows, FLOW_CONTROL_ERROR),
                Http2OriginCase.of(
                        "10.5 CONTINUATION without end",
                        Http2OriginCases::neverEndHead,
                        ENHANCE_YOUR_CALM,
                        PROTOCOL_ERROR));
    }

    private static void ignoreWindows(RawHttp2Connection connection, int stream) throws IOException {
        connection.send(headers(stream, END_HEADERS, ok().bytes()));
        for (int sent = 0; sent < FAR_BEYOND; sent += FRAME) {
            connection.send(data(stream, 0, new byte[FRAME]));
        }
    }

    private static void neverEndHead(RawHttp2Connection connection, int stream) throws IOException {
        connection.send(headers(stream, END_STREAM, ok().bytes()));
        byte[] field = HeaderBlock.of("x-a", "b".repeat(1_000)).bytes();
        for (int i = 0; i < 20_000; i++) {
            connection.send(continuation(stream, 0, field));
        }
    }
}
