package io.github.captureproxy.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Text that stands for bytes of a message's head, one character a byte. */
final class Latin1 {
    private Latin1() {}

    /** The bytes of a part of a head; throws {@link IllegalArgumentException} where a character is not one byte. */
    static byte[] bytes(String part, String text) {
        return check(part, text).getBytes(ISO_8859_1);
    }

    /** The text, if all of its characters are one byte each; otherwise throws {@link IllegalArgumentException}. */
    static String check(String part, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xff) {
                throw new IllegalArgumentException(String.format(
                        "the %s has U+%04X at index %d, which is not ISO-8859-1: give one character for each byte",
                        part, text.codePointAt(i), i));
            }
        }
        return text;
    }
}
