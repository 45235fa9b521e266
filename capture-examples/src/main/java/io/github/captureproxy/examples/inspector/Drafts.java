package io.github.captureproxy.examples.inspector;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A captured request as a text that can be edited, and back. */
final class Drafts {
    /** A body up to this size can be edited. */
    private static final int MAX_TEXT = 1 << 20;

    private static final String LENGTH = "Content-Length";

    /**
     * What is edited.
     *
     * @param headers a field a line
     * @param text the body; null where it isn't text, or too long
     * @param cut whether only the beginning of the body was kept
     */
    record Draft(
            String method,
            String url,
            String headers,
            @Nullable String text,
            long bodyBytes,
            boolean cut,
            boolean browser) {}

    private Drafts() {}

    static Draft of(Exchange exchange, boolean browser) {
        CapturedRequest request = exchange.request();
        String headers = request.headers().stream()
                .map(header -> header.name() + ": " + header.value())
                .collect(Collectors.joining("\n"));
        CapturedBody body = request.body();
        return new Draft(
                request.method(), request.url(), headers, text(request), body.size(), body.isTruncated(), browser);
    }

    /** The request as it was edited; what was not touched stays as it was, byte for byte. */
    static CapturedRequest edited(CapturedRequest request, JsonNode draft) {
        String url = draft.path("url").asText();
        EditedUrl where = url.equals(request.url()) ? unchanged(request) : EditedUrl.parse(url, request.target());
        HeaderList headers = headers(draft.path("headers").asText());
        String text =
                draft.path("text").isTextual() ? draft.path("text").asText().replace("\r\n", "\n") : null;
        String before = text(request);
        boolean sameBody = text == null || before == null || text.equals(before.replace("\r\n", "\n"));
        CapturedBody body =
                text == null || sameBody ? request.body() : CapturedBody.of(text.getBytes(StandardCharsets.UTF_8));
        HeaderList sent = sameBody ? headers : framed(headers, body.size());
        return new CapturedRequest(
                method(draft.path("method").asText()),
                where.target(),
                request.httpVersion(),
                where.origin(),
                sent,
                body.withHeaders(sent),
                sameBody ? request.trailers() : HeaderList.empty());
    }

    private static EditedUrl unchanged(CapturedRequest request) {
        HttpOrigin origin = request.origin()
                .orElseThrow(() -> new RefusedException(
                        400, "this request names no server that it could be sent to: " + request.url()));
        return new EditedUrl(origin, request.target());
    }

    private static @Nullable String text(CapturedRequest request) {
        CapturedBody body = request.body();
        if (body.capturedSize() > MAX_TEXT || request.headers().has("Content-Encoding")) {
            return null;
        }
        String text = new String(body.bytes(), StandardCharsets.UTF_8);
        boolean exact = java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), body.bytes());
        return exact && text.indexOf('\0') < 0 ? text : null;
    }

    private static String method(String method) {
        if (!method.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}")) {
            throw new RefusedException(400, "the method has to be a word such as GET");
        }
        return method;
    }

    private static HeaderList headers(String text) {
        List<Header> headers = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.isBlank()) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || !line.substring(0, colon).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
                throw new RefusedException(400, "this line is no header field: \"" + line + "\". Write Name: value");
            }
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return HeaderList.of(headers);
    }

    /** Fields that say of a body how long it is now; one that was sent in chunks goes out so again. */
    private static HeaderList framed(HeaderList headers, long length) {
        boolean chunked = headers.has("Transfer-Encoding");
        List<Header> framed = new ArrayList<>();
        for (Header header : headers) {
            if (!header.name().equalsIgnoreCase(LENGTH)) {
                framed.add(header);
            } else if (!chunked) {
                framed.add(new Header(header.name(), String.valueOf(length)));
            }
        }
        if (!chunked && !headers.has(LENGTH) && length > 0) {
            framed.add(new Header(LENGTH, String.valueOf(length)));
        }
        return HeaderList.of(framed);
    }
}
