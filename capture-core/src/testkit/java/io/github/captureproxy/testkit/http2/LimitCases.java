package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.ErrorCode.COMPRESSION_ERROR;
import static io.github.captureproxy.testkit.http2.ErrorCode.ENHANCE_YOUR_CALM;
import static io.github.captureproxy.testkit.http2.ErrorCode.PROTOCOL_ERROR;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.MAX_HEADER_LIST_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.continuation;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static io.github.captureproxy.testkit.http2.Reaction.answers;
import static io.github.captureproxy.testkit.http2.Reaction.connectionError;
import static io.github.captureproxy.testkit.http2.Reaction.refused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Header lists that are too large: in bytes sent, or in what they unfold to (RFC 9113, section 10.5.1). */
final class LimitCases {
    private static final int FIRST = 1;
    private static final int FRAME = 16_384;

    /** Where a server says nothing: more than any of them takes. */
    private static final int VERY_LARGE = 1 << 20;

    private LimitCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(
                Http2Case.of(
                        "10.5.1 a large header list within the limit",
                        client -> send(client, "/", 12, 1_000),
                        answers(FIRST, 200)),
                Http2Case.of(
                        "10.5.1 a header list beyond the limit",
                        client -> send(client, Http2Case.REFUSED, limit(client) / 1_000 + 1, 1_000),
                        refused(FIRST)),
                Http2Case.of(
                        "10.5.1 a field beyond the limit",
                        client -> send(client, Http2Case.REFUSED, 1, limit(client)),
                        refused(FIRST)),
                Http2Case.of(
                        "10.5.1 a header list that unfolds beyond the limit",
                        LimitCases::unfold,
                        refused(FIRST).or(connectionError(ENHANCE_YOUR_CALM, COMPRESSION_ERROR, PROTOCOL_ERROR))),
                Http2Case.of(
                        "10.5.1 trailers beyond the limit",
                        client -> {
                            client.sendPost(FIRST, Http2Case.REFUSED);
                            sendBlock(client, fields(HeaderBlock.of(), limit(client) / 1_000 + 1, 1_000));
                        },
                        refused(FIRST)));
    }

    private static int limit(RawHttp2Client client) {
        int limit = client.peerSetting(MAX_HEADER_LIST_SIZE, VERY_LARGE);
        return limit < 0 || limit > VERY_LARGE ? VERY_LARGE : limit;
    }

    private static void send(RawHttp2Client client, String path, int count, int size) throws IOException {
        sendBlock(client, fields(client.head("GET", path), count, size));
    }

    private static byte[] fields(HeaderBlock head, int count, int size) {
        HeaderBlock block = head;
        for (int i = 0; i < count; i++) {
            block = block.with("x-" + i, "b".repeat(size));
        }
        return block.bytes();
    }

    private static void sendBlock(RawHttp2Client client, byte[] block) throws IOException {
        int first = Math.min(FRAME, block.length);
        client.send(
                headers(FIRST, END_STREAM | (first == block.length ? END_HEADERS : 0), Arrays.copyOf(block, first)));
        for (int at = first; at < block.length; at += FRAME) {
            int end = Math.min(at + FRAME, block.length);
            client.send(continuation(FIRST, end == block.length ? END_HEADERS : 0, Arrays.copyOfRange(block, at, end)));
        }
    }

    /** One field of 3,000 bytes in the dynamic table, and thousands of references to it. */
    private static void unfold(RawHttp2Client client) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(client.get(Http2Case.REFUSED));
        block.writeBytes(HexFormat.of().parseHex("4003782d617fb916"));
        block.writeBytes("b".repeat(3_000).getBytes(ISO_8859_1));
        for (int i = 0; i < 10_000; i++) {
            block.write(0xbe);
        }
        sendBlock(client, block.toByteArray());
    }
}
