package io.github.captureproxy.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CapturedBodyTextTest {
    static Arguments[] charsets() {
        Charset cp1251 = Charset.forName("windows-1251");
        Charset shiftJis = Charset.forName("Shift_JIS");
        return new Arguments[] {
            Arguments.of("text/plain;charset=windows-1251", "Привет".getBytes(cp1251), "Привет"),
            Arguments.of("text/plain; charset=\"Shift_JIS\"", "日本".getBytes(shiftJis), "日本"),
            Arguments.of("text/plain; CHARSET = 'utf-8'", "ü".getBytes(UTF_8), "ü"),
            Arguments.of("text/plain; charset=utf-8", "\uFEFFü".getBytes(UTF_8), "ü"),
            Arguments.of("text/plain; charset=iso-8859-1", "ü".getBytes(UTF_8), "Ã¼"),
            Arguments.of("text/plain; charset=klingon", "ü".getBytes(UTF_8), "ü"),
            Arguments.of("text/plain; charset=\u00e4!", "ü".getBytes(ISO_8859_1), "ü"),
            Arguments.of("text/plain", "\uFEFFü".getBytes(UTF_8), "ü"),
            Arguments.of("text/plain", "\uFEFFü".getBytes(UTF_16BE), "ü"),
            Arguments.of("application/json", "\uFEFFü".getBytes(UTF_16LE), "ü"),
            Arguments.of("application/json", new byte[] {'"', (byte) 0xfc, '"'}, "\"\uFFFD\""),
            Arguments.of("application/problem+json", new byte[] {(byte) 0xfc}, "\uFFFD"),
            Arguments.of(
                    "application/xml",
                    "<?xml version=\"1.0\" encoding='windows-1251'?><a>Привет</a>".getBytes(cp1251),
                    "<?xml version=\"1.0\" encoding='windows-1251'?><a>Привет</a>"),
            Arguments.of(
                    "image/svg+xml",
                    "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>ü</a>".getBytes(UTF_8),
                    "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>ü</a>"),
            Arguments.of(
                    "text/html",
                    "<html><META charset=Shift_JIS>日本".getBytes(shiftJis),
                    "<html><META charset=Shift_JIS>日本"),
            Arguments.of(
                    "text/html",
                    "<meta http-equiv=Content-Type content=\"text/html; charset=shift_jis\">日本".getBytes(shiftJis),
                    "<meta http-equiv=Content-Type content=\"text/html; charset=shift_jis\">日本"),
            Arguments.of(
                    "text/html",
                    (" ".repeat(1024) + "<meta charset=windows-1251>ü").getBytes(UTF_8),
                    " ".repeat(1024) + "<meta charset=windows-1251>ü"),
            Arguments.of("text/plain", "ü日".getBytes(UTF_8), "ü日"),
            Arguments.of("text/plain", "ü".getBytes(ISO_8859_1), "ü"),
            Arguments.of("nonsense", "ü".getBytes(ISO_8859_1), "ü"),
        };
    }

    @ParameterizedTest
    @MethodSource("charsets")
    void theCharsetIsFoundByTheRulesInTheirOrder(String contentType, byte[] bytes, String expected) {
        assertThat(body(bytes, contentType).text()).isEqualTo(expected);
    }

    @Test
    void withoutAContentTypeItIsUtf8OrElseLatin1() {
        assertThat(CapturedBody.of("ü".getBytes(UTF_8)).text()).isEqualTo("ü");
        assertThat(CapturedBody.of("ü".getBytes(ISO_8859_1)).text()).isEqualTo("ü");
        assertThat(CapturedBody.empty().text()).isEmpty();
    }

    @Test
    void aCutWithinACharacterDoesNotMakeItLatin1() {
        byte[] bytes = "üü".getBytes(UTF_8);
        CapturedBody cut = CapturedBody.of(
                CapturedBody.inMemory(Arrays.copyOf(bytes, 3)), bytes.length, true, null, HeaderList.empty());

        assertThat(cut.text()).isEqualTo("ü\uFFFD");
    }

    @Test
    void theTextIsOfTheDecodedBytes() {
        HeaderList headers = HeaderList.of("content-encoding", "gzip", "content-type", "text/plain");

        assertThat(CapturedBody.of(CodedBodies.gzip("ü".getBytes(UTF_8)), headers)
                        .text())
                .isEqualTo("ü");
        assertThatThrownBy(() -> CapturedBody.of(new byte[] {1}, headers).text())
                .isInstanceOf(ContentDecodingException.class);
    }

    @Property(tries = 200)
    void anyTextInUtf8ComesBack(@ForAll String text) {
        byte[] bytes = text.getBytes(UTF_8);
        String expected = new String(bytes, UTF_8);
        String withoutMark = expected.startsWith("\uFEFF") ? expected.substring(1) : expected;

        assertThat(body(bytes, "text/plain; charset=utf-8").text()).isEqualTo(withoutMark);
    }

    @Property(tries = 200)
    void noBytesThrow(@ForAll byte[] bytes) {
        for (String type : new String[] {"text/html", "text/xml", "application/json", "text/plain"}) {
            assertThat(body(bytes, type).text()).isNotNull();
        }
    }

    private static CapturedBody body(byte[] bytes, String contentType) {
        return CapturedBody.of(bytes, HeaderList.of("Content-Type", contentType));
    }
}
