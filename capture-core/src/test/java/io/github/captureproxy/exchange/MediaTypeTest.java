package io.github.captureproxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text/html;charset=utf-8|utf-8",
                "Text/HTML; Charset=\"utf-8\"|utf-8",
                "text/html ; ; charset = utf-8 ;|utf-8",
                "text/html; a=\"x;charset=no\"; charset=utf-8|utf-8",
                "text/html; charset=\"utf-8|utf-8",
                "text/html; charset=\"utf-8\" noise; b=c|utf-8",
                "text/html; charset=a; charset=b|a",
                "text/html; charset=\"a\\\"b\\\\c\\d\"|a\"b\\c\\d",
                "text/html; =x; charset; charset=z|z",
            })
    void parametersAreReadAsSendersWriteThem(String value, String charset) {
        MediaType type = MediaType.parse(value).orElseThrow();

        assertThat(type.essence()).isEqualTo("text/html");
        assertThat(type.parameter("CHARSET")).contains(charset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "/html", "text/", "te xt/html", "text/html, text/plain", ";charset=utf-8"})
    void whatHasNoTypeAndSubtypeIsNone(String value) {
        assertThat(MediaType.parse(value)).isEmpty();
    }

    @Test
    void aPrintedMediaTypeReadsBackTheSame() {
        MediaType type = new MediaType("Multipart", "Form-Data", Map.of("boundary", "a \"b\"\\", "Q", ""));

        assertThat(MediaType.parse(type.toString())).contains(type);
        assertThat(new MediaType("a", "b", Map.of("c", "d"))).hasToString("a/b; c=d");
    }

    @Property
    void noTextThrows(@ForAll String text) {
        assertThat(MediaType.parse(text)).isNotNull();
        assertThat(MediaType.parse("a/b;" + text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Text/Plain", "text/plain; charset=UTF-8", "text/plain; boundary=x", "text/plain;a=b;c=d"})
    void whatIsReadAgainIsTheSame(String value) {
        assertThat(MediaType.parse(value)).isEqualTo(MediaType.parse(new String(value.toCharArray())));
    }

    @Test
    void moreTypesThanAreRememberedAreRead() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(MediaType.parse("a/B" + i)).contains(new MediaType("a", "b" + i, Map.of()));
        }
    }

    @Test
    void theBodyTellsItsContentType() {
        CapturedBody body = CapturedBody.of(new byte[1], HeaderList.of("content-type", "image/PNG"));

        assertThat(body.contentType()).contains("image/PNG");
        assertThat(body.mediaType()).contains(new MediaType("image", "png", Map.of()));
        assertThat(CapturedBody.empty().contentType()).isEmpty();
    }
}
