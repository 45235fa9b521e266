package io.github.captureproxy.tls.internal.hsts;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads JSON (RFC 8259) with comments, token by token, from a stream of any length and in constant memory. It does not
 * check what it is told to skip beyond strings and brackets. Not thread-safe.
 */
final class JsonScanner {
    private static final int BUFFER = 1 << 16;

    /** A string that is longer is an error where it is read; a host name has 253 characters at most. */
    private static final int MAX_STRING = 1 << 12;

    private static final int END = -1;

    /** U+FEFF in UTF-8, as some editors begin a file. */
    private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int limit;
    private int line = 1;
    private final byte[] string = new byte[MAX_STRING];
    private int stringLength;

    JsonScanner(InputStream in) {
        this.in = in;
    }

    /** Passes over a byte order mark (RFC 8259 section 8.1 lets a reader ignore it) if the whole begins with one. */
    void skipByteOrderMark() throws IOException {
        if (look() == BYTE_ORDER_MARK[0]) {
            for (int each : BYTE_ORDER_MARK) {
                if (take() != each) {
                    throw malformed("an unexpected character stands here");
                }
            }
        }
    }

    /** The next byte that is neither white space nor part of a comment; it is not taken. */
    int peek() throws IOException {
        while (true) {
            if (at < limit && buffer[at] > '/') {
                return buffer[at];
            }
            int c = look();
            if (c == '\n') {
                line++;
            } else if (c == '/') {
                skipComment();
                continue;
            } else if (c != ' ' && c != '\t' && c != '\r') {
                return c;
            }
            at++;
        }
    }

    /** Takes a byte that has to stand here. */
    void expect(char wanted) throws IOException {
        if (peek() != wanted) {
            throw malformed("a '" + wanted + "' is missing");
        }
        at++;
    }

    /** Takes a byte if it stands here. */
    boolean accept(char wanted) throws IOException {
        boolean there = peek() == wanted;
        if (there) {
            at++;
        }
        return there;
    }

    /** Reads a string; {@link #bytes()} and {@link #length()} have it until the next one is read. */
    void readString() throws IOException {
        expect('"');
        stringLength = 0;
        while (true) {
            int from = at;
            int to = plainEnd();
            append(from, to - from);
            at = to;
            int c = take();
            if (c == '"') {
                return;
            }
            if (c == '\\') {
                append(escaped());
            } else if (c < ' ') {
                throw malformed("a string has no end");
            } else {
                append(c); // the first byte of the next buffer
            }
        }
    }

    /** The first byte in the buffer, from where we are, that ends or interrupts the plain part of a string. */
    private int plainEnd() {
        byte[] bytes = buffer;
        int to = limit;
        int i = at;
        while (i < to) {
            byte c = bytes[i];
            if (c == '"' || c == '\\' || c >= 0 && c < ' ') {
                return i;
            }
            i++;
        }
        return i;
    }

    private void append(int from, int count) throws IOException {
        if (stringLength + count > MAX_STRING) {
            throw malformed("a string is longer than " + MAX_STRING + " bytes");
        }
        System.arraycopy(buffer, from, string, stringLength, count);
        stringLength += count;
    }

    private void append(int c) throws IOException {
        if (stringLength == MAX_STRING) {
            throw malformed("a string is longer than " + MAX_STRING + " bytes");
        }
        string[stringLength++] = (byte) c;
    }

    /** What is no ASCII character becomes a question mark: no name has it. */
    private int escaped() throws IOException {
        int c = take();
        switch (c) {
            case 'u' -> {
                int value = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(take(), 16);
                    if (digit < 0) {
                        throw malformed("an escape in a string is wrong");
                    }
                    value = 16 * value + digit;
                }
                return value < 128 ? value : '?';
            }
            case '"', '\\', '/' -> {
                return c;
            }
            case 'b', 'f', 'n', 'r', 't' -> {
                return ' ';
            }
            default -> throw malformed("an escape in a string is wrong");
        }
    }

    byte[] bytes() {
        return string;
    }

    int length() {
        return stringLength;
    }

    /** Tells if the last string read is a text. */
    boolean isString(String ascii) {
        if (stringLength != ascii.length()) {
            return false;
        }
        for (int i = 0; i < stringLength; i++) {
            if (string[i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads a value that may be a text; anything else is skipped. */
    boolean readWhether(String ascii) throws IOException {
        if (peek() != '"') {
            skipValue();
            return false;
        }
        readString();
        return isString(ascii);
    }

    /** Reads a value that may be {@code true}; anything else is skipped. */
    boolean readTrue() throws IOException {
        boolean yes = peek() == 't';
        skipValue();
        return yes;
    }

    /** Skips a value of any kind. */
    void skipValue() throws IOException {
        int depth = 0;
        do {
            int c = peek();
            switch (c) {
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                case ',', ':' -> at++;
                case '"' -> skipString();
                case END -> throw malformed("it ends in the middle");
                default -> skipLiteral();
            }
            if (depth < 0) {
                throw malformed("a value is missing");
            }
        } while (depth > 0);
    }

    private void skipString() throws IOException {
        at++;
        while (true) {
            at = plainEnd();
            int c = take();
            if (c == '"') {
                return;
            }
            if (c == '\\') {
                take();
            } else if (c == '\n') {
                throw malformed("a string has no end");
            }
        }
    }

    private void skipLiteral() throws IOException {
        int taken = 0;
        for (int c = look();
                c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'E';
                c = look()) {
            at++;
            taken++;
        }
        if (taken == 0) {
            throw malformed("an unexpected character stands here");
        }
    }

    private void skipComment() throws IOException {
        at++;
        int kind = take();
        if (kind == '/') {
            while (look() != '\n' && look() != END) {
                at++;
            }
        } else if (kind == '*') {
            int before = 0;
            for (int c = take(); before != '*' || c != '/'; c = take()) {
                line += c == '\n' ? 1 : 0;
                before = c;
            }
        } else {
            throw malformed("a '/' stands alone");
        }
    }

    private int look() throws IOException {
        if (at == limit) {
            limit = Math.max(0, in.read(buffer, 0, BUFFER));
            at = 0;
            if (limit == 0) {
                return END;
            }
        }
        return buffer[at] & 0xff;
    }

    private int take() throws IOException {
        int c = look();
        if (c == END) {
            throw malformed("it ends in the middle");
        }
        at++;
        return c;
    }

    IOException malformed(String problem) {
        return new IOException("line " + line + ": " + problem);
    }
}
