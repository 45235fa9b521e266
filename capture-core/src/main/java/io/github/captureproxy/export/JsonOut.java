package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes JSON (RFC 8259) in UTF-8: what is streamed into a string never stands in memory as a whole, and every Java
 * string can be written, one with half a surrogate pair too. U+2028 and U+2029 are escaped, as old JavaScript takes them
 * for line ends. Trusts its caller to nest rightly. For one thread.
 */
final class JsonOut implements Closeable {
    private static final int BUFFER = 16 * 1024;

    /** Read at once; divisible by three, so that base64 needs no padding in between. */
    private static final int CHUNK = 24 * 1024;

    private static final int LONGEST_ESCAPE = 6;

    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    /** What stands behind the backslash; 0 for a byte that stands for itself, 'u' for one in hex. */
    private static final byte[] ESCAPES = escapes();

    /** The bytes of UTF-8 that stand for themselves wherever they are. */
    private static final boolean[] PLAIN = plain();

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] chunk = new byte[CHUNK];
    private final byte[] encoded = new byte[CHUNK / 3 * 4];
    private int length;
    private boolean comma;

    JsonOut(OutputStream out) {
        this.out = out;
    }

    private static byte[] escapes() {
        byte[] table = new byte[128];
        for (int c = 0; c < ' '; c++) {
            table[c] = 'u';
        }
        table['\n'] = 'n';
        table['\r'] = 'r';
        table['\t'] = 't';
        table['"'] = '"';
        table['\\'] = '\\';
        return table;
    }

    private static boolean[] plain() {
        boolean[] table = new boolean[256];
        for (int b = 0; b < table.length; b++) {
            table[b] = b < ESCAPES.length ? ESCAPES[b] == 0 : b != 0xe2;
        }
        return table;
    }

    JsonOut beginObject() throws IOException {
        separate();
        put('{');
        comma = false;
        return this;
    }

    JsonOut beginObject(String name) throws IOException {
        return name(name).beginObject();
    }

    JsonOut endObject() throws IOException {
        put('}');
        comma = true;
        return this;
    }

    JsonOut beginArray() throws IOException {
        separate();
        put('[');
        comma = false;
        return this;
    }

    JsonOut beginArray(String name) throws IOException {
        return name(name).beginArray();
    }

    JsonOut endArray() throws IOException {
        put(']');
        comma = true;
        return this;
    }

    /** The name of a field; each is a word of a format, in ASCII that stands for itself. */
    JsonOut name(String name) throws IOException {
        separate();
        put('"');
        ascii(name);
        put('"');
        put(':');
        comma = false;
        return this;
    }

    JsonOut field(String name, String value) throws IOException {
        return name(name).string(value);
    }

    JsonOut field(String name, long value) throws IOException {
        return name(name).literal(Long.toString(value));
    }

    JsonOut field(String name, boolean value) throws IOException {
        return name(name).literal(Boolean.toString(value));
    }

    /** A number in decimal notation. */
    JsonOut number(String name, String value) throws IOException {
        return name(name).literal(value);
    }

    JsonOut number(long value) throws IOException {
        return literal(Long.toString(value));
    }

    private JsonOut literal(String ascii) throws IOException {
        separate();
        ascii(ascii);
        comma = true;
        return this;
    }

    /** Copies a short text in ASCII as it is: half of what a small exchange takes is such. */
    @SuppressWarnings("deprecation") // It drops the upper halves of characters, which are none here.
    private void ascii(String text) throws IOException {
        room(text.length());
        text.getBytes(0, text.length(), buffer, length);
        length += text.length();
    }

    /** White space between values, for the readers of files. */
    JsonOut newLine() throws IOException {
        put('\n');
        return this;
    }

    /** A comma that is owed is written now, so that the value that follows may start a line. */
    JsonOut newElement() throws IOException {
        separate();
        put('\n');
        comma = false;
        return this;
    }

    /** The next value is on its own, as in lines of JSON. */
    JsonOut endOfDocument() throws IOException {
        put('\n');
        comma = false;
        return this;
    }

    private void separate() throws IOException {
        if (comma) {
            put(',');
        }
    }

    JsonOut string(String value) throws IOException {
        separate();
        put('"');
        int at = 0;
        while (at < value.length()) {
            at = plain(value, at);
            if (at < value.length()) {
                at = character(value, at);
            }
        }
        put('"');
        comma = true;
        return this;
    }

    /** Copies ASCII that stands for itself. */
    private int plain(String value, int from) throws IOException {
        int at = from;
        while (at < value.length()) {
            if (length == BUFFER) {
                drain();
            }
            int end = Math.min(value.length(), at + BUFFER - length);
            int to = length;
            while (at < end) {
                char c = value.charAt(at);
                if (c >= 0x80 || ESCAPES[c] != 0) {
                    length = to;
                    return at;
                }
                buffer[to++] = (byte) c;
                at++;
            }
            length = to;
        }
        return at;
    }

    private int character(String value, int at) throws IOException {
        room(LONGEST_ESCAPE);
        char c = value.charAt(at);
        if (c < 0x80) {
            escape(c);
        } else if (c < 0x800) {
            buffer[length++] = (byte) (0xc0 | c >> 6);
            buffer[length++] = (byte) (0x80 | c & 0x3f);
        } else if (Character.isHighSurrogate(c)
                && at + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(at + 1))) {
            int code = Character.toCodePoint(c, value.charAt(at + 1));
            buffer[length++] = (byte) (0xf0 | code >> 18);
            buffer[length++] = (byte) (0x80 | code >> 12 & 0x3f);
            buffer[length++] = (byte) (0x80 | code >> 6 & 0x3f);
            buffer[length++] = (byte) (0x80 | code & 0x3f);
            return at + 2;
        } else if (Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
            unicode(c);
        } else {
            buffer[length++] = (byte) (0xe0 | c >> 12);
            buffer[length++] = (byte) (0x80 | c >> 6 & 0x3f);
            buffer[length++] = (byte) (0x80 | c & 0x3f);
        }
        return at + 1;
    }

    private void escape(int c) {
        byte kind = ESCAPES[c];
        if (kind == 'u') {
            unicode(c);
        } else {
            buffer[length++] = '\\';
            buffer[length++] = kind;
        }
    }

    private void unicode(int c) {
        buffer[length++] = '\\';
        buffer[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            buffer[length++] = HEX[c >> shift & 0xf];
        }
    }

    /** A string of bytes that are valid UTF-8; they are not checked again. */
    JsonOut utf8(InputStream text) throws IOException {
        separate();
        put('"');
        int held = 0;
        int count = text.read(chunk, 0, CHUNK);
        while (count >= 0) {
            int end = held + count;
            int safe = end;
            // A character that may have to be escaped must be seen as a whole.
            for (int i = Math.max(0, end - 2); i < end && safe == end; i++) {
                safe = (chunk[i] & 0xff) == 0xe2 ? i : end;
            }
            escaped(chunk, 0, safe);
            held = end - safe;
            System.arraycopy(chunk, safe, chunk, 0, held);
            count = text.read(chunk, held, CHUNK - held);
        }
        escaped(chunk, 0, held);
        put('"');
        comma = true;
        return this;
    }

    /** A string of bytes that are valid UTF-8; they are not checked again. */
    JsonOut utf8(byte[] text, int textLength) throws IOException {
        separate();
        put('"');
        escaped(text, 0, textLength);
        put('"');
        comma = true;
        return this;
    }

    private void escaped(byte[] text, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            room(LONGEST_ESCAPE);
            int end = Math.min(to, at + BUFFER - length);
            int made = length;
            while (at < end && PLAIN[text[at] & 0xff]) {
                buffer[made++] = text[at++];
            }
            length = made;
            if (at < end) {
                room(LONGEST_ESCAPE);
                at = special(text, at, to);
            }
        }
    }

    private int special(byte[] text, int at, int to) {
        byte b = text[at];
        if (b >= 0) {
            escape(b);
            return at + 1;
        }
        if (isLineSeparator(text, at, to)) {
            unicode(0x2028 + text[at + 2] - (byte) 0xa8);
            return at + 3;
        }
        buffer[length++] = b;
        return at + 1;
    }

    /** U+2028 or U+2029. */
    private static boolean isLineSeparator(byte[] text, int at, int to) {
        return text[at] == (byte) 0xe2
                && at + 2 < to
                && text[at + 1] == (byte) 0x80
                && (text[at + 2] == (byte) 0xa8 || text[at + 2] == (byte) 0xa9);
    }

    /** A string of bytes in base64 (RFC 4648 section 4). */
    JsonOut base64(InputStream bytes) throws IOException {
        separate();
        put('"');
        int count = bytes.readNBytes(chunk, 0, CHUNK);
        while (count > 0) {
            byte[] part = count == CHUNK ? chunk : Arrays.copyOf(chunk, count);
            int made = Base64.getEncoder().encode(part, encoded);
            put(encoded, 0, made);
            count = count < CHUNK ? 0 : bytes.readNBytes(chunk, 0, CHUNK);
        }
        put('"');
        comma = true;
        return this;
    }

    private void put(byte[] bytes, int from, int count) throws IOException {
        if (count > BUFFER - length) {
            drain();
        }
        if (count > BUFFER) {
            out.write(bytes, from, count);
        } else {
            System.arraycopy(bytes, from, buffer, length, count);
            length += count;
        }
    }

    private void put(char ascii) throws IOException {
        room(1);
        buffer[length++] = (byte) ascii;
    }

    private void room(int count) throws IOException {
        if (BUFFER - length < count) {
            drain();
        }
    }

    /** Hands on what is buffered here, without a flush of what it is handed to. */
    void drain() throws IOException {
        out.write(buffer, 0, length);
        length = 0;
    }

    @Override
    public void close() throws IOException {
        drain();
        out.close();
    }
}
