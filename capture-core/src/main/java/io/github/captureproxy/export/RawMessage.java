package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** Writes messages of HTTP/1.1. For one thread. */
final class RawMessage {
    private static final String NEW_LINE = "\r\n";

    /** More text is nothing that a person reads. */
    private static final int MAX_TEXT = 16 * 1024 * 1024;

    private static final int CHUNK = 32 * 1024;

    private final OutputStream out;
    private final boolean decoded;

    RawMessage(OutputStream out, boolean decoded) {
        this.out = out;
        this.decoded = decoded;
    }

    void remark(String remark) throws IOException {
        print("# " + WireText.remark(remark) + NEW_LINE);
    }

    /** The head of a message whose body follows. */
    void head(String startLine, HeaderList headers, CapturedBody body) throws IOException {
        head(startLine, fitting(headers, body));
    }

    /** Bodies that were redacted or imported have another length than they had on the wire. */
    private HeaderList fitting(HeaderList headers, CapturedBody body) {
        boolean known = body.capturedSize() > 0 && body.isComplete() && !body.isTruncated();
        if (decoded || !known || !headers.has("content-length")) {
            return headers;
        }
        String length = Long.toString(body.capturedSize());
        return HeaderList.of(headers.stream()
                .map(header ->
                        header.name().equalsIgnoreCase("content-length") ? new Header(header.name(), length) : header)
                .toList());
    }

    void head(String startLine, HeaderList headers) throws IOException {
        print(startLine + NEW_LINE);
        fields(headers);
        blankLine();
    }

    /** Writes a body and, if there is one, a blank line. */
    void body(CapturedBody body, HeaderList headers, HeaderList trailers) throws IOException {
        boolean chunked = isChunked(headers);
        if (decoded) {
            text(body);
        } else if (chunked) {
            chunks(body);
        } else if (body.capturedSize() > 0) {
            try (InputStream in = body.open()) {
                in.transferTo(out);
            }
            blankLine();
        }
        if (decoded || chunked) {
            fields(trailers);
        }
        Optional<String> cut = Remarks.cut(body);
        if (cut.isPresent()) {
            remark("of this body there are " + cut.get());
        }
        if (body.capturedSize() > 0 || chunked || cut.isPresent() || !trailers.isEmpty()) {
            blankLine();
        }
    }

    private static boolean isChunked(HeaderList headers) {
        return headers.all("transfer-encoding").stream()
                .anyMatch(codings -> codings.toLowerCase(Locale.ROOT).strip().endsWith("chunked"));
    }

    private void text(CapturedBody body) throws IOException {
        if (body.capturedSize() == 0) {
            return;
        }
        BodyStart start = BodyStart.decoded(body, MAX_TEXT);
        Optional<String> text = start.readable(body);
        if (text.isEmpty()) {
            remark("a body of " + body.size() + " bytes, " + body.contentType().orElse("of unknown type"));
            return;
        }
        out.write(text.get().getBytes(UTF_8));
        blankLine();
        if (!start.all()) {
            remark("that were the first " + MAX_TEXT + " bytes");
        }
    }

    /** RFC 9112 section 7.1; one that has no end is left without its last chunk. */
    private void chunks(CapturedBody body) throws IOException {
        try (InputStream in = body.open()) {
            byte[] chunk = in.readNBytes(CHUNK);
            while (chunk.length > 0) {
                print(Integer.toHexString(chunk.length) + NEW_LINE);
                out.write(chunk);
                blankLine();
                chunk = in.readNBytes(CHUNK);
            }
        }
        if (Remarks.cut(body).isEmpty()) {
            print("0" + NEW_LINE);
        }
    }

    private void fields(HeaderList fields) throws IOException {
        for (Header field : fields) {
            print(field.name() + ": " + field.value() + NEW_LINE);
        }
    }

    private void blankLine() throws IOException {
        print(NEW_LINE);
    }

    private void print(String text) throws IOException {
        out.write(WireText.bytes(text));
    }
}
