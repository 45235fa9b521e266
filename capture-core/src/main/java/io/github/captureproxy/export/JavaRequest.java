package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HttpOrigin;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Java statements that send a request with {@code java.net.http}. */
final class JavaRequest {
    /** More would be nothing to have in source code. */
    private static final int MAX_BODY = 1024 * 1024;

    /** What {@link java.net.URI} takes in no path or query, beside control characters and what is no ASCII. */
    private static final String NOT_IN_A_URI = "\"<>\\^`{|}#[]";

    private final Exchange exchange;
    private final CapturedRequest request;
    private final StringBuilder code = new StringBuilder();

    private JavaRequest(Exchange exchange) {
        this.exchange = exchange;
        this.request = exchange.request();
    }

    /** The statements; a comment that says why there are none, if no request can be sent again. */
    static String statements(Exchange exchange) throws IOException {
        JavaRequest made = new JavaRequest(exchange);
        Optional<String> never = Remarks.unrepeatable(exchange.request());
        if (never.isPresent()) {
            made.comment(exchange.request().method() + " " + exchange.request().target() + ": " + never.get());
        } else {
            made.send();
        }
        return made.code.toString();
    }

    private void send() throws IOException {
        Remarks.of(exchange).forEach(this::comment);
        String uri = JavaLiteral.of(uri());
        code.append("HttpRequest request = HttpRequest.newBuilder(URI.create(")
                .append(uri)
                .append("))\n");
        String version = request.httpVersion().equals("HTTP/2") ? "HTTP_2" : "HTTP_1_1";
        code.append("        .version(HttpClient.Version.").append(version).append(")\n");
        RepeatedFields.of(request).forEach(this::field);
        code.append("        .").append(method()).append("\n        .build();\n");
        code.append("HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());\n");
        code.append(
                "System.out.println(request.method() + \" \" + request.uri() + \" -> \" + response.statusCode());\n");
    }

    private String uri() {
        String origin = request.origin().map(HttpOrigin::toString).orElse("");
        String target = request.url().substring(origin.length());
        String encoded = WireText.percentEncoded(target, NOT_IN_A_URI).replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
        if (!encoded.equals(target)) {
            comment("the target was sent with characters that no java.net.URI has: they are percent-encoded here");
        }
        if (request.target().equals("*")) {
            comment("the target was *, which this client cannot send");
        }
        return origin + encoded;
    }

    private void field(Header field) {
        switch (field.name().toLowerCase(Locale.ROOT)) {
            case "expect" -> code.append("        .expectContinue(true)\n");
            case "host" -> remark("Host was " + field.value() + ", which this client takes from the URI");
            default -> {
                if (WireText.isPrintable(field.value().replace('\t', ' '))) {
                    code.append("        .header(")
                            .append(JavaLiteral.of(field.name()))
                            .append(", ")
                            .append(JavaLiteral.of(field.value()))
                            .append(")\n");
                } else {
                    remark("left out, as this client sends ASCII alone: " + field.name());
                }
            }
        }
    }

    private String method() throws IOException {
        if (request.method().equals("GET") && request.body().capturedSize() == 0) {
            return "GET()"; // From JDK 19 on that has no Content-Length.
        }
        return "method(" + JavaLiteral.of(request.method()) + ", " + publisher() + ")";
    }

    private String publisher() throws IOException {
        CapturedBody body = request.body();
        if (body.capturedSize() == 0) {
            return "BodyPublishers.noBody()";
        }
        if (body.capturedSize() > MAX_BODY) {
            return "BodyPublishers.ofFile(Path.of(\"request-" + exchange.id() + ".bin\")) /* " + body.capturedSize()
                    + " bytes, not written here */";
        }
        BodyStart start = BodyStart.onTheWire(body, MAX_BODY);
        Optional<String> text = start.text().filter(known -> start.all());
        // A cut character at the end would be lost as text.
        return text.filter(known -> known.getBytes(UTF_8).length == start.bytes().length)
                .map(known -> "BodyPublishers.ofString(" + JavaLiteral.of(known) + ")")
                .orElseGet(() -> "BodyPublishers.ofByteArray(Base64.getDecoder().decode("
                        + JavaLiteral.of(Base64.getEncoder().encodeToString(start.bytes())) + "))");
    }

    private void comment(String text) {
        code.append("// ").append(WireText.remark(text)).append('\n');
    }

    private void remark(String text) {
        code.append("        // ").append(WireText.remark(text)).append('\n');
    }
}
