package io.github.captureproxy.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes the request of a Postman item. For one thread. */
final class PostmanRequest {
    /** What Postman takes for the start of a variable. */
    static final String VARIABLE = "{{";

    private static final Set<String> MADE_BY_POSTMAN = Set.of("accept-encoding", "expect");

    private final CapturedRequest request;
    private final JsonGenerator json;
    private final List<String> remarks;

    private PostmanRequest(Exchange exchange, JsonGenerator json) {
        this.request = exchange.request();
        this.json = json;
        this.remarks = new ArrayList<>(Remarks.of(exchange));
        if (!exchange.outcome().isSuccess()) {
            remarks.add("when it was captured it ended with " + exchange.outcome());
        }
    }

    /** The request as JSON, its URL starting with a variable. */
    static byte[] render(Exchange exchange, String variable) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            new PostmanRequest(exchange, json).write(variable);
        }
        return out.toByteArray();
    }

    private void write(String variable) throws IOException {
        PostmanBody body = PostmanBody.of(request.body());
        remarks.addAll(body.remarks());
        json.writeStartObject();
        json.writeStringField("method", request.method());
        headers(body.decoded());
        json.writeStringField("url", VARIABLE + variable + "}}" + target());
        body.write(json);
        if (!remarks.isEmpty()) {
            json.writeStringField("description", "- " + String.join("\n- ", remarks));
        }
        json.writeEndObject();
    }

    /** A string survives best; parts of a URL would be put together anew. */
    private String target() {
        if (request.target().equals("*")) {
            remarks.add("its target was *, which Postman cannot send");
            return "";
        }
        String origin = request.origin().map(Object::toString).orElse("");
        String target = WireText.percentEncoded(request.url().substring(origin.length()), "#");
        return target.replace(VARIABLE, "{%7B");
    }

    private void headers(boolean decoded) throws IOException {
        RepeatedFields repeated = new RepeatedFields(request);
        Map<String, String> spellings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        HeaderList headers = request.headers();
        json.writeArrayFieldStart("header");
        for (Header header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            json.writeStartObject();
            // Repeats in two spellings would become one.
            spellings.putIfAbsent(header.name(), header.name());
            json.writeStringField("key", spellings.get(header.name()));
            json.writeStringField("value", header.value());
            boolean undone = decoded && name.equals("content-encoding");
            if (undone || MADE_BY_POSTMAN.contains(name) || !repeated.has(header)) {
                json.writeBooleanField("disabled", true);
            } else if (header.value().contains(VARIABLE)) {
                remarks.add("the field " + header.name() + " has double braces, which Postman takes for a variable");
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
