package io.github.captureproxy.export;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.MediaType;
import io.github.captureproxy.internal.coding.ContentCodings;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A body out of HAR, with the header fields that are true of it.
 *
 * @param headers the message's fields, without {@code Content-Encoding} where that has been undone
 * @param body the body
 */
record HarContent(HeaderList headers, CapturedBody body) {

    /** The body of a response. */
    static HarContent ofResponse(JsonObject content, HeaderList headers) throws IOException {
        boolean base64 = content.anyText("encoding", "").equals("base64");
        byte[] bytes = bytes(content, headers, base64);
        return of(content, headers, bytes, content.anyInteger("size", 0));
    }

    /** The body of a request; its parameters where there is no text, or an empty one as some writers have it beside them. */
    static HarContent ofRequest(JsonObject postData, HeaderList headers, long size) throws IOException {
        boolean base64 =
                postData.anyText("_encoding", postData.anyText("encoding", "")).equals("base64");
        byte[] bytes = postData.anyText("text", "").isEmpty() ? form(postData) : bytes(postData, headers, base64);
        return of(postData, headers, bytes, size);
    }

    private static HarContent of(JsonObject json, HeaderList headers, byte[] bytes, long declaredSize)
            throws IOException {
        long missing = json.anyInteger("_missing", bytes.length == 0 ? Math.max(0, declaredSize) : 0);
        boolean complete = !json.has("_incomplete");
        String sha256 = json.has("_sha256") ? json.anyText("_sha256", "") : null;
        boolean plain = bytes.length > 0
                && !json.has("_coded")
                && !ContentCodings.parse(headers.all("content-encoding")).isEmpty();
        HeaderList fitting = plain ? withoutCoding(headers) : headers;
        if (bytes.length == 0 && missing == 0 && complete && sha256 == null) {
            return new HarContent(fitting, CapturedBody.empty());
        }
        return new HarContent(
                fitting,
                CapturedBody.of(
                        CapturedBody.inMemory(bytes),
                        bytes.length + missing,
                        complete,
                        plain ? null : sha256,
                        fitting));
    }

    private static HeaderList withoutCoding(HeaderList headers) {
        return HeaderList.of(headers.stream()
                .filter(header -> !header.name().equalsIgnoreCase("content-encoding"))
                .toList());
    }

    private static byte[] bytes(JsonObject json, HeaderList headers, boolean base64) {
        String text = json.anyText("text", "");
        if (base64) {
            return Base64.getMimeDecoder().decode(text); // Some writers break it into lines.
        }
        Charset charset = headers.first("content-type")
                .or(() -> json.has("mimeType") ? Optional.of(json.anyText("mimeType", "")) : Optional.empty())
                .flatMap(MediaType::parse)
                .map(BodyText::charset)
                .orElse(StandardCharsets.UTF_8);
        boolean possible = charset.canEncode() && charset.newEncoder().canEncode(text);
        return text.getBytes(possible ? charset : StandardCharsets.UTF_8);
    }

    private static byte[] form(JsonObject postData) {
        boolean form = postData.anyText("mimeType", "").startsWith("application/x-www-form-urlencoded");
        StringJoiner pairs = new StringJoiner("&");
        for (JsonObject field : postData.anyObjects("params")) {
            pairs.add(URLEncoder.encode(field.anyText("name", ""), StandardCharsets.UTF_8) + "="
                    + URLEncoder.encode(field.anyText("value", ""), StandardCharsets.UTF_8));
        }
        return form ? pairs.toString().getBytes(StandardCharsets.UTF_8) : new byte[0];
    }
}
