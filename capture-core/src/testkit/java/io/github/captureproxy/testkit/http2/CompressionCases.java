package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.ErrorCode.COMPRESSION_ERROR;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.WHOLE;
import static io.github.captureproxy.testkit.http2.Http2Frame.continuation;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static io.github.captureproxy.testkit.http2.Reaction.answers;
import static io.github.captureproxy.testkit.http2.Reaction.connectionError;
import static io.github.captureproxy.testkit.http2.Reaction.lives;
import static io.github.captureproxy.testkit.http2.Reaction.malformed;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Header blocks that cannot be decoded, and unusual ones that can (RFC 9113, section 4.3, and RFC 7541). */
final class CompressionCases {
    /** {@code x-a: b} as a literal that goes into the dynamic table. */
    private static final String INDEXED = "40 03 78 2d 61 01 62";

    /** The field that went into the dynamic table last. */
    private static final String LAST_INDEXED = "be";

    private static final int FIRST = 1;
    private static final int SECOND = 3;

    private CompressionCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(broken(), sizeUpdates(), split(), tables()).flatMap(it -> it);
    }

    private static Stream<Http2Case> broken() {
        return Stream.of(
                undecodable("7541 6.1: index 0", "80"),
                undecodable("7541 2.3.3: an index beyond the tables", "be"),
                undecodable("7541 2.3.3: a name's index beyond the tables", "7f 20 01 62"),
                undecodable("7541 5.1: an integer that overflows", "ff ff ff ff ff ff ff ff ff 7f"),
                undecodable("7541 5.1: an integer without end", "ff 80"),
                undecodable("7541 5.1: an integer of zeros without end", "ff 80 80 80 80 80 80 80 80 80 80 80 00"),
                undecodable("7541 5.2: a string beyond the block", "00 03 78 2d 61 7f 00"),
                undecodable("7541 5.2: a name that is cut off", "00 05 78"),
                undecodable("7541 5.2: Huffman padding longer than 7 bits", "00 03 78 2d 61 82 1f ff"),
                undecodable("7541 5.2: Huffman padding of zeros", "00 03 78 2d 61 81 18"),
                undecodable("7541 5.2: Huffman code with EOS", "00 03 78 2d 61 84 ff ff ff ff"),
                undecodable("7541 5.2: a Huffman code that is cut off", "00 03 78 2d 61 82 ff fe"));
    }

    private static Stream<Http2Case> sizeUpdates() {
        return Stream.of(
                undecodable("7541 4.2: a size update behind a field", "20"),
                Http2Case.of(
                        "4.3 7541 6.3: a size update beyond the limit",
                        client -> client.send(
                                headers(FIRST, WHOLE, joined("3f e1 ff ff 7f", client.get(Http2Case.REFUSED)))),
                        connectionError(COMPRESSION_ERROR)),
                Http2Case.of(
                        "4.3 7541 4.2: two size updates before the first field",
                        client -> client.send(headers(FIRST, WHOLE, joined("20 3f 11", client.get("/")))),
                        answers(FIRST, 200)),
                Http2Case.of(
                        "4.3 7541 4.3: a size update empties the table",
                        client -> client.send(
                                headers(FIRST, WHOLE, joined(client.get("/"), INDEXED)),
                                headers(SECOND, WHOLE, joined("20", joined(client.get("/"), LAST_INDEXED)))),
                        connectionError(COMPRESSION_ERROR)));
    }

    private static Stream<Http2Case> split() {
        return Stream.of(
                Http2Case.of("4.3 a block split at each byte by turns", CompressionCases::splitAtEachByte, lives()),
                Http2Case.of(
                        "4.3 a block that begins in the second frame",
                        client -> client.send(
                                headers(FIRST, END_STREAM), continuation(FIRST, END_HEADERS, client.get("/"))),
                        answers(FIRST, 200)),
                Http2Case.of(
                        "4.3 an error within CONTINUATION",
                        client -> {
                            byte[] block = joined(client.get(Http2Case.REFUSED), "80");
                            int half = block.length / 2;
                            client.send(
                                    headers(FIRST, END_STREAM, Arrays.copyOf(block, half)),
                                    continuation(FIRST, END_HEADERS, Arrays.copyOfRange(block, half, block.length)));
                        },
                        connectionError(COMPRESSION_ERROR)),
                Http2Case.of(
                        "4.3 an error in trailers",
                        client -> {
                            client.sendPost(FIRST, Http2Case.REFUSED);
                            client.send(headers(FIRST, WHOLE, HexFormat.of().parseHex("80")));
                        },
                        connectionError(COMPRESSION_ERROR)));
    }

    private static void splitAtEachByte(RawHttp2Client client) throws IOException {
        byte[] block = client.get("/split");
        for (int i = 0; i <= block.length; i++) {
            int stream = client.nextStream();
            client.send(
                    headers(stream, END_STREAM, Arrays.copyOf(block, i)),
                    continuation(stream, END_HEADERS, Arrays.copyOfRange(block, i, block.length)));
            client.awaitEnd(stream);
            if (client.status(stream) != 200) {
                throw new AssertionError("split at " + i + ": " + client.fields(stream));
            }
        }
    }

    /** Whatever becomes of a request, its block is part of the table's history. */
    private static Stream<Http2Case> tables() {
        return Stream.of(
                Http2Case.of(
                        "4.3 a field from the dynamic table",
                        client -> client.send(
                                headers(FIRST, WHOLE, joined(client.get("/"), INDEXED)),
                                headers(SECOND, WHOLE, joined(client.get("/"), LAST_INDEXED))),
                        answers(SECOND, 200)),
                Http2Case.of(
                        "4.3 a field that a malformed request put into the dynamic table",
                        client -> {
                            byte[] malformed = client.head("GET", Http2Case.REFUSED)
                                    .with("connection", "close")
                                    .bytes();
                            client.send(
                                    headers(FIRST, WHOLE, joined(malformed, INDEXED)),
                                    headers(SECOND, WHOLE, joined(client.get("/"), LAST_INDEXED)));
                        },
                        answers(SECOND, 200)),
                Http2Case.of(
                        "4.3 a field that trailers put into the dynamic table",
                        client -> {
                            client.sendPost(FIRST, "/");
                            client.send(
                                    headers(
                                            FIRST,
                                            WHOLE,
                                            HexFormat.ofDelimiter(" ").parseHex(INDEXED)),
                                    headers(SECOND, WHOLE, joined(client.get("/"), LAST_INDEXED)));
                        },
                        answers(SECOND, 200)),
                Http2Case.of(
                        "4.3 a malformed field from the dynamic table, twice",
                        client -> {
                            byte[] upperCase = HexFormat.of().parseHex("4003582d610162");
                            byte[] get = client.get(Http2Case.REFUSED);
                            client.send(
                                    headers(FIRST, WHOLE, Http2Frame.joined(get, upperCase)),
                                    headers(SECOND, WHOLE, joined(get, LAST_INDEXED)));
                        },
                        malformed(SECOND)),
                Http2Case.of("4.3 dynamic entries over three requests", CompressionCases::three, answers(5, 200)));
    }

    private static void three(RawHttp2Client client) throws IOException {
        for (int stream = 1; stream <= 5; stream += 2) {
            client.sendCompressedGet(stream, "/three");
        }
    }

    /** A request that would be whole but for its end. */
    private static Http2Case undecodable(String name, String end) {
        return Http2Case.of(
                "4.3 " + name,
                client -> client.send(headers(FIRST, WHOLE, joined(client.get(Http2Case.REFUSED), end))),
                connectionError(COMPRESSION_ERROR));
    }

    private static byte[] joined(byte[] block, String hex) {
        return Http2Frame.joined(block, HexFormat.ofDelimiter(" ").parseHex(hex));
    }

    private static byte[] joined(String hex, byte[] block) {
        return Http2Frame.joined(HexFormat.ofDelimiter(" ").parseHex(hex), block);
    }
}
