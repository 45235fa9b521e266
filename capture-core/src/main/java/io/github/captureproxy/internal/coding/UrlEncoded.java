package io.github.captureproxy.internal.coding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.BiConsumer;

/** The {@code application/x-www-form-urlencoded} format as the WHATWG URL standard parses it. */
public final class UrlEncoded {
    private UrlEncoded() {}

    /**
     * Splits a form into its fields. Empty pieces between ampersands are passed over; a piece without an equals sign is
     * a name with an empty value.
     *
     * @param form the form's bytes
     * @param maxFields the most fields to hand over; what follows is left out
     * @param fields takes name and value of each, decoded
     */
    public static void parse(byte[] form, int maxFields, BiConsumer<String, String> fields) {
        int start = 0;
        int count = 0;
        while (start < form.length && count < maxFields) {
            int end = indexOf(form, '&', start, form.length);
            if (end > start) {
                int equals = indexOf(form, '=', start, end);
                fields.accept(text(form, start, equals), text(form, Math.min(equals + 1, end), end));
                count++;
            }
            start = end + 1;
        }
    }

    private static String text(byte[] form, int from, int to) {
        return new String(percentDecode(Arrays.copyOfRange(form, from, to), true), UTF_8);
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
