package io.github.captureproxy.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CodedBodies;
import io.github.captureproxy.exchange.ContentDecodingException;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies in the record: the bytes as they passed, and what they mean. */
class BodiesTest extends ProxyTest {
    private static final String TEXT = "Größe, 尺寸, size. ".repeat(50);

    @Test
    void aChunkedBodyIsKeptWithoutItsChunks() throws IOException {
        Exchange exchange = pass(
                start(),
                Script.request(origin, "PUT", "/", "Transfer-Encoding: chunked\r\n", "")
                        + "3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nxy\r\n1\r\nz\r\n0\r\n\r\n");

        assertThat(exchange.request().body().bytes()).asString(UTF_8).isEqualTo("abcd");
        assertThat(response(exchange).bytes()).asString(UTF_8).isEqualTo("xyz");
    }

    @Test
    void aBodyUntilTheCloseIsKeptWhole() throws IOException {
        Exchange exchange = pass(start(), Script.get(origin, "/"), "HTTP/1.1 200 OK\r\n\r\nto the end");

        assertThat(response(exchange).text()).isEqualTo("to the end");
        assertThat(response(exchange).isComplete()).isTrue();
    }

    @Test
    void thereIsNoBodyWhereHttpHasNone() throws IOException {
        Exchange head = pass(
                start(),
                Script.request(origin, "HEAD", "/", "", ""),
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");

        assertThat(response(head).isEmpty()).isTrue();
        assertThat(response(head).isComplete()).isTrue();
        assertThat(response(head).isTruncated()).isFalse();
    }

    static Stream<Arguments> codings() {
        byte[] text = TEXT.getBytes(UTF_8);
        return Stream.of(
                arguments("gzip", CodedBodies.gzip(text), text),
                arguments("x-gzip", CodedBodies.gzip(text), text),
                arguments("deflate", CodedBodies.deflate(text, false), text),
                arguments("deflate", CodedBodies.deflate(text, true), text),
                arguments("zstd", CodedBodies.zstd(text), text),
                arguments("br", CodedBodies.BROTLI, CodedBodies.BROTLI_TEXT),
                arguments("identity", text, text),
                arguments("gzip, zstd", CodedBodies.zstd(CodedBodies.gzip(text)), text),
                arguments("deflate, gzip, gzip", stacked(text), text));
    }

    private static byte[] stacked(byte[] text) {
        return CodedBodies.gzip(CodedBodies.gzip(CodedBodies.deflate(text, false)));
    }

    @ParameterizedTest
    @MethodSource("codings")
    void aCodedBodyIsKeptAsItPassedAndReadUndone(String coding, byte[] coded, byte[] plain) throws IOException {
        String wire = new String(coded, ISO_8859_1);
        Exchange exchange = pass(
                start(),
                Script.request(
                        origin,
                        "POST",
                        "/",
                        "Content-Encoding: " + coding + "\r\nContent-Length: " + coded.length + "\r\n",
                        wire),
                Script.ok("Content-Encoding: " + coding + "\r\nContent-Type: text/plain;charset=utf-8\r\n", wire));

        for (CapturedBody body : new CapturedBody[] {exchange.request().body(), response(exchange)}) {
            assertThat(body.bytes()).isEqualTo(coded);
            assertThat(body.decoded()).isEqualTo(plain);
            assertThat(body.text()).isEqualTo(new String(plain, UTF_8));
        }
    }

    @Test
    void aDecompressionBombIsRefusedAndItsBytesAreStillThere() throws IOException {
        byte[] bomb = CodedBodies.gzip(new byte[(int) CapturedBody.MAX_DECODED_BYTES + 1]);
        Exchange exchange = pass(
                start(),
                Script.get(origin, "/"),
                Script.ok("Content-Encoding: gzip\r\n", new String(bomb, ISO_8859_1)));

        assertThatThrownBy(() -> response(exchange).decoded())
                .isInstanceOf(ContentDecodingException.class)
                .hasMessageContaining("" + CapturedBody.MAX_DECODED_BYTES);
        assertThat(response(exchange).bytes()).isEqualTo(bomb);
    }

    @Test
    void aBrokenCodingGivesAClearErrorAndTheRawBytes() throws IOException {
        Exchange exchange =
                pass(start(), Script.get(origin, "/"), Script.ok("Content-Encoding: gzip\r\n", "not gzip at all"));

        assertThatThrownBy(() -> response(exchange).text())
                .isInstanceOf(ContentDecodingException.class)
                .hasMessageContaining("gzip");
        assertThat(response(exchange).bytes()).asString(UTF_8).isEqualTo("not gzip at all");
    }

    static Stream<Arguments> texts() {
        byte[] utf16 = Arrays.copyOf(new byte[] {(byte) 0xfe, (byte) 0xff}, 8);
        System.arraycopy("grö".getBytes(UTF_16BE), 0, utf16, 2, 6);
        return Stream.of(
                arguments("text/plain; charset=ISO-8859-1", "grö".getBytes(ISO_8859_1), "grö"),
                arguments("text/plain; charset=\"utf-8\"", "grö".getBytes(UTF_8), "grö"),
                arguments("text/plain", "grö".getBytes(UTF_8), "grö"),
                arguments("text/plain", "grö".getBytes(ISO_8859_1), "grö"),
                arguments("text/plain", utf16, "grö"),
                arguments("application/json", "\"grö\"".getBytes(UTF_8), "\"grö\""),
                arguments(
                        "text/html",
                        "<meta charset=windows-1252>\u0080".getBytes(ISO_8859_1),
                        "<meta charset=windows-1252>€"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsReadByTheCharsetThatTheMessageNames(String type, byte[] bytes, String text) throws IOException {
        Exchange exchange = pass(
                start(),
                Script.get(origin, "/"),
                Script.ok("Content-Type: " + type + "\r\n", new String(bytes, ISO_8859_1)));

        assertThat(response(exchange).text()).isEqualTo(text);
    }

    private static CapturedBody response(Exchange exchange) {
        return exchange.response().orElseThrow().body();
    }
}
