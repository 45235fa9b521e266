package io.github.captureproxy.examples.inspector;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How a message begins.
 *
 * @param words its first characters; in hex if it is no text
 * @param isText whether they are its text
 */
record Preview(String words, boolean isText) {
    private static final int CHARACTERS = 300;
    private static final int HEX_BYTES = 48;

    static Preview of(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(CHARACTERS);
        boolean fits = bytes.length <= CHARACTERS;
        boolean bad = decoder.decode(ByteBuffer.wrap(bytes), text, fits).isError();
        text.flip();
        boolean control = text.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r');
        if (!bad && !control) {
            return new Preview(text.toString(), true);
        }
        byte[] start = Arrays.copyOf(bytes, Math.min(bytes.length, HEX_BYTES));
        return new Preview(HexFormat.ofDelimiter(" ").formatHex(start), false);
    }

    static Preview of(String text) {
        return new Preview(text.substring(0, Math.min(text.length(), CHARACTERS)), true);
    }
}
