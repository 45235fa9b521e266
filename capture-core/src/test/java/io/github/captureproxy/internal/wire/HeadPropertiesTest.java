package io.github.captureproxy.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.constraints.Size;

class HeadPropertiesTest {

    private static final int TRIES = 500;
    private static final String TOKEN = "!#$%&'*+-.^_`|~0123456789abcxyzABCXYZ";

    @Property(tries = TRIES)
    void whatIsWrittenIsReadBack(
            @ForAll("tokens") String method,
            @ForAll("targets") String target,
            @ForAll("fieldLines") List<Tuple2<String, String>> lines)
            throws MalformedMessageException {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        lines.forEach(line ->
                text.append(line.get1()).append(": ").append(line.get2()).append(" \t\r\n"));
        byte[] bytes = Wire.bytes(text.append("\r\n").toString());

        assertThat(new HeadScanner().scan(ByteBuffer.wrap(bytes), 0, bytes.length))
                .isEqualTo(bytes.length);
        RequestHead head = HeadParser.request(bytes, Wire.MAX_FIELDS);
        assertThat(head.method()).isEqualTo(method);
        assertThat(head.target()).isEqualTo(target);
        assertThat(head.fields().count()).isEqualTo(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            assertThat(head.fields().name(i)).isEqualTo(lines.get(i).get1());
            assertThat(head.fields().value(i)).isEqualTo(lines.get(i).get2());
            assertThat(head.fields().lineEnd(i))
                    .isEqualTo(i + 1 < lines.size() ? head.fields().lineStart(i + 1) : bytes.length - 2);
        }
    }

    @Property(tries = TRIES)
    void responsesAreReadBackToo(
            @ForAll("values") String reason, @ForAll("fieldLines") List<Tuple2<String, String>> lines)
            throws MalformedMessageException {
        StringBuilder text = new StringBuilder("HTTP/1.1 203 " + reason + "\r\n");
        lines.forEach(
                line -> text.append(line.get1()).append(':').append(line.get2()).append("\r\n"));
        ResponseHead head = HeadParser.response(Wire.bytes(text.append("\r\n").toString()), Wire.MAX_FIELDS);
        assertThat(head.reason()).isEqualTo(reason);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(head.fields().value(i)).isEqualTo(lines.get(i).get2());
        }
    }

    @Property(tries = TRIES)
    void oneStrayByteIsRefusedOrReadBackAsItIs(
            @ForAll("fieldLines") List<Tuple2<String, String>> lines, @ForAll int where, @ForAll byte stray) {
        StringBuilder text = new StringBuilder("GET http://h/p HTTP/1.1\r\nHost: h\r\n");
        lines.forEach(
                line -> text.append(line.get1()).append(':').append(line.get2()).append("\r\n"));
        byte[] bytes = Wire.bytes(text.append("\r\n").toString());
        bytes[Math.floorMod(where, bytes.length)] = stray;
        parseEverything(bytes);
    }

    @Property(tries = 2 * TRIES)
    void randomBytesAreRefusedOrRead(@ForAll @Size(max = 200) byte[] bytes) {
        parseEverything(bytes);
    }

    @Property(tries = 2 * TRIES)
    void likelyBytesAreRefusedOrRead(@ForAll("likely") String text) {
        parseEverything(Wire.bytes(text));
    }

    /** Runs every parser; anything but a result or a refusal fails the test by itself. */
    private static void parseEverything(byte[] bytes) {
        quietly(() -> new HeadScanner().scan(ByteBuffer.wrap(bytes), 0, bytes.length));
        quietly(() -> {
            RequestHead head = HeadParser.request(bytes, Wire.MAX_FIELDS);
            assertReassembles(head.fields(), head.fieldsStart());
            quietly(() -> HostRules.check(head));
            quietly(() -> Framing.ofRequest(head));
            quietly(() -> HopByHop.of(head.fields()));
            quietly(() -> RequestTarget.parse(head).host());
        });
        quietly(() -> {
            ResponseHead head = HeadParser.response(bytes, Wire.MAX_FIELDS);
            assertReassembles(head.fields(), head.fieldsStart());
            quietly(() -> Framing.ofResponse(head, "GET"));
            quietly(() -> HopByHop.of(head.fields()));
        });
        quietly(() -> HeadParser.trailers(bytes, Wire.MAX_FIELDS));
        assertThat(new ChunkTranscript().read(bytes, List.of(Integer.MAX_VALUE), false))
                .isEqualTo(new ChunkTranscript().read(bytes, List.of(1), false));
    }

    /** Whatever was let through, its lines lie one behind the other and fill the head. */
    private static void assertReassembles(Fields fields, int start) {
        int at = start;
        for (int i = 0; i < fields.count(); i++) {
            assertThat(fields.lineStart(i)).isEqualTo(at);
            assertThat(fields.name(i)).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
            assertThat(fields.value(i)).matches("[\\t\\x20-\\x7e\\x80-\\xff]*");
            at = fields.lineEnd(i);
        }
        assertThat(at + 2).isEqualTo(fields.bytes().length);
    }

    private interface Parse {
        void run() throws MalformedMessageException;
    }

    private static void quietly(Parse parse) {
        try {
            parse.run();
        } catch (MalformedMessageException e) {
            assertThat(e.status()).isIn(400, 431, 501, 505);
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<String> tokens() {
        return Arbitraries.strings().withChars(TOKEN).ofMinLength(1).ofMaxLength(20);
    }

    @Provide
    Arbitrary<String> targets() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .withCharRange('\u0080', '\u00ff')
                .ofMinLength(1)
                .ofMaxLength(60);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('\u0080', '\u00ff')
                .withChars('\t')
                .ofMaxLength(60)
                .map(value -> value.replaceAll("^[ \t]+|[ \t]+$", ""));
    }

    @Provide
    Arbitrary<List<Tuple2<String, String>>> fieldLines() {
        Arbitrary<String> known =
                Arbitraries.of(FieldName.values()).map(name -> name == FieldName.OTHER ? "Cookie" : name.lowerCase());
        Arbitrary<String> names = Arbitraries.oneOf(known, tokens());
        return Combinators.combine(names, values()).as(Tuple::of).list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<String> likely() {
        return Arbitraries.of(
                        "GET ",
                        "CONNECT ",
                        "OPTIONS ",
                        "/",
                        "*",
                        "http://",
                        "a",
                        "[::1]",
                        ":",
                        "443",
                        "?",
                        "#",
                        "@",
                        " HTTP/1.1",
                        "HTTP/1.1 ",
                        "200",
                        " ",
                        "\r\n",
                        "\r\n\r\n",
                        "Host",
                        ": ",
                        "Content-Length: ",
                        "5",
                        "Transfer-Encoding: ",
                        "chunked",
                        ",",
                        "Connection: ",
                        "close",
                        "\r",
                        "\n",
                        "\0",
                        "\t",
                        "0\r\n",
                        "\"",
                        ";")
                .list()
                .ofMaxSize(25)
                .map(parts -> String.join("", parts));
    }
}
