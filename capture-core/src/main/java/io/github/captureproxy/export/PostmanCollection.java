package io.github.captureproxy.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpOrigin;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the requests of a Postman collection. For one thread. */
final class PostmanCollection {
    private static final String SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

    /** Postman opens no much larger one with ease. */
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    private final String name;
    private final boolean byTime;
    private final PostmanFolder root = new PostmanFolder();
    private final Map<HttpOrigin, String> variables = new LinkedHashMap<>();
    private long bytes;
    private int unrepeatable;
    private int leftOut;

    PostmanCollection(String name, boolean byTime) {
        this.name = name;
        this.byTime = byTime;
    }

    void add(Exchange exchange) throws IOException {
        CapturedRequest request = exchange.request();
        if (Remarks.unrepeatable(request).isPresent()) {
            unrepeatable++;
        } else if (bytes >= MAX_BYTES) {
            leftOut++;
        } else {
            HttpOrigin origin = request.origin().orElseThrow();
            PostmanItem item =
                    byTime ? root.newItem(request) : root.folderFor(request).item(request);
            bytes += item.add(exchange, variables.computeIfAbsent(origin, this::variable));
        }
    }

    private String variable(HttpOrigin origin) {
        if (variables.isEmpty()) {
            return "baseUrl";
        }
        String host = origin.host().replaceAll("[^A-Za-z0-9-]", "_");
        String variable = "baseUrl_" + host;
        for (int i = 2; variables.containsValue(variable); i++) {
            variable = "baseUrl_" + host + "_" + i;
        }
        return variable;
    }

    void write(OutputStream out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        try (json) {
            json.writeStartObject();
            info(json);
            root.write(json);
            json.writeArrayFieldStart("variable");
            for (Map.Entry<HttpOrigin, String> variable : variables.entrySet()) {
                json.writeStartObject();
                json.writeStringField("key", variable.getValue());
                json.writeStringField("value", variable.getKey().toString());
                json.writeStringField("type", "string");
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void info(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("info");
        json.writeStringField("name", name);
        json.writeStringField("schema", SCHEMA);
        StringBuilder missing = new StringBuilder();
        if (unrepeatable > 0) {
            missing.append("Left out as no requests that could be sent again: ")
                    .append(unrepeatable)
                    .append(". ");
        }
        if (leftOut > 0) {
            missing.append("Left out for the collection's size: ")
                    .append(leftOut)
                    .append('.');
        }
        if (missing.length() > 0) {
            json.writeStringField("description", missing.toString().strip());
        }
        json.writeEndObject();
    }
}
