package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A request or a response, as the page takes it.
 *
 * @param line the request line or status line
 * @param httpVersion the version of HTTP
 * @param status the status; 0 of a request
 * @param reason the reason phrase
 * @param headers the header fields
 * @param trailers the trailer fields
 * @param body what is known of the body without reading it
 */
record MessageView(
        String line,
        String httpVersion,
        int status,
        String reason,
        List<FieldView> headers,
        List<FieldView> trailers,
        BodyView body) {

    /**
     * A field.
     *
     * @param name its name
     * @param value its value, a character a byte
     * @param utf8 its value as UTF-8, if it has other than ASCII characters and is that
     */
    record FieldView(String name, String value, Optional<String> utf8) {
        static List<FieldView> of(HeaderList fields) {
            return fields.stream().map(FieldView::of).toList();
        }

        private static FieldView of(Header field) {
            return new FieldView(field.name(), field.value(), utf8(field.value()));
        }

        private static Optional<String> utf8(String value) {
            if (value.chars().allMatch(c -> c < 0x80)) {
                return Optional.empty();
            }
            try {
                byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString());
            } catch (CharacterCodingException e) {
                return Optional.empty(); // it is in some other charset
            }
        }
    }

    /**
     * A body.
     *
     * @param size its bytes on the wire
     * @param captured how many of them were kept
     * @param complete whether its end was received
     * @param sha256 the digest of all of it, if one was made
     * @param contentType the content type
     * @param coding the content coding
     */
    record BodyView(
            long size,
            long captured,
            boolean complete,
            Optional<String> sha256,
            Optional<String> contentType,
            Optional<String> coding) {
        static BodyView of(CapturedBody body, HeaderList headers) {
            List<String> codings = headers.all("content-encoding");
            return new BodyView(
                    body.size(),
                    body.capturedSize(),
                    body.isComplete(),
                    body.sha256(),
                    headers.first("content-type"),
                    codings.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", codings)));
        }
    }

    static MessageView of(CapturedRequest request) {
        return new MessageView(
                request.method() + " " + request.target() + " " + request.httpVersion(),
                request.httpVersion(),
                0,
                "",
                FieldView.of(request.headers()),
                FieldView.of(request.trailers()),
                BodyView.of(request.body(), request.headers()));
    }

    static MessageView of(CapturedResponse response) {
        return new MessageView(
                response.httpVersion() + " " + response.status() + " " + response.reason(),
                response.httpVersion(),
                response.status(),
                response.reason(),
                FieldView.of(response.headers()),
                FieldView.of(response.trailers()),
                BodyView.of(response.body(), response.headers()));
    }
}
