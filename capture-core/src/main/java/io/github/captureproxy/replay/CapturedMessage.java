package io.github.captureproxy.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A captured request as it goes out again in HTTP/1.1, to a proxy that sends everything to one origin. */
final class CapturedMessage {
    /** What the redaction of exports puts in place of secrets. */
    private static final Pattern PLACEHOLDER = Pattern.compile("redacted-[0-9a-f]{10}");

    private static final int CHUNK = 16 * 1024;

    private static final String CRLF = "\r\n";

    private final CapturedRequest request;
    private final List<String> warnings = new ArrayList<>();
    private final boolean chunked;
    private final byte[] head;

    private CapturedMessage(CapturedRequest request) {
        this.request = request;
        this.chunked = isChunked();
        this.head = head().getBytes(ISO_8859_1);
    }

    /** Throws an IllegalArgumentException that says why if it cannot be sent as it was. */
    static CapturedMessage of(Exchange exchange) {
        CapturedRequest request = exchange.request();
        CapturedBody body = request.body();
        if (request.method().equals("CONNECT") || exchange.upgradedTo().isPresent()) {
            throw cannot("a tunnel or an upgraded connection is no single message", exchange);
        }
        if (body.isTruncated()) {
            throw cannot(
                    "only " + body.capturedSize() + " of " + body.size()
                            + " bytes of its body were captured: raise maxBodyBytes, or use spillTo, when capturing",
                    exchange);
        }
        if (!body.isComplete()) {
            throw cannot("its body was never received whole", exchange);
        }
        boolean fits = isToken(request.method())
                && request.headers().stream().allMatch(CapturedMessage::fits)
                && request.trailers().stream().allMatch(CapturedMessage::fits)
                && request.origin().map(origin -> isVisible(origin.host())).orElse(true)
                && isVisible(request.target());
        if (!fits) {
            throw cannot("its head has characters that HTTP does not allow there", exchange);
        }
        return new CapturedMessage(request);
    }

    private static IllegalArgumentException cannot(String why, Exchange exchange) {
        return new IllegalArgumentException("the request of " + exchange + " cannot be replayed: " + why);
    }

    /** An imported one may hold anything. */
    private static boolean isVisible(String text) {
        return text.chars().noneMatch(c -> c <= ' ' || c == 0x7f || c > 0xff);
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    }

    private static boolean fits(Header field) {
        return isToken(field.name())
                && field.value().chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0 || c > 0xff);
    }

    /** Chunked as it was; and where HTTP/2 gave no length, or there are trailers, which nothing else can carry. */
    private boolean isChunked() {
        boolean length = request.headers().has("content-length");
        return request.headers().has("transfer-encoding")
                || !request.trailers().isEmpty()
                || !length && !request.body().isEmpty();
    }

    private String head() {
        StringBuilder text = new StringBuilder(request.method()).append(' ').append(target());
        text.append(request.httpVersion().equals("HTTP/1.0") ? " HTTP/1.0" : " HTTP/1.1")
                .append(CRLF);
        if (!request.headers().has("host")) {
            line(
                    text,
                    "Host",
                    request.origin().map(origin -> origin.authority()).orElse(""));
        }
        boolean framed = false;
        for (Header field : request.headers()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (name.equals("content-length")) {
                framed |= length(text, field);
            } else {
                framed |= name.equals("transfer-encoding");
                line(text, field.name(), field.value());
            }
        }
        if (chunked && !framed) {
            line(text, "Transfer-Encoding", "chunked");
        }
        if (PLACEHOLDER.matcher(text).find()) {
            warnings.add("it was sent with placeholders in place of secrets that were redacted");
        }
        return text.append(CRLF).toString();
    }

    /** The field as it was, unless the body has another length since. */
    private boolean length(StringBuilder text, Header field) {
        if (chunked) {
            return false;
        }
        String length = String.valueOf(request.body().size());
        if (!field.value().equals(length)) {
            warnings.add("Content-Length was " + field.value() + ", and the body has " + length + " bytes");
        }
        line(text, field.name(), length);
        return true;
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append(CRLF);
    }

    /** In origin-form, as to a server. */
    private String target() {
        String query = request.query().map(text -> "?" + text).orElse("");
        return request.path() + query;
    }

    /** What is to be known of how it was sent. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(head);
        try (InputStream body = request.body().open()) {
            if (chunked) {
                writeChunks(body, out);
            } else {
                body.transferTo(out);
            }
        }
        out.flush();
    }

    private void writeChunks(InputStream body, OutputStream out) throws IOException {
        for (byte[] chunk = body.readNBytes(CHUNK); chunk.length > 0; chunk = body.readNBytes(CHUNK)) {
            out.write((Integer.toHexString(chunk.length) + CRLF).getBytes(ISO_8859_1));
            out.write(chunk);
            out.write(CRLF.getBytes(ISO_8859_1));
        }
        StringBuilder end = new StringBuilder("0" + CRLF);
        request.trailers().forEach(field -> line(end, field.name(), field.value()));
        out.write(end.append(CRLF).toString().getBytes(ISO_8859_1));
    }
}
