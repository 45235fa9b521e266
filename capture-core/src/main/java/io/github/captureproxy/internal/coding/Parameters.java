package io.github.captureproxy.internal.coding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parameters of a field value such as {@code Content-Type} (RFC 9110 section 5.6.6), read leniently. */
public final class Parameters {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final String text;
    private int at;

    private Parameters(String text) {
        this.text = text;
    }

    /**
     * Reads parameters: {@code ; name=value ; name="value"}. Ones without a name or an equals sign are passed over. A
     * backslash in quotes escapes a quote or a backslash only, as old clients send Windows paths.
     *
     * @param text the parameters, from the first semicolon on
     * @return the values by lower-case names, in order; of several with one name the first
     */
    public static Map<String, String> parse(String text) {
        Map<String, String> found = new LinkedHashMap<>();
        Parameters parameters = new Parameters(text);
        while (parameters.at < text.length()) {
            parameters.readOne(found);
        }
        return found;
    }

    private void readOne(Map<String, String> found) {
        int start = at;
        while (at < text.length() && text.charAt(at) != ';' && text.charAt(at) != '=') {
            at++;
        }
        String name = text.substring(start, at).strip().toLowerCase(Locale.ROOT);
        if (at < text.length() && text.charAt(at) == '=') {
            at++;
            String value = readValue();
            if (!name.isEmpty()) {
                found.putIfAbsent(name, value);
            }
        }
        // What follows a quoted value up to the semicolon is noise.
        at = orEnd(text.indexOf(';', at)) + 1;
    }

    private String readValue() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            return readQuoted();
        }
        int start = at;
        at = orEnd(text.indexOf(';', at));
        return text.substring(start, at).strip();
    }

    private String readQuoted() {
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            boolean escape = text.charAt(at) == '\\'
                    && at + 1 < text.length()
                    && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\');
            at += escape ? 1 : 0;
            value.append(text.charAt(at++));
        }
        at = Math.min(at + 1, text.length());
        return value.toString();
    }

    private int orEnd(int index) {
        return index < 0 ? text.length() : index;
    }

    /**
     * A parameter's value as it is written.
     *
     * @param value the value
     * @return the value, in quotes if it is no token
     */
    public static String quoteIfNeeded(String value) {
        boolean token = !value.isEmpty() && value.chars().allMatch(Parameters::isTokenCharacter);
        return token ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean isTokenCharacter(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || TOKEN_MARKS.indexOf(c) >= 0;
    }

    /**
     * A value of one character a byte as the text it was meant to be: browsers send names as raw UTF-8.
     *
     * @param value one character a byte
     * @return the text in UTF-8 if it is that, otherwise the value
     */
    public static String utf8OrAsIs(String value) {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value; // ISO-8859-1 is what the bytes mean then.
        }
    }

    /**
     * An extended value, {@code charset'language'percent-encoded} (RFC 8187 section 3.2.1).
     *
     * @param value the value as sent
     * @return the text, if the value has that form and the charset is known
     */
    public static Optional<String> extendedValue(String value) {
        int first = value.indexOf('\'');
        int second = value.indexOf('\'', first + 1);
        if (first < 0 || second < 0) {
            return Optional.empty();
        }
        byte[] bytes = UrlEncoded.percentDecode(value.substring(second + 1).getBytes(ISO_8859_1), false);
        Optional<Charset> charset = BodyText.charset(value.substring(0, first));
        return charset.map(known -> new String(bytes, known));
    }
}
