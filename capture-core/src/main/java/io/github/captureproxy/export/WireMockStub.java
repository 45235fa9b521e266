package io.github.captureproxy.export;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes what WireMock calls a stub mapping. For one thread. */
final class WireMockStub {
    /** Of requests larger ones are not compared; larger answers are Base64, which can be written as it is read. */
    private static final int MAX_TEXT = 1024 * 1024;

    /** Framing is made anew by who serves the stub. */
    private static final Set<String> FRAMING =
            Set.of("connection", "content-length", "keep-alive", "proxy-connection", "trailer", "transfer-encoding");

    /** What stands for any value, as the replacement of a pattern. */
    private static final String ANYTHING = Matcher.quoteReplacement("${json-unit.ignore}");

    private final JsonGenerator json;

    WireMockStub(JsonGenerator json) {
        this.json = json;
    }

    /** Writes one, before which those of a lower number come; nothing where a stub could do nothing. */
    void write(Exchange exchange, int priority) throws IOException {
        Optional<CapturedResponse> response = exchange.response().filter(known -> known.status() >= 200);
        boolean reset = response.isEmpty() && exchange.outcome().status() == Outcome.Status.ORIGIN_ABORTED;
        if (Remarks.unrepeatable(exchange.request()).isPresent() || response.isEmpty() && !reset) {
            return;
        }
        json.writeStartObject();
        json.writeStringField(
                "name",
                WireText.readable(
                        exchange.request().method() + " " + exchange.request().url()));
        json.writeNumberField("priority", priority);
        request(exchange.request());
        json.writeObjectFieldStart("response");
        if (response.isPresent()) {
            response(response.get());
        } else {
            json.writeStringField("fault", "CONNECTION_RESET_BY_PEER");
        }
        json.writeEndObject();
        metadata(exchange);
        json.writeEndObject();
    }

    private void request(CapturedRequest request) throws IOException {
        json.writeObjectFieldStart("request");
        json.writeStringField("method", request.method());
        String query = request.query().orElse("");
        Optional<Map<String, String>> parameters = DistinctFields.of(query);
        boolean redacted = Placeholders.in(request.path() + query).find();
        if (parameters.isPresent() || redacted) {
            path(request.path());
        }
        if (parameters.isPresent()) {
            json.writeObjectFieldStart("queryParameters");
            for (Map.Entry<String, String> parameter : parameters.get().entrySet()) {
                json.writeObjectFieldStart(parameter.getKey());
                text(parameter.getValue());
                json.writeEndObject();
            }
            json.writeEndObject();
        } else if (!redacted) { // A map of the parameters would lose something.
            json.writeStringField(
                    "url",
                    request.path() + request.query().map(known -> "?" + known).orElse(""));
        }
        body(request.body());
        json.writeEndObject();
    }

    private void path(String path) throws IOException {
        boolean redacted = Placeholders.in(path).find();
        json.writeStringField(redacted ? "urlPathPattern" : "urlPath", redacted ? pattern(path) : path);
    }

    private void text(String expected) throws IOException {
        boolean redacted = Placeholders.in(expected).find();
        json.writeStringField(redacted ? "matches" : "equalTo", redacted ? pattern(expected) : expected);
    }

    /** Any secret is as good as the one that was redacted: the request has a real one. */
    private static String pattern(String text) {
        StringBuilder pattern = new StringBuilder();
        int at = 0;
        Matcher placeholder = Placeholders.in(text);
        while (placeholder.find()) {
            pattern.append(Pattern.quote(text.substring(at, placeholder.start())))
                    .append("[\\s\\S]*");
            at = placeholder.end();
        }
        return pattern.append(Pattern.quote(text.substring(at))).toString();
    }

    private void body(CapturedBody body) throws IOException {
        BodyStart start = BodyStart.decoded(body, MAX_TEXT); // WireMock undoes the coding, too, before it compares.
        if (start.bytes().length == 0 || !start.whole() || !start.decoded()) {
            return;
        }
        json.writeArrayFieldStart("bodyPatterns");
        json.writeStartObject();
        Optional<String> text = start.text();
        if (text.isEmpty()) {
            json.writeBinaryField("binaryEqualTo", start.bytes());
        } else if (JsonText.isDocument(text.get())) {
            json.writeStringField("equalToJson", Placeholders.in(text.get()).replaceAll(ANYTHING));
        } else {
            text(text.get());
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private void response(CapturedResponse response) throws IOException {
        json.writeNumberField("status", response.status());
        if (!response.reason().isEmpty()) {
            json.writeStringField("statusMessage", response.reason());
        }
        CapturedBody body = response.body();
        BodyStart start = BodyStart.decoded(body, MAX_TEXT);
        boolean inMemory = start.decoded() && start.all();
        headers(response.headers(), inMemory);
        Optional<String> text = inMemory && !start.cut() ? start.text() : Optional.empty();
        if (text.isPresent()) {
            json.writeStringField("body", text.get());
        } else if (inMemory) {
            json.writeBinaryField("base64Body", start.bytes());
        } else {
            json.writeFieldName("base64Body");
            try (InputStream in = body.open()) {
                json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, in, -1);
            }
        }
    }

    /** Values of one name together, in any case of it. */
    private void headers(HeaderList headers, boolean decoded) throws IOException {
        Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!FRAMING.contains(name) && !(decoded && name.equals("content-encoding"))) {
                values.computeIfAbsent(header.name(), first -> new ArrayList<>(1))
                        .add(header.value());
            }
        }
        json.writeObjectFieldStart("headers");
        for (Map.Entry<String, List<String>> field : values.entrySet()) {
            json.writeFieldName(field.getKey());
            json.writeArray(
                    field.getValue().toArray(String[]::new), 0, field.getValue().size());
        }
        json.writeEndObject();
    }

    private void metadata(Exchange exchange) throws IOException {
        json.writeObjectFieldStart("metadata");
        json.writeStringField(
                "origin", exchange.request().origin().map(Object::toString).orElse(""));
        json.writeStringField("capturedAt", exchange.startedAt().toString());
        json.writeStringField("outcome", exchange.outcome().status().name());
        Optional<String> cut = exchange.response().flatMap(response -> Remarks.cut(response.body()));
        if (cut.isPresent()) {
            json.writeStringField("body", cut.get());
        }
        json.writeEndObject();
    }
}
