package io.github.captureproxy.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Writes the head of a message that is sent on, into an array that the caller lends. Copies runs of field lines. */
public final class HeadWriter {
    private final byte[] out;
    private int length;

    /**
     * Starts at the array's beginning.
     *
     * @param out where to; large enough for any head under the limit and what the proxy adds
     */
    public HeadWriter(byte[] out) {
        this.out = out;
    }

    /**
     * How many bytes were written.
     *
     * @return the length
     */
    public int length() {
        return length;
    }

    /**
     * Writes bytes.
     *
     * @param bytes the source
     * @param from the first one's index
     * @param to behind the last one
     * @return this
     */
    public HeadWriter put(byte[] bytes, int from, int to) {
        System.arraycopy(bytes, from, out, length, to - from);
        length += to - from;
        return this;
    }

    /**
     * Writes text, one byte a character.
     *
     * @param text the text
     * @return this
     */
    @SuppressWarnings("deprecation") // the only way to copy a Latin-1 string's bytes without an array in between
    public HeadWriter put(String text) {
        text.getBytes(0, text.length(), out, length);
        length += text.length();
        return this;
    }

    /**
     * Writes a field line.
     *
     * @param name the field name
     * @param value its value
     * @return this
     */
    public HeadWriter field(String name, String value) {
        return put(name).put(": ").put(value).put("\r\n");
    }

    /**
     * Ends the head.
     *
     * @return its length
     */
    public int end() {
        put("\r\n");
        return length;
    }

    /**
     * A head that is made up rather than sent on.
     *
     * @param startLine the first line without its CRLF
     * @param fields field lines, each with its CRLF
     * @return its bytes with the blank line
     */
    public static byte[] head(String startLine, String fields) {
        return (startLine + "\r\n" + fields + "\r\n").getBytes(ISO_8859_1);
    }
}
