package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.ContentDecodingException;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The first bytes of a body, held in memory.
 *
 * @param bytes the bytes
 * @param all true if these are all that were captured
 * @param cut true if fewer were captured than the message was to have
 * @param decoded true if the content codings are undone; false if there is one that cannot be
 */
record BodyStart(byte[] bytes, boolean all, boolean cut, boolean decoded) {
    private static final Pattern TEXTUAL =
            Pattern.compile("text/.*|application/(.*\\+)?(json|xml|javascript|x-www-form-urlencoded)");

    /** Bytes of which none are missing. */
    static BodyStart of(byte[] bytes) {
        return new BodyStart(bytes, true, false, true);
    }

    /** As the bytes were on the wire. */
    static BodyStart onTheWire(CapturedBody body, int max) throws IOException {
        try (InputStream in = body.open()) {
            return read(in, body, max, true);
        }
    }

    /** With the content codings undone, where they can be. */
    static BodyStart decoded(CapturedBody body, int max) throws IOException {
        try (InputStream in = body.openDecoded(CapturedBody.MAX_DECODED_BYTES)) {
            return read(in, body, max, true);
        } catch (ContentDecodingException e) { // The bytes as they were sent say more than none.
            try (InputStream in = body.open()) {
                return read(in, body, max, false);
            }
        }
    }

    private static BodyStart read(InputStream in, CapturedBody body, int max, boolean decoded) throws IOException {
        byte[] bytes = in.readNBytes(max);
        return new BodyStart(bytes, in.read() < 0, body.isTruncated() || !body.isComplete(), decoded);
    }

    /** Tells if no byte of the body is missing. */
    boolean whole() {
        return all && !cut;
    }

    /** The bytes as text, if they are UTF-8; of a beginning, which may end within a character, without that one. */
    Optional<String> utf8() {
        CharsetDecoder decoder = UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, whole());
        return result.isError() ? Optional.empty() : Optional.of(text.flip().toString());
    }

    /** The bytes as text, if they are UTF-8 and have nothing that no text has: control characters but for white space. */
    Optional<String> text() {
        return utf8().filter(text -> text.chars().noneMatch(BodyStart::isNoText));
    }

    /** The bytes as text to read: UTF-8, or in the charset that the body's media type names. */
    Optional<String> readable(CapturedBody body) {
        if (!decoded) {
            return Optional.empty();
        }
        Optional<String> type = body.contentType()
                .filter(value -> value.toLowerCase(Locale.ROOT).contains("charset=") && isTextual(value));
        return text().or(() -> type.map(value ->
                CapturedBody.of(bytes, HeaderList.of("Content-Type", value)).text()));
    }

    private static boolean isTextual(String contentType) {
        String essence = MediaType.parse(contentType).map(MediaType::essence).orElse("");
        return TEXTUAL.matcher(essence).matches();
    }

    private static boolean isNoText(int c) {
        return c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b || c == 0x7f;
    }
}
