package io.github.captureproxy.examples.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * A piece of a text, by the bytes that it takes up.
 *
 * @param text the piece, without a byte order mark; U+FFFD stands for what is no text
 * @param offset where it starts, in bytes
 * @param next where the next piece starts, in bytes: never within a character
 * @param more whether there is a next piece
 * @param charset the charset's name
 * @param replaced how many times U+FFFD stands for bytes that are no text
 */
public record TextPiece(String text, long offset, long next, boolean more, String charset, int replaced) {
    /** The longest piece, in bytes. */
    public static final int MAX_BYTES = 1024 * 1024;

    /**
     * Reads a piece.
     *
     * @param in the text from its beginning, which is read as far as needed
     * @param charset how it is written
     * @param offset where the piece starts, in bytes
     * @param length how long it is to be, in bytes; at most {@link #MAX_BYTES}
     * @return the piece; an empty one behind the end
     * @throws IOException if reading fails
     */
    public static TextPiece read(InputStream in, Charset charset, long offset, int length) throws IOException {
        skip(in, offset);
        byte[] bytes = in.readNBytes(Math.min(length, MAX_BYTES) + 1);
        boolean more = bytes.length > Math.min(length, MAX_BYTES);
        ByteBuffer from = ByteBuffer.wrap(bytes, 0, more ? bytes.length - 1 : bytes.length);
        StringBuilder text = new StringBuilder(bytes.length);
        int replaced = decode(from, charset, !more, text);
        boolean marked = offset == 0 && text.length() > 0 && text.charAt(0) == '\uFEFF';
        return new TextPiece(
                text.substring(marked ? 1 : 0), offset, offset + from.position(), more, charset.name(), replaced);
    }

    /**
     * Goes forward in a stream, to its end at most.
     *
     * @param in the stream
     * @param count how many bytes are left out
     * @throws IOException if reading fails
     */
    public static void skip(InputStream in, long count) throws IOException {
        byte[] left = new byte[(int) Math.min(count, 64 * 1024)];
        long open = count;
        while (open > 0) {
            int read = in.read(left, 0, (int) Math.min(open, left.length));
            if (read < 0) {
                return;
            }
            open -= read;
        }
    }

    private static int decode(ByteBuffer from, Charset charset, boolean isEnd, StringBuilder into) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer chars = CharBuffer.allocate(8 * 1024);
        int replaced = 0;
        CoderResult result;
        do {
            result = decoder.decode(from, chars, isEnd);
            if (result.isError()) {
                from.position(from.position() + result.length());
                flip(chars, into);
                into.append('\uFFFD');
                replaced++;
            }
            flip(chars, into);
        } while (!result.isUnderflow());
        return replaced;
    }

    private static void flip(CharBuffer chars, StringBuilder into) {
        into.append(chars.flip());
        chars.clear();
    }
}
