package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Writes a saved response of a Postman item. */
final class PostmanExample {
    private PostmanExample() {}

    /** The response as JSON, with the request as it was rendered. */
    static byte[] render(Exchange exchange, CapturedResponse response, byte[] request) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            write(exchange, response, request, json);
        }
        return out.toByteArray();
    }

    private static void write(Exchange exchange, CapturedResponse response, byte[] request, JsonGenerator json)
            throws IOException {
        CapturedBody body = response.body();
        BodyStart start = BodyStart.decoded(body, PostmanBody.MAX);
        Optional<String> text = start.readable(body);
        json.writeStartObject();
        json.writeStringField("name", name(response, start, text.isPresent()));
        json.writeFieldName("originalRequest");
        json.writeRawValue(new String(request, UTF_8));
        json.writeStringField("status", response.reason());
        json.writeNumberField("code", response.status());
        json.writeStringField(
                "_postman_previewlanguage",
                PostmanBody.language(body.mediaType().map(MediaType::essence).orElse("")));
        json.writeArrayFieldStart("header");
        for (Header header : response.headers()) {
            json.writeStartObject();
            json.writeStringField("key", header.name());
            json.writeStringField("value", header.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("cookie"); // They are among the fields.
        json.writeEndArray();
        json.writeNumberField("responseTime", exchange.duration().toMillis());
        json.writeStringField("body", text.orElse(""));
        json.writeEndObject();
    }

    private static String name(CapturedResponse response, BodyStart start, boolean readable) {
        CapturedBody body = response.body();
        String status = (response.status() + " " + response.reason()).strip();
        if (start.bytes().length > 0 && !readable) {
            return status + ", body left out: " + body.size() + " bytes, "
                    + body.contentType().orElse("of unknown type");
        }
        if (!start.all()) {
            return status + ", the first " + PostmanBody.MAX + " bytes of the body";
        }
        return status + Remarks.cut(body).map(cut -> ", of the body " + cut).orElse("");
    }
}
