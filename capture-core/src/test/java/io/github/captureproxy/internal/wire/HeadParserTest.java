package io.github.captureproxy.internal.wire;

import static io.github.captureproxy.internal.wire.Wire.assertRefused;
import static io.github.captureproxy.internal.wire.Wire.bytes;
import static io.github.captureproxy.internal.wire.Wire.head;
import static io.github.captureproxy.internal.wire.Wire.request;
import static io.github.captureproxy.internal.wire.Wire.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadParserTest {

    @Test
    void readsARequest() throws MalformedMessageException {
        byte[] bytes =
                head("POST http://h/p?q HTTP/1.1", "HoST: h", "X-A:1", "x-a: \t two  words \t", "Empty:", "Blank:  ");
        RequestHead head = HeadParser.request(bytes, 10);

        assertThat(head.bytes()).isSameAs(bytes);
        assertThat(head.method()).isSameAs("POST");
        assertThat(head.target()).isEqualTo("http://h/p?q");
        assertThat(head.minorVersion()).isEqualTo(1);
        assertThat(head.fieldsStart()).isEqualTo(head.fields().lineStart(0)).isEqualTo(28);
        Fields fields = head.fields();
        assertThat(Wire.names(fields)).containsExactly("HoST", "X-A", "x-a", "Empty", "Blank");
        assertThat(fields.value(0)).isEqualTo("h");
        assertThat(fields.value(1)).isEqualTo("1");
        assertThat(fields.value(2)).isEqualTo("two  words");
        assertThat(fields.value(3)).isEmpty();
        assertThat(fields.value(4)).isEmpty();
        assertThat(fields.known(0)).isEqualTo(FieldName.HOST);
        assertThat(fields.known(1)).isEqualTo(FieldName.OTHER);
        assertThat(fields.nameEquals(2, "x-a")).isTrue();
        assertThat(fields.nameEquals(2, "x-b")).isFalse();
        assertThat(fields.lineEnd(4)).isEqualTo(bytes.length - 2);
        assertThat(Ascii.string(bytes, fields.lineStart(1), fields.lineEnd(1))).isEqualTo("X-A:1\r\n");
    }

    @Test
    void readsAResponse() throws MalformedMessageException {
        ResponseHead head = response("HTTP/1.0 404 Not \u00e4 Found", "A: b");
        assertThat(head.status()).isEqualTo(404);
        assertThat(head.reason()).isEqualTo("Not \u00e4 Found");
        assertThat(head.minorVersion()).isZero();
        assertThat(head.fieldsStart()).isEqualTo(head.fields().lineStart(0));
        assertThat(head.fields().value(0)).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({"'HTTP/1.1 200',''", "'HTTP/1.1 200 ',''", "'HTTP/1.1 200  x ',' x '", "'HTTP/1.1 200 \t','\t'"})
    void readsAnyReason(String line, String reason) throws MalformedMessageException {
        assertThat(response(line).reason()).isEqualTo(reason);
        assertThat(response(line, "A: b").fieldsStart()).isEqualTo(line.length() + 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 199, 204, 304, 599, 600, 999})
    void readsAnyStatusOfThreeDigits(int status) throws MalformedMessageException {
        assertThat(response("HTTP/1.1 " + status + " X").status()).isEqualTo(status);
    }

    @Test
    void readsAHeadWithoutFields() throws MalformedMessageException {
        assertThat(request("GET / HTTP/1.0").fields().count()).isZero();
    }

    @Test
    void growsWithTheNumberOfFields() throws MalformedMessageException {
        String[] lines = new String[71];
        lines[0] = "GET / HTTP/1.1";
        for (int i = 1; i <= 70; i++) {
            lines[i] = "name-" + i + ": " + i;
        }
        Fields fields = HeadParser.request(head(lines), 70).fields();
        assertThat(fields.count()).isEqualTo(70);
        for (int i = 0; i < 70; i++) {
            assertThat(fields.name(i)).isEqualTo("name-" + (i + 1));
            assertThat(fields.value(i)).isEqualTo("" + (i + 1));
        }
        assertRefused(431, () -> HeadParser.request(head(lines), 69));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "HEAD", "PUT", "CONNECT", "OPTIONS", "DELETE", "PATCH", "TRACE"})
    void usualMethodsAreOneString(String method) throws MalformedMessageException {
        assertThat(request(method + " / HTTP/1.1").method()).isSameAs(method.intern());
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "GETT", "X", "M-SEARCH", "!#$%&'*+-.^_`|~09azAZ"})
    void otherMethodsPassAsTheyAre(String method) throws MalformedMessageException {
        assertThat(request(method + " / HTTP/1.1").method()).isEqualTo(method);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a|b{c}\"<>\\^`[]", "/\u00e4\u0080\u00ff", "*", "x", "/%zz", "//", "/a#b"})
    void targetsPassAsTheyAre(String target) throws MalformedMessageException {
        assertThat(request("GET " + target + " HTTP/1.1").target()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.0,0", "HTTP/1.1,1", "HTTP/1.2,1", "HTTP/1.9,1"})
    void laterVersionsOfHttp1AreHttp11(String version, int minor) throws MalformedMessageException {
        assertThat(request("GET / " + version).minorVersion()).isEqualTo(minor);
        assertThat(response(version + " 200 OK").minorVersion()).isEqualTo(minor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/0.9", "HTTP/2.0", "HTTP/3.1", "HTTP/9.9"})
    void refusesOtherVersions(String version) {
        assertRefused(505, () -> request("GET / " + version));
        assertRefused(505, () -> response(version + " 200 OK"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET",
                "",
                "GET  / HTTP/1.1",
                "GET /  HTTP/1.1",
                "GET / HTTP/1.1 ",
                " GET / HTTP/1.1",
                "GET / a HTTP/1.1",
                "GET\t/ HTTP/1.1",
                "GET /\tHTTP/1.1",
                "G(T / HTTP/1.1",
                "G\u00e4T / HTTP/1.1",
                "GET / http/1.1",
                "GET / HTTP/1",
                "GET / HTTP/11",
                "GET / HTTP/1.10",
                "GET / HTTP/1,1",
                "GET / HTTP/a.1",
                "GET / HTTP /1.1",
                "GET / HTTQ/1.1",
                "GET /\u0001 HTTP/1.1",
                "GET /\u007f HTTP/1.1",
                "GET /\0 HTTP/1.1",
                "GET /\r HTTP/1.1",
                "GET /\n HTTP/1.1",
                "GET / HTTP/1.1\r",
                "GET / HTTP/1.1x"
            })
    void refusesOtherRequestLines(String line) {
        assertRefused(400, () -> request(line, "Host: h"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1",
                "HTTP/1.1 ",
                "HTTP/1.1 20",
                "HTTP/1.1 2000",
                "HTTP/1.1 20x OK",
                "HTTP/1.1  200 OK",
                "HTTP/1.1\t200 OK",
                "HTTP/1.1 200\tOK",
                "HTTP/1.1 200OK",
                "HTTP/1.1 099 OK",
                "HTTP/1.1 +20 OK",
                "http/1.1 200 OK",
                " HTTP/1.1 200 OK",
                "HTTP/1.1 200 O\0K",
                "HTTP/1.1 200 O\rK",
                "HTTP/1.1 200 O\nK",
                "HTTP/1.1 200 O\u007fK",
                "HTTP/1.1 200 O\u0001K",
                "ICY 200 OK"
            })
    void refusesOtherStatusLines(String line) {
        assertRefused(400, () -> response(line, "A: b"));
    }

    static Stream<String> strayFieldLines() {
        return Stream.of(
                " A: b",
                "\tA: b",
                ": b",
                "A : b",
                "A\t: b",
                "A",
                "A b: c",
                "A(: b",
                "\u00e4: b",
                "A\0: b",
                "A\r: b",
                "A\n: b",
                "\rA: b",
                "\nA: b",
                "A: b\rc",
                "A: b\nc",
                "A: b\n",
                "A: b\r",
                "A: \0",
                "A: b\0c",
                "A: \u0001",
                "A: b\u007f",
                "A: b\u000bc",
                "A: b\u001f",
                "A: 12345678\u007f0123456789",
                "A: 12345678\0",
                "\"A\": b");
    }

    @ParameterizedTest
    @MethodSource("strayFieldLines")
    void refusesOtherFieldLinesWhereverTheyStand(String line) {
        assertRefused(400, () -> request("GET / HTTP/1.1", line));
        assertRefused(400, () -> request("GET / HTTP/1.1", "Host: h", line, "Z: z"));
        assertRefused(400, () -> response("HTTP/1.1 200 OK", "X: y", line));
        assertRefused(400, () -> Wire.fields(line));
        assertRefused(400, () -> Wire.fields("X: y", line, "Z: z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A: b\tc", "A: \u0080\u00ff", "A: ,;=\"(){}", "!#$%&'*+-.^_`|~: x", "A::b", "A:=: c"})
    void fieldsPassAsTheyAre(String line) throws MalformedMessageException {
        Fields fields = Wire.fields(line);
        assertThat(Ascii.string(fields.bytes(), fields.lineStart(0), fields.lineEnd(0)))
                .isEqualTo(line + "\r\n");
        assertThat(fields.value(0))
                .isEqualTo(line.substring(line.indexOf(':') + 1).strip());
    }

    @Test
    void refusesAHeadThatIsCutAnywhere() {
        byte[] whole = head("GET / HTTP/1.1", "Host: h", "A: b");
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertRefused(400, () -> HeadParser.request(cut, 10));
        }
        byte[] response = head("HTTP/1.1 200 OK", "A: b");
        for (int length = 0; length < response.length; length++) {
            byte[] cut = Arrays.copyOf(response, length);
            assertRefused(400, () -> HeadParser.response(cut, 10));
        }
    }

    @Test
    void refusesBytesBehindTheBlankLine() {
        assertRefused(400, () -> HeadParser.request(bytes("GET / HTTP/1.1\r\n\r\nx"), 10));
        assertRefused(400, () -> HeadParser.request(bytes("GET / HTTP/1.1\r\n\r\n\r\n"), 10));
    }

    @Test
    void saysWhatWasWrongWithoutThePayload() {
        MalformedMessageException e = catchThrowableOfType(
                MalformedMessageException.class, () -> request("GET / HTTP/1.1", "Secret : value"));
        assertThat(e).hasMessage("white space before a field's colon");
    }
}
