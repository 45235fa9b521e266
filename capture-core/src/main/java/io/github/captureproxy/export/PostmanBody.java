package io.github.captureproxy.export;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.MediaType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The body of a Postman request. */
final class PostmanBody {
    /** Nobody edits more; and a few of them would be more than a whole collection may have. */
    static final int MAX = 1024 * 1024;

    private final List<String> remarks = new ArrayList<>(1);
    private final String essence;
    private Optional<String> raw = Optional.empty();
    private Optional<Map<String, String>> form = Optional.empty();
    private boolean decoded;

    private PostmanBody(CapturedBody body) {
        this.essence = body.mediaType().map(MediaType::essence).orElse("");
    }

    static PostmanBody of(CapturedBody body) throws IOException {
        PostmanBody made = new PostmanBody(body);
        BodyStart start = BodyStart.decoded(body, MAX);
        if (start.bytes().length > 0) {
            made.read(body, start);
        }
        return made;
    }

    private void read(CapturedBody body, BodyStart start) {
        String what = body.size() + " bytes, " + body.contentType().orElse("of unknown type");
        Optional<String> utf8 = start.decoded() ? start.utf8() : Optional.empty();
        Optional<String> text = utf8.or(() -> start.readable(body));
        if (!start.all()) {
            remarks.add("the body is left out for its size: " + what);
        } else if (text.isEmpty()) {
            remarks.add("the body is left out as it is binary: " + what);
        } else {
            decoded = true;
            fill(text.get());
            if (utf8.isEmpty()) {
                remarks.add("the body was in another charset, and Postman sends it in UTF-8");
            }
        }
    }

    private void fill(String text) {
        if (essence.equals("application/x-www-form-urlencoded")) {
            form = DistinctFields.of(text).filter(fields -> !fields.toString().contains(PostmanRequest.VARIABLE));
            raw = Optional.of(text.replace(PostmanRequest.VARIABLE, "{%7B"));
        } else if (text.contains(PostmanRequest.VARIABLE) && JsonText.isDocument(text)) {
            // In JSON two braces follow each other in strings alone.
            raw = Optional.of(text.replaceAll("(?<=\\{)\\{", "\\\\u007b"));
        } else {
            raw = Optional.of(text);
            if (text.contains(PostmanRequest.VARIABLE)) {
                remarks.add("the body has double braces, which Postman takes for a variable");
            }
        }
    }

    /** Tells if a content coding is undone, if there was one. */
    boolean decoded() {
        return decoded;
    }

    /** What has to be said of it. */
    List<String> remarks() {
        return remarks;
    }

    /** Writes the field, if there is a body. */
    void write(JsonGenerator json) throws IOException {
        if (raw.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("body");
        json.writeStringField("mode", form.isPresent() ? "urlencoded" : "raw");
        if (form.isPresent()) {
            json.writeArrayFieldStart("urlencoded");
            for (Map.Entry<String, String> field : form.get().entrySet()) {
                json.writeStartObject();
                json.writeStringField("key", field.getKey());
                json.writeStringField("value", field.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
        } else {
            json.writeStringField("raw", raw.get());
            json.writeObjectFieldStart("options");
            json.writeObjectFieldStart("raw");
            json.writeStringField("language", language(essence));
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** What Postman calls the language of a media type. */
    static String language(String essence) {
        if (essence.endsWith("json")) {
            return "json";
        }
        if (essence.endsWith("xml") && !essence.endsWith("xhtml+xml")) {
            return "xml";
        }
        if (essence.contains("html")) {
            return "html";
        }
        return essence.endsWith("javascript") ? "javascript" : "text";
    }
}
