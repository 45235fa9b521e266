package io.github.captureproxy.export;

import io.github.captureproxy.exchange.BodyPart;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.FormField;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.MediaType;
import io.github.captureproxy.internal.coding.MultipartBytes;
import io.github.captureproxy.internal.coding.UrlEncoded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes bodies as HAR has them: their content codings undone, as text or in base64, with a comment where that is not all
 * of it. For one thread.
 */
final class HarBody {
    private static final int MAX_PARAMS = 1_000;

    private final JsonOut json;
    private final BodyText text = new BodyText();

    HarBody(JsonOut json) {
        this.json = json;
    }

    /** The body of a request; nothing if it has none. */
    void postData(CapturedRequest request) throws IOException {
        CapturedBody body = request.body();
        if (body.isEmpty() && body.isComplete()) {
            return;
        }
        HeaderList headers = request.headers();
        text.load(body, mediaType(headers));
        json.beginObject("postData");
        json.field("mimeType", headers.first("content-type").orElse(""));
        json.name("text");
        if (text.kind() == BodyText.Kind.NONE) {
            json.string("");
        } else {
            text.write(json);
        }
        if (text.kind() == BodyText.Kind.BINARY) {
            json.field("_encoding", "base64"); // HAR has no such field here, though most writers of binary need one.
        }
        byte[] small = text.small();
        if (small != null && !body.isTruncated()) {
            params(mediaType(headers), small);
        }
        remarks(body);
        json.endObject();
    }

    /** The body of a response. */
    void content(CapturedResponse response, long wireSize) throws IOException {
        CapturedBody body = response.body();
        HeaderList headers = response.headers();
        text.load(body, mediaType(headers));
        boolean whole = !body.isTruncated() && body.isComplete();
        boolean known = whole || text.isDecoded();
        json.beginObject("content").field("size", known ? text.size() : body.size());
        json.field("mimeType", headers.first("content-type").orElse("x-unknown"));
        if (whole && text.isDecoded()) {
            json.field("compression", text.size() - wireSize);
        }
        if (text.kind() != BodyText.Kind.NONE) {
            json.name("text");
            text.write(json);
        }
        if (text.kind() == BodyText.Kind.BINARY) {
            json.field("encoding", "base64");
        }
        remarks(body);
        json.endObject();
    }

    private static @Nullable MediaType mediaType(HeaderList headers) {
        return headers.first("content-type").flatMap(MediaType::parse).orElse(null);
    }

    private void remarks(CapturedBody body) throws IOException {
        String comment = comment(body);
        if (!comment.isEmpty()) {
            json.field("comment", comment);
        }
        if (body.isTruncated()) {
            json.field("_truncated", true).field("_missing", body.size() - body.capturedSize());
        }
        if (!body.isComplete()) {
            json.field("_incomplete", true);
        }
        if (text.problem().isPresent()) {
            json.field("_coded", true);
        }
        Optional<String> sha256 = body.sha256();
        if (sha256.isPresent()) {
            json.field("_sha256", sha256.get());
        }
    }

    private String comment(CapturedBody body) {
        StringBuilder comment = new StringBuilder();
        if (body.isTruncated()) {
            comment.append("Cut: ").append(body.capturedSize()).append(" of ").append(body.size());
            comment.append(" bytes were captured. ");
        }
        if (!body.isComplete()) {
            comment.append("Incomplete: the message was cut short after ")
                    .append(body.size())
                    .append(" bytes. ");
        }
        text.problem()
                .ifPresent(problem ->
                        comment.append("Still coded: ").append(problem).append(". "));
        return comment.toString().strip();
    }

    private void params(@Nullable MediaType type, byte[] bytes) throws IOException {
        if (type == null) {
            return;
        }
        if (type.essence().equals("application/x-www-form-urlencoded")) {
            List<FormField> fields = new ArrayList<>();
            String charset = type.parameter("charset").orElse("");
            UrlEncoded.parse(bytes, charset, MAX_PARAMS, (name, value) -> fields.add(new FormField(name, value)));
            json.beginArray("params");
            for (FormField field : fields) {
                json.beginObject()
                        .field("name", field.name())
                        .field("value", field.value())
                        .endObject();
            }
            json.endArray();
        } else if (type.type().equals("multipart") && type.parameter("boundary").isPresent()) {
            json.beginArray("params");
            for (MultipartBytes.Part part :
                    MultipartBytes.split(bytes, type.parameter("boundary").get(), MAX_PARAMS)) {
                part(bytes, part);
            }
            json.endArray();
        }
    }

    private void part(byte[] all, MultipartBytes.Part place) throws IOException {
        byte[] lines = Arrays.copyOfRange(all, place.headersStart(), place.headersEnd());
        HeaderList headers = HeaderList.ofFieldLines(lines, 0, lines.length);
        byte[] bytes = Arrays.copyOfRange(all, place.bodyStart(), place.bodyEnd());
        BodyPart part = new BodyPart(headers, CapturedBody.of(bytes, headers));
        Optional<String> filename = part.filename();
        json.beginObject().field("name", part.name().orElse(""));
        if (filename.isPresent()) {
            json.field("fileName", filename.get()); // What is in the file is in the text.
        } else {
            json.field("value", part.body().text());
        }
        Optional<String> type = headers.first("content-type");
        if (type.isPresent()) {
            json.field("contentType", type.get());
        }
        json.endObject();
    }
}
