package io.github.captureproxy.examples.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a body is follows from its type, and where that says nothing, from its first bytes. */
class ContentKindTest {
    @ParameterizedTest
    @CsvSource({
        "application/json, x, JSON",
        "application/problem+json, x, JSON",
        "application/x-ndjson, x, JSON_LINES",
        "text/html, x, HTML",
        "image/svg+xml, <svg, IMAGE",
        "application/atom+xml, x, XML",
        "multipart/form-data, x, MULTIPART",
        "application/x-www-form-urlencoded, x, FORM",
        "application/grpc+proto, x, GRPC",
        "application/x-protobuf, x, PROTOBUF",
        "text/event-stream, x, EVENTS",
        "text/javascript, x, SCRIPT",
        "text/plain, '{\"a\":1}', JSON",
        "'', '[1]', JSON",
        "'', '<!DOCTYPE HTML>', HTML",
        "'', '<?xml version=', XML",
        "application/octet-stream, words, TEXT",
        "'', '\u0000\u0001', BINARY",
        "text/plain, '\u0001\u0001', TEXT",
        "'', 'GIF89a', IMAGE"
    })
    void kinds(String essence, String start, ContentKind kind) {
        assertThat(ContentKind.of(essence, start.getBytes(ISO_8859_1))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "'\u0089PNG\r\n\u001a\n', image/png",
        "'\u00ff\u00d8\u00ff', image/jpeg",
        "'RIFFxxxxWEBP', image/webp",
        "'xxxxftypavif', image/avif",
        "'<?xml ?><svg', image/svg+xml"
    })
    void images(String start, String type) {
        assertThat(ContentKind.imageType(start.getBytes(ISO_8859_1))).contains(type);
    }
}
