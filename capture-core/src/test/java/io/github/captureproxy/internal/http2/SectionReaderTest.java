package io.github.captureproxy.internal.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionReaderTest {
    private static final int MAX_FIELDS = 50;
    private static final String[] GET = {":method: GET", ":scheme: https", ":authority: a.test", ":path: /x?y=1"};

    /** Each line is a name and a value with a colon and a space between them; a name may start with a colon. */
    private static FieldSection section(String... lines) {
        FieldSection section = new FieldSection(4_096, MAX_FIELDS);
        for (String line : lines) {
            int colon = line.indexOf(": ", 1);
            byte[] name = line.substring(0, colon).getBytes(ISO_8859_1);
            byte[] value = line.substring(colon + 2).getBytes(ISO_8859_1);
            section.field(name, 0, name.length, value, 0, value.length, line.contains("secret"));
        }
        return section;
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
    }

    private static String request(boolean absolute, String... lines) throws MalformedMessageException {
        RequestHead head = SectionReader.request(section(lines), absolute, MAX_FIELDS);
        return new String(head.bytes(), ISO_8859_1);
    }

    @Test
    void aRequestLooksAsItWouldInHttp11() throws Exception {
        assertThat(request(false, with(GET, "accept: */*", "x-b: 1", "x-b: 2")))
                .isEqualTo("GET /x?y=1 HTTP/1.1\r\nhost: a.test\r\naccept: */*\r\nx-b: 1\r\nx-b: 2\r\n\r\n");
    }

    @Test
    void aRequestToTheProxyNamesItsOriginInTheTarget() throws Exception {
        assertThat(request(true, GET)).startsWith("GET https://a.test/x?y=1 HTTP/1.1\r\nhost: a.test\r\n");
        assertThat(request(true, ":method: OPTIONS", ":scheme: http", ":authority: a.test", ":path: *"))
                .startsWith("OPTIONS http://a.test HTTP/1.1\r\n");
    }

    @Test
    void aHostThatIsThereStaysInItsPlace() throws Exception {
        assertThat(request(false, with(GET, "x: 1", "host: A.test")))
                .endsWith("HTTP/1.1\r\nx: 1\r\nhost: A.test\r\n\r\n");
        assertThat(request(true, ":method: GET", ":scheme: http", ":path: /", "host: b.test"))
                .isEqualTo("GET http://b.test/ HTTP/1.1\r\nhost: b.test\r\n\r\n");
    }

    @Test
    void crumbsOfCookiesAreJoinedWhereTheFirstStands() throws Exception {
        assertThat(request(false, with(GET, "cookie: a=1", "x: 1", "cookie: b=2", "cookie: c=3")))
                .endsWith("\r\ncookie: a=1; b=2; c=3\r\nx: 1\r\n\r\n");
    }

    @Test
    void whatIsNeverIndexedStaysSo() throws Exception {
        RequestHead head = SectionReader.request(
                section(with(GET, "x: 1", "cookie: a", "cookie: secret", "y: 2", "z: secret")), false, MAX_FIELDS);
        Fields fields = head.fields();
        assertThat(IntStream.range(0, fields.count())
                        .filter(fields::isNeverIndexed)
                        .mapToObj(fields::name))
                .containsExactly("cookie", "z");
        assertThat(head.isHttp2()).isTrue();
        assertThat(head.version()).isEqualTo("HTTP/2");
    }

    @Test
    void aTunnelIsAskedForByAuthorityAlone() throws Exception {
        assertThat(request(true, ":method: CONNECT", ":authority: a.test:443"))
                .startsWith("CONNECT a.test:443 HTTP/1.1\r\n");
    }

    static List<List<String>> malformedRequests() {
        return List.of(
                List.of(),
                List.of(":method: GET", ":scheme: https", ":authority: a"),
                List.of(":method: GET", ":path: /", ":authority: a"),
                List.of(":scheme: https", ":path: /", ":authority: a"),
                List.of(":method: GET", ":method: GET", ":scheme: https", ":path: /"),
                List.of(":method: GET", ":scheme: https", ":path: /", ":status: 200"),
                List.of(":method: GET", ":scheme: https", ":path: /", ":x: y"),
                List.of(":method: GET", ":scheme: https", "x: 1", ":path: /"),
                List.of(":method: GET", ":scheme: https", ":path: "),
                List.of(":method: GET", ":scheme: https", ":path: x"),
                List.of(":method: GET", ":scheme: https", ":path: *"),
                List.of(":method: GET", ":scheme: https", ":path: /a b"),
                List.of(":method: GET", ":scheme: https", ":path: /a\r\nx: y"),
                List.of(":method: GET", ":scheme: ftp", ":path: /"),
                List.of(":method: G T", ":scheme: https", ":path: /"),
                List.of(":method: ", ":scheme: https", ":path: /"),
                List.of(":method: CONNECT", ":authority: a:1", ":path: /"),
                List.of(":method: CONNECT"),
                List.of(":method: GET", ":scheme: https", ":authority: ", ":path: /"),
                List.of(":method: GET", ":scheme: https", ":path: /", "host: "),
                List.of(":method: GET", ":scheme: https", ":authority: a", ":path: /", "host: b"),
                List.of(":method: GET", ":scheme: https", ":path: /", "host: b", "host: b"),
                List.of(":method: GET", ":scheme: https", ":path: /", "X: y"),
                List.of(":method: GET", ":scheme: https", ":path: /", "x y: z"),
                List.of(":method: GET", ":scheme: https", ":path: /", "x\u0000: z"),
                List.of(":method: GET", ":scheme: https", ":path: /", "x: a\r\nb: c"),
                List.of(":method: GET", ":scheme: https", ":path: /", "x: a\u0000"),
                List.of(":method: GET", ":scheme: https", ":path: /", "x:  a"),
                List.of(":method: GET", ":scheme: https", ":path: /", "x: a\t"),
                List.of(":method: GET", ":scheme: https", ":path: /", "connection: close"),
                List.of(":method: GET", ":scheme: https", ":path: /", "proxy-connection: close"),
                List.of(":method: GET", ":scheme: https", ":path: /", "keep-alive: 5"),
                List.of(":method: GET", ":scheme: https", ":path: /", "transfer-encoding: chunked"),
                List.of(":method: GET", ":scheme: https", ":path: /", "upgrade: websocket"),
                List.of(":method: GET", ":scheme: https", ":path: /", "te: gzip"));
    }

    @ParameterizedTest
    @MethodSource("malformedRequests")
    void aMalformedRequestIsRefused(List<String> lines) {
        assertThatThrownBy(() -> request(false, lines.toArray(String[]::new)))
                .isInstanceOfSatisfying(
                        MalformedMessageException.class,
                        e -> assertThat(e.status()).isEqualTo(400));
    }

    @Test
    void aFieldNameWithAColonInItIsRefused() {
        FieldSection section = section(GET);
        byte[] name = "x:y".getBytes(ISO_8859_1);
        section.field(name, 0, name.length, name, 0, 1, false);
        assertThatThrownBy(() -> SectionReader.request(section, false, MAX_FIELDS))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void teMayAskForTrailers() throws Exception {
        assertThat(request(false, with(GET, "te: trailers"))).contains("\r\nte: trailers\r\n");
    }

    @Test
    void aSectionOverTheLimitIsToldFromAMalformedOne() {
        assertThatThrownBy(() -> request(false, with(GET, "x: " + "y".repeat(5_000))))
                .isInstanceOfSatisfying(
                        MalformedMessageException.class,
                        e -> assertThat(e.status()).isEqualTo(431));
    }

    @Test
    void aResponseLooksAsItWouldInHttp11() throws Exception {
        ResponseHead head = SectionReader.response(section(":status: 404", "x: y"), MAX_FIELDS);
        assertThat(new String(head.bytes(), ISO_8859_1)).isEqualTo("HTTP/1.1 404 \r\nx: y\r\n\r\n");
        assertThat(head.status()).isEqualTo(404);
        assertThat(head.reason()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {":status: 20", ":status: 2000", ":status: abc", ":status: 101", ":path: /", "status: 200"})
    void aMalformedResponseIsRefused(String line) {
        assertThatThrownBy(() -> SectionReader.response(section(line), MAX_FIELDS))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void trailersHaveNoPseudoFields() throws Exception {
        assertThat(SectionReader.trailers(section("grpc-status: 0"), MAX_FIELDS).value(0))
                .isEqualTo("0");
        assertThatThrownBy(() -> SectionReader.trailers(section(":status: 200"), MAX_FIELDS))
                .isInstanceOf(MalformedMessageException.class);
    }

    /** Whatever a value holds, it makes no second line. */
    @Property(tries = 500)
    void noValueMakesALine(@ForAll String value, @ForAll String name) {
        FieldSection section = section(GET);
        byte[] n = name.getBytes(ISO_8859_1);
        byte[] v = value.getBytes(ISO_8859_1);
        section.field(n, 0, n.length, v, 0, v.length, false);
        try {
            RequestHead head = SectionReader.request(section, false, MAX_FIELDS);
            assertThat(head.fields().count()).isEqualTo(2);
            assertThat(head.fields().value(1)).isEqualTo(new String(v, ISO_8859_1));
        } catch (MalformedMessageException e) {
            assertThat(e.problem()).isNotEmpty();
        }
    }
}
