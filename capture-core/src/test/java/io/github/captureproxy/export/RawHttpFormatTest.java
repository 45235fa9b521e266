package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages as they are on the wire, and as people read them. */
class RawHttpFormatTest {
    private static final HttpOrigin ORIGIN = new HttpOrigin("http", "example.com", 80);

    private final RawHttpFormat raw = Export.rawHttp().redact(Redaction.none());

    private static Exchange named(String name) throws IOException {
        return HostileExchanges.named(name, HostileExchanges.at(ORIGIN));
    }

    @Test
    void messagesFollowEachOther() throws IOException {
        assertThat(raw.text(named("get-with-body"))).isEqualTo("""
                GET /h/get-with-body HTTP/1.1
                Host: example.com
                Content-Type: application/json

                {"q":1}

                HTTP/1.1 103 Early Hints
                Link: </x>

                HTTP/1.1 200 OK
                Content-Type: text/plain
                Content-Length: 5
                X-Twice: 1
                x-twice: 2

                hello

                """.replace("\n", "\r\n"));
    }

    @Test
    void bodiesAreWrittenByteForByte() throws IOException {
        for (String name : List.of("binary", "huge", "gzip", "invalid")) {
            Exchange exchange = named(name);
            byte[] body = exchange.request().body().bytes();

            String text = latin(raw, exchange);

            int start = text.indexOf("\r\n\r\n") + 4;
            assertThat(text.substring(start, start + body.length).getBytes(ISO_8859_1))
                    .isEqualTo(body);
            assertThat(text.substring(start + body.length)).startsWith("\r\n\r\nHTTP/1.1 103");
        }
    }

    @Test
    void aRedactedBodyHasItsOwnLength() throws IOException {
        HeaderList headers = HeaderList.of("Content-Type", "application/json", "Content-Length", "16");
        CapturedBody login = CapturedBody.of("{\"password\":\"x\"}".getBytes(UTF_8), headers);
        CapturedRequest request = named("json").request().withHeaders(headers).withBody(login, HeaderList.empty());
        Exchange exchange = named("json").toBuilder().request(request).build();

        assertThat(Export.rawHttp().text(exchange)).contains("\r\nContent-Length: 34\r\n\r\n{\"password\":\"redacted-");
    }

    @Test
    void chunkedBodiesAreChunkedWithTheirTrailers() throws IOException {
        assertThat(raw.text(named("chunked")).lines())
                .containsSequence("", "6", "chunks", "0", "X-Sum: 1", "", "HTTP/1.1 103 Early Hints");
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        assertThat(raw.text(named("truncated")))
                .contains("beginning \u00e9\r\n# of this body there are only the first 12 of 1000000 bytes\r\n");
        assertThat(raw.text(named("partial")))
                .contains("\r\nten bytes!\r\n# of this body there are only 10 bytes, as its sender broke off\r\n")
                .endsWith("\r\n\r\n# ORIGIN_ABORTED (the origin broke off)\r\n");
        assertThat(raw.text(named("unanswered"))).endsWith("\r\n\r\n# ORIGIN_ABORTED (*/ ?u000a ?? it's)\r\n");
    }

    @Test
    void decodedBodiesAreTextOrAWordAboutThem() throws IOException {
        RawHttpFormat decoded = raw.decoded();

        assertThat(decoded.text(named("gzip"))).contains("\r\n\r\n" + HostileExchanges.JSON + "\r\n\r\nHTTP/1.1 103");
        assertThat(decoded.text(named("latin"))).contains("\r\n\r\ngr\u00fc\u00dfe\r\n\r\n");
        assertThat(decoded.text(named("chunked"))).contains("\r\n\r\nchunks\r\nX-Sum: 1\r\n\r\n");
        assertThat(decoded.text(named("image"))).endsWith("# a body of 1024 bytes, image/png\r\n\r\n");
        assertThat(decoded.text(named("broken-gzip"))).endsWith("# a body of 1024 bytes, text/html\r\n\r\n");
    }

    @Test
    void aLinePartsExchanges() throws IOException {
        Exchange plain = named("plain");
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        raw.write(List.of(plain, plain), out);

        assertThat(out.toString(UTF_8)).isEqualTo(raw.text(plain) + "###\r\n" + raw.text(plain));
    }

    private static String latin(RawHttpFormat format, Exchange exchange) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(List.of(exchange), out);
        return out.toString(ISO_8859_1);
    }
}
