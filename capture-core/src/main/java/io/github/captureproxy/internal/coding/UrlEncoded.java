package io.github.captureproxy.internal.coding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** The {@code application/x-www-form-urlencoded} format as the WHATWG URL standard parses it, in any charset. */
public final class UrlEncoded {
    private UrlEncoded() {}

    /**
     * Splits a form in UTF-8 into its fields. Empty pieces between ampersands are passed over; a piece without an equals
     * sign is a name with an empty value.
     *
     * @param form the form's bytes
     * @param maxFields the most fields to hand over; what follows is left out
     * @param fields takes name and value of each, decoded
     */
    public static void parse(byte[] form, int maxFields, BiConsumer<String, String> fields) {
        parse(form, UTF_8, maxFields, fields);
    }

    /**
     * Splits a form into its fields, likewise.
     *
     * @param form the form's bytes
     * @param charsetParameter the {@code charset} parameter of its media type: UTF-8 counts if it is empty or unknown, or
     *     does not write ASCII as ASCII does
     * @param maxFields the most fields to hand over; what follows is left out
     * @param fields takes name and value of each, decoded
     */
    public static void parse(byte[] form, String charsetParameter, int maxFields, BiConsumer<String, String> fields) {
        Charset charset = BodyText.charset(charsetParameter).orElse(UTF_8);
        boolean likeAscii = new String(new byte[] {'a', '&'}, charset).equals("a&");
        parse(form, likeAscii ? charset : UTF_8, maxFields, fields);
    }

    private static void parse(byte[] form, Charset charset, int maxFields, BiConsumer<String, String> fields) {
        int start = 0;
        int count = 0;
        while (start < form.length && count < maxFields) {
            int end = indexOf(form, '&', start, form.length);
            if (end > start) {
                int equals = indexOf(form, '=', start, end);
                fields.accept(text(form, start, equals, charset), text(form, Math.min(equals + 1, end), end, charset));
                count++;
            }
            start = end + 1;
        }
    }

    private static String text(byte[] form, int from, int to, Charset charset) {
        return new String(percentDecode(Arrays.copyOfRange(form, from, to), true), charset);
    }

    /** Undoes {@code %41}; a percent sign without two hex digits after it stays. */
    static byte[] percentDecode(byte[] coded, boolean plusIsSpace) {
        byte[] plain = new byte[coded.length];
        int length = 0;
        for (int i = 0; i < coded.length; i++) {
            byte b = coded[i];
            if (b == '%' && i + 2 < coded.length && hex(coded[i + 1]) >= 0 && hex(coded[i + 2]) >= 0) {
                b = (byte) (hex(coded[i + 1]) << 4 | hex(coded[i + 2]));
                i += 2;
            } else if (b == '+' && plusIsSpace) {
                b = ' ';
            }
            plain[length++] = b;
        }
        return Arrays.copyOf(plain, length);
    }

    private static int hex(byte b) {
        return b < 0 ? -1 : Character.digit(b, 16);
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }
}
