package io.github.captureproxy.examples.content;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Header;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A request as JavaScript that sends it again by {@code fetch}. Where a browser may not send a field, Node can. */
public final class FetchCode {
    /** What is about a connection, or is made anew for each request. */
    private static final Set<String> LEFT_OUT = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private FetchCode() {}

    /**
     * Writes it.
     *
     * @param request the request; its body is read whole
     * @return a statement of ASCII alone
     */
    public static String of(CapturedRequest request) {
        CapturedBody body = request.body();
        boolean bodiless = request.method().equals("GET") || request.method().equals("HEAD");
        StringBuilder code = new StringBuilder();
        if (body.capturedSize() > 0 && bodiless) {
            code.append("// The body is left out: fetch sends none with ")
                    .append(request.method())
                    .append(".\n");
        } else if (body.isTruncated() || !body.isComplete()) {
            code.append("// The body is not whole: ")
                    .append(body.capturedSize())
                    .append(" bytes of it were captured.\n");
        }
        code.append("await fetch(").append(literal(request.url())).append(", {\n");
        code.append("  method: ").append(literal(request.method())).append(",\n");
        code.append(headers(request));
        if (body.capturedSize() > 0 && !bodiless) {
            code.append("  body: ").append(body(body.bytes())).append(",\n");
        }
        return code.append("});\n").toString();
    }

    private static String headers(CapturedRequest request) {
        List<Header> sent = request.headers().stream()
                .filter(field -> !LEFT_OUT.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList();
        if (sent.isEmpty()) {
            return "";
        }
        return sent.stream()
                .map(field -> "    [" + literal(field.name()) + ", " + literal(field.value()) + "],\n")
                .collect(Collectors.joining("", "  headers: [\n", "  ],\n"));
    }

    private static String body(byte[] bytes) {
        return utf8(bytes)
                .map(FetchCode::literal)
                .orElseGet(() -> "Uint8Array.from(atob(\""
                        + Base64.getEncoder().encodeToString(bytes)
                        + "\"), (c) => c.charCodeAt(0))");
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty(); // as base64, then
        }
    }

    /** A string that ends no script and no line, whatever is in it. */
    static String literal(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c > '~' || c == '<') {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
