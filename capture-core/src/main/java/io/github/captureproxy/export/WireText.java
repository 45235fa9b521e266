package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/** Text of a message's head, in which each character stands for a byte. */
final class WireText {
    private WireText() {}

    /** The bytes; of text that has other characters, which no head has, those of UTF-8. */
    static byte[] bytes(String text) {
        return text.chars().allMatch(c -> c <= 0xff) ? text.getBytes(ISO_8859_1) : text.getBytes(UTF_8);
    }

    /** The text for people: as UTF-8, if it is that. */
    static String readable(String text) {
        return BodyStart.of(bytes(text)).text().orElse(text);
    }

    /** Tells if all characters are ASCII ones that print, or spaces. */
    static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    /** The text with percent-encoding in place of all that is no printing ASCII, and of some other characters. */
    static String percentEncoded(String text, String others) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : bytes(text)) {
            char c = (char) (b & 0xff);
            if (c > ' ' && c < 0x7f && others.indexOf(c) < 0) {
                encoded.append(c);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    /** A remark for one line of a comment, in any language: nothing in it can end the comment, or start an escape. */
    static String remark(String text) {
        return text.replaceAll("[^A-Za-z0-9 .,:;/()*_'-]", "?");
    }
}
