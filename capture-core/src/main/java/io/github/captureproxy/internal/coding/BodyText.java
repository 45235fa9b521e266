package io.github.captureproxy.internal.coding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the charset of a body, and decodes it. */
public final class BodyText {
    /** Where HTML has to name its charset, if at all (HTML standard, "specifying the document's character encoding"). */
    private static final int PRESCAN = 1024;

    private static final Pattern XML_DECLARATION =
            Pattern.compile("\\A\\s*<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([^\"'>]+)[\"']");
    private static final Pattern META =
            Pattern.compile("<meta\\s[^>]*?charset\\s*=\\s*[\"']?\\s*([^\\s\"'/>;]+)", Pattern.CASE_INSENSITIVE);

    private BodyText() {}

    /**
     * Decodes a body.
     *
     * @param bytes the body, its content codings undone
     * @param essence type and subtype in lower case; empty if unknown
     * @param charsetParameter the {@code charset} parameter of its media type; empty if there is none
     * @param partial true if the bytes are only a beginning, which may end within a character
     * @return the text without a byte order mark; malformed input is U+FFFD
     */
    public static String decode(byte[] bytes, String essence, String charsetParameter, boolean partial) {
        Charset charset = charset(bytes, essence, charsetParameter, partial);
        String text = new String(bytes, charset);
        boolean mark = text.startsWith("\uFEFF") && charset.name().startsWith("UTF-");
        return mark ? text.substring(1) : text;
    }

    /**
     * The charset by which a body is decoded.
     *
     * @param bytes the body, its content codings undone, or its beginning
     * @param essence type and subtype in lower case; empty if unknown
     * @param charsetParameter the {@code charset} parameter of its media type; empty if there is none
     * @param partial true if the bytes are only a beginning, which may end within a character
     * @return the charset
     */
    public static Charset charset(byte[] bytes, String essence, String charsetParameter, boolean partial) {
        return charset(charsetParameter)
                .or(() -> byteOrderMark(bytes))
                .or(() -> inherent(bytes, essence))
                .orElseGet(() -> isUtf8(bytes, partial) ? UTF_8 : ISO_8859_1);
    }

    /** The charset of that name, if this platform knows it. */
    static Optional<Charset> charset(String name) {
        String bare = name.replace('\'', ' ').strip();
        try {
            return bare.isEmpty() ? Optional.empty() : Optional.of(Charset.forName(bare));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Unknown or not even a name: the next rule decides.
        }
    }

    private static Optional<Charset> byteOrderMark(byte[] bytes) {
        if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
            return Optional.of(UTF_8);
        }
        if (startsWith(bytes, 0xfe, 0xff)) {
            return Optional.of(UTF_16BE);
        }
        return startsWith(bytes, 0xff, 0xfe) ? Optional.of(UTF_16LE) : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        boolean same = bytes.length >= mark.length;
        for (int i = 0; same && i < mark.length; i++) {
            same = (bytes[i] & 0xff) == mark[i];
        }
        return same;
    }

    private static Optional<Charset> inherent(byte[] bytes, String essence) {
        if (essence.endsWith("/json") || essence.endsWith("+json")) {
            return Optional.of(UTF_8);
        }
        Optional<Charset> named = Optional.empty();
        if (essence.endsWith("/xml") || essence.endsWith("+xml")) {
            named = named(bytes, XML_DECLARATION);
        }
        if (essence.equals("text/html") || essence.equals("application/xhtml+xml")) {
            named = named.or(() -> named(bytes, META));
        }
        return named;
    }

    private static Optional<Charset> named(byte[] bytes, Pattern pattern) {
        Matcher matcher = pattern.matcher(new String(bytes, 0, Math.min(bytes.length, PRESCAN), ISO_8859_1));
        Optional<Charset> found = matcher.find() ? charset(matcher.group(1)) : Optional.empty();
        // A name that could be read as ASCII does not stand in UTF-16, whatever it says.
        return found.map(charset -> charset.name().startsWith("UTF-16") ? UTF_8 : charset);
    }

    private static boolean isUtf8(byte[] bytes, boolean partial) {
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer scratch = CharBuffer.allocate(PRESCAN);
        CoderResult result;
        do {
            scratch.clear();
            result = decoder.decode(in, scratch, !partial);
        } while (result.isOverflow());
        return !result.isError();
    }
}
