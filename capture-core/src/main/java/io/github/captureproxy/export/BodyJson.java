package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.HeaderList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/** Captured bytes in JSON lines: as text where that is UTF-8, else in base64. */
final class BodyJson {
    /** Read into an array at once: faster than reading twice, and small. */
    private static final int SMALL = 256 * 1024;

    /** Longer text is written in base64, as some versions of Jackson take no string of 20 million characters. */
    private static final int MAX_TEXT = 4 * 1024 * 1024;

    private BodyJson() {}

    static void write(JsonOut json, CapturedBody body) throws IOException {
        json.beginObject("body").field("size", body.size());
        if (!body.isComplete()) {
            json.field("complete", false);
        }
        if (body.sha256().isPresent()) {
            json.field("sha256", body.sha256().get());
        }
        if (body.capturedSize() > 0) {
            writeBytes(json, body);
        }
        json.endObject();
    }

    private static void writeBytes(JsonOut json, CapturedBody body) throws IOException {
        InputStream opened;
        boolean text;
        try {
            text = body.capturedSize() > SMALL && body.capturedSize() <= MAX_TEXT && isText(body);
            opened = body.open();
        } catch (IOException e) {
            return; // Its file is gone: nothing was captured, as far as a reader can tell.
        }
        try (InputStream in = opened) {
            if (body.capturedSize() <= SMALL) {
                writeBytes(json, in.readNBytes((int) body.capturedSize()));
            } else if (text) {
                json.name("text").utf8(in);
            } else {
                json.name("base64").base64(in);
            }
        }
    }

    static void writeBytes(JsonOut json, byte[] bytes) throws IOException {
        Utf8Check check = new Utf8Check();
        check.feed(bytes, 0, bytes.length);
        if (check.isValid()) {
            json.name("text").utf8(bytes, bytes.length);
        } else {
            json.name("base64").base64(new ByteArrayInputStream(bytes));
        }
    }

    private static boolean isText(CapturedBody body) throws IOException {
        Utf8Check check = new Utf8Check();
        byte[] chunk = new byte[16 * 1024];
        try (InputStream in = body.open()) {
            int count = in.read(chunk);
            while (count >= 0 && !check.isBroken()) {
                check.feed(chunk, 0, count);
                count = in.read(chunk);
            }
        }
        return check.isValid();
    }

    static CapturedBody read(JsonObject json, HeaderList headers) throws IOException {
        byte[] bytes = readBytes(json);
        long size = json.number("size");
        boolean complete = !json.has("complete") || json.flag("complete");
        String sha256 = json.optionalText("sha256").orElse(null);
        if (size == 0 && complete && sha256 == null && bytes.length == 0) {
            return CapturedBody.empty();
        }
        return CapturedBody.of(CapturedBody.inMemory(bytes), size, complete, sha256, headers);
    }

    static byte[] readBytes(JsonObject json) throws IOException {
        if (json.has("base64")) {
            try {
                return Base64.getDecoder().decode(json.text("base64"));
            } catch (IllegalArgumentException e) {
                throw new IOException("\"base64\" is not that: " + e.getMessage(), e);
            }
        }
        return json.optionalText("text").map(text -> text.getBytes(UTF_8)).orElse(new byte[0]);
    }
}
