package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A request of a Postman collection, the first of those alike, with the responses to all of them. For one thread. */
final class PostmanItem {
    /** More are the same again. */
    private static final int MAX_EXAMPLES = 20;

    /** Longer ones only break the list. */
    private static final int MAX_NAME = 120;

    /** Of requests with other methods Postman cuts bodies off, unless told not to. */
    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final String name;
    private final List<byte[]> examples = new ArrayList<>();
    private byte[] request = {};
    private boolean bodyNotPruned;
    private boolean contentTypeNotAdded;
    private boolean redirectsNotFollowed;

    PostmanItem(String path) {
        this.name = path.length() > MAX_NAME ? path.substring(0, MAX_NAME) + "..." : path;
    }

    /** Adds an exchange, and tells how many bytes that took. */
    long add(Exchange exchange, String variable) throws IOException {
        if (request.length > 0 && examples.size() == MAX_EXAMPLES) {
            return 0;
        }
        byte[] rendered = PostmanRequest.render(exchange, variable);
        long bytes = 0;
        if (request.length == 0) {
            request = rendered;
            bytes += rendered.length;
            behaviour(exchange);
        }
        if (exchange.response().isPresent()) {
            byte[] example = PostmanExample.render(exchange, exchange.response().get(), rendered);
            examples.add(example);
            bytes += example.length;
        }
        return bytes;
    }

    private void behaviour(Exchange exchange) {
        CapturedRequest sent = exchange.request();
        boolean body = sent.body().capturedSize() > 0;
        bodyNotPruned = body && !METHODS_WITH_BODY.contains(sent.method());
        contentTypeNotAdded = body && !sent.headers().has("content-type");
        int status = exchange.response().map(CapturedResponse::status).orElse(0);
        redirectsNotFollowed = status >= 300 && status < 400;
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeFieldName("request");
        json.writeRawValue(new String(request, UTF_8));
        json.writeArrayFieldStart("response");
        for (byte[] example : examples) {
            json.writeRawValue(new String(example, UTF_8));
        }
        json.writeEndArray();
        if (bodyNotPruned || contentTypeNotAdded || redirectsNotFollowed) {
            json.writeObjectFieldStart("protocolProfileBehavior");
            if (bodyNotPruned) {
                json.writeBooleanField("disableBodyPruning", true);
            }
            if (contentTypeNotAdded) {
                json.writeObjectFieldStart("disabledSystemHeaders");
                json.writeBooleanField("content-type", true);
                json.writeEndObject();
            }
            if (redirectsNotFollowed) {
                json.writeBooleanField("followRedirects", false);
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
