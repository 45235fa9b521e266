package io.github.captureproxy.internal.http2;

import io.github.captureproxy.internal.hpack.FieldSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One decoded field section (RFC 9113 section 8.2): the lines in their order, checked one by one. What is wrong with it
 * is kept rather than thrown, since the decoder has to go on to the section's end. Used again for the next one.
 */
final class FieldSection implements FieldSink {
    /** What a line counts beside its name and value (RFC 9113 section 6.5.2). */
    private static final int LINE_OVERHEAD = 32;

    private static final int STRIDE = 4;

    /** What the arrays may keep from one section to the next. */
    private static final int KEPT_BYTES = 8 * 1024;

    private final int maxBytes;
    private final int maxLines;
    private byte[] bytes = new byte[512];
    private int[] index = new int[16 * STRIDE];
    private final BitSet neverIndexed = new BitSet();
    private int length;
    private int count;
    private int pseudo;
    private long listSize;
    private boolean tooLarge;
    private @Nullable String problem;

    /**
     * Makes an empty one.
     *
     * @param maxBytes the most that names and values may have, each line with 32 bytes more
     * @param maxLines the most lines
     */
    FieldSection(int maxBytes, int maxLines) {
        this.maxBytes = maxBytes;
        this.maxLines = maxLines;
    }

    void clear() {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[512];
        }
        neverIndexed.clear();
        length = 0;
        count = 0;
        pseudo = 0;
        listSize = 0;
        tooLarge = false;
        problem = null;
    }

    @Override
    public void field(
            byte[] name,
            int nameFrom,
            int nameLength,
            byte[] value,
            int valueFrom,
            int valueLength,
            boolean isNeverIndexed) {
        listSize += (long) nameLength + valueLength + LINE_OVERHEAD;
        if (tooLarge || listSize > maxBytes || count >= maxLines) {
            tooLarge = true;
            return;
        }
        check(name, nameFrom, nameLength, value, valueFrom, valueLength);
        if (isNeverIndexed) {
            neverIndexed.set(count);
        }
        grow(nameLength + valueLength);
        int at = count * STRIDE;
        index[at] = length;
        index[at + 1] = length + nameLength;
        index[at + 2] = length + nameLength;
        index[at + 3] = length + nameLength + valueLength;
        System.arraycopy(name, nameFrom, bytes, length, nameLength);
        System.arraycopy(value, valueFrom, bytes, length + nameLength, valueLength);
        length += nameLength + valueLength;
        count++;
    }

    private void grow(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
        if ((count + 1) * STRIDE > index.length) {
            index = Arrays.copyOf(index, 2 * index.length);
        }
    }

    private void check(byte[] name, int nameFrom, int nameLength, byte[] value, int valueFrom, int valueLength) {
        if (nameLength == 0) {
            problem("a field without a name");
        } else if (name[nameFrom] == ':') {
            if (pseudo < count) {
                problem("a pseudo-field behind a field");
            }
            pseudo++;
        } else {
            checkName(name, nameFrom, nameFrom + nameLength);
        }
        checkValue(value, valueFrom, valueFrom + valueLength);
    }

    private void checkName(byte[] name, int from, int to) {
        for (int i = from; i < to; i++) {
            int c = name[i];
            if (c >= 'A' && c <= 'Z') {
                problem("an upper-case letter in a field name");
            } else if (c <= ' ' || c == ':' || c == 0x7f) {
                problem("a character in a field name that must not be there");
            }
        }
    }

    private void checkValue(byte[] value, int from, int to) {
        if (from < to && (isBlank(value[from]) || isBlank(value[to - 1]))) {
            problem("white space around a field value");
        }
        for (int i = from; i < to; i++) {
            int c = value[i];
            if (c == 0 || c == '\r' || c == '\n') {
                problem("a control character in a field value");
            }
        }
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    private void problem(String found) {
        if (problem == null) {
            problem = found;
        }
    }

    /** What is wrong with it; null if nothing is. */
    @Nullable
    String problem() {
        return problem;
    }

    /** It is larger than the limit, and not all of it is here. */
    boolean isTooLarge() {
        return tooLarge;
    }

    int count() {
        return count;
    }

    /** How many of the lines are pseudo-fields, which come first. */
    int pseudo() {
        return pseudo;
    }

    byte[] bytes() {
        return bytes;
    }

    int nameStart(int i) {
        return index[i * STRIDE];
    }

    int nameEnd(int i) {
        return index[i * STRIDE + 1];
    }

    int valueStart(int i) {
        return index[i * STRIDE + 2];
    }

    int valueEnd(int i) {
        return index[i * STRIDE + 3];
    }

    boolean isNeverIndexed(int i) {
        return neverIndexed.get(i);
    }

    boolean nameIs(int i, byte[] name) {
        return Arrays.equals(bytes, nameStart(i), nameEnd(i), name, 0, name.length);
    }

    boolean valueIs(int i, String value) {
        return text(valueStart(i), valueEnd(i)).equals(value);
    }

    /** The value as text, each byte one character. */
    String value(int i) {
        return text(valueStart(i), valueEnd(i));
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
