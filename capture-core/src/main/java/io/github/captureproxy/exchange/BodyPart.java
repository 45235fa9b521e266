package io.github.captureproxy.exchange;

import io.github.captureproxy.internal.coding.MultipartBytes;
import io.github.captureproxy.internal.coding.Parameters;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a multipart body (RFC 2046 section 5.1; in forms RFC 7578).
 *
 * @param headers the part's own header fields
 * @param body the part's bytes; a {@code Content-Transfer-Encoding} is not undone (RFC 7578 section 4.7)
 */
public record BodyPart(HeaderList headers, CapturedBody body) {

    static BodyPart of(byte[] all, MultipartBytes.Part part) {
        // The lines are copied out, so that a part's fields do not keep the whole body in memory.
        byte[] lines = Arrays.copyOfRange(all, part.headersStart(), part.headersEnd());
        HeaderList headers = HeaderList.ofFieldLines(lines, 0, lines.length);
        byte[] bytes = Arrays.copyOfRange(all, part.bodyStart(), part.bodyEnd());
        return new BodyPart(
                headers, CapturedBody.of(CapturedBody.inMemory(bytes), bytes.length, part.complete(), null, headers));
    }

    /**
     * The name of the form field.
     *
     * @return the {@code name} parameter of {@code Content-Disposition}, if there is one
     */
    public Optional<String> name() {
        return Optional.ofNullable(disposition().get("name")).map(Parameters::utf8OrAsIs);
    }

    /**
     * The name of the file that was uploaded, as it was sent: do not take it for a safe path.
     *
     * @return the {@code filename*} (RFC 8187) or {@code filename} parameter of {@code Content-Disposition}, if there is
     *     one
     */
    public Optional<String> filename() {
        Map<String, String> disposition = disposition();
        return Optional.ofNullable(disposition.get("filename*"))
                .flatMap(Parameters::extendedValue)
                .or(() -> Optional.ofNullable(disposition.get("filename")).map(Parameters::utf8OrAsIs));
    }

    private Map<String, String> disposition() {
        String value = headers.first("content-disposition").orElse("");
        int semicolon = value.indexOf(';');
        return semicolon < 0 ? Map.of() : Parameters.parse(value.substring(semicolon));
    }
}
