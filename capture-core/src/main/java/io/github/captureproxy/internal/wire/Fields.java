package io.github.captureproxy.internal.wire;

import java.util.Arrays;
import java.util.Objects;

/**
 * The field lines of a head or of a trailer section: a view over the bytes that they came in.
 *
 * <p>Order, case and repetition are those of the wire. All positions are indices into {@link #bytes()}. Nothing changes
 * once the parser has handed it out, so threads may share it as long as none of them writes to the bytes.
 */
public final class Fields {

    /** No fields at all. */
    public static final Fields NONE = new Fields(new byte[0], 0);

    /** Name start, name end, value start, value end, index of the known name. */
    private static final int STRIDE = 5;

    /** Enough for the heads that browsers send; a longer one grows the index once or twice. */
    private static final int INITIAL_FIELDS = 16;

    /** Lines from here on share one mark. */
    private static final int MANY = 63;

    private final byte[] bytes;
    private int[] index;
    private int count;
    private int end;
    private long present;
    private long neverIndexed;

    Fields(byte[] bytes, int start) {
        this.bytes = bytes;
        this.index = bytes.length == 0 ? new int[0] : new int[INITIAL_FIELDS * STRIDE];
        this.end = start;
    }

    /** Adds a line; only a parser calls it, with lines that follow each other without a gap. */
    void add(int nameStart, int nameEnd, int valueStart, int valueEnd, int lineEnd) {
        int at = count * STRIDE;
        if (at == index.length) {
            index = Arrays.copyOf(index, index.length * 2);
        }
        int known = FieldName.of(bytes, nameStart, nameEnd).index();
        index[at] = nameStart;
        index[at + 1] = nameEnd;
        index[at + 2] = valueStart;
        index[at + 3] = valueEnd;
        index[at + 4] = known;
        present |= 1L << known;
        end = lineEnd;
        count++;
    }

    /** Notes that the sender wants a line kept out of every HPACK table (RFC 7541 7.1.3); only a parser calls it. */
    void neverIndex(int i) {
        neverIndexed |= 1L << Math.min(i, MANY);
    }

    /**
     * Tells if the sender wants a line kept out of every HPACK table, on every hop (RFC 7541 7.1.3).
     *
     * @param i the line, from 0
     * @return true if it must be sent on as a literal that is never indexed; beyond line 62 also if another one is
     */
    public boolean isNeverIndexed(int i) {
        return (neverIndexed & 1L << Math.min(i, MANY)) != 0;
    }

    private int get(int i, int what) {
        return index[Objects.checkIndex(i, count) * STRIDE + what];
    }

    /**
     * The bytes that all positions point into. Shared, not to be written to.
     *
     * @return the whole head or trailer section
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * How many field lines there are.
     *
     * @return the number of lines
     */
    public int count() {
        return count;
    }

    /**
     * Where a name starts.
     *
     * @param i the line, from 0
     * @return the index of the name's first byte
     */
    public int nameStart(int i) {
        return get(i, 0);
    }

    /**
     * Where a name ends.
     *
     * @param i the line, from 0
     * @return the index of the colon
     */
    public int nameEnd(int i) {
        return get(i, 1);
    }

    /**
     * Where a value starts, leading white space aside.
     *
     * @param i the line, from 0
     * @return the index of the value's first byte
     */
    public int valueStart(int i) {
        return get(i, 2);
    }

    /**
     * Where a value ends, trailing white space aside.
     *
     * @param i the line, from 0
     * @return the index behind the value's last byte; the value's start if it is empty
     */
    public int valueEnd(int i) {
        return get(i, 3);
    }

    /**
     * Where a line starts.
     *
     * @param i the line, from 0
     * @return the same as {@link #nameStart(int)}
     */
    public int lineStart(int i) {
        return get(i, 0);
    }

    /**
     * Where a line ends.
     *
     * @param i the line, from 0
     * @return the index behind its CRLF, where the next line starts
     */
    public int lineEnd(int i) {
        return Objects.checkIndex(i, count) + 1 < count ? index[(i + 1) * STRIDE] : end;
    }

    /**
     * Which of the names the proxy knows a line has.
     *
     * @param i the line, from 0
     * @return the name, {@link FieldName#OTHER} for the rest
     */
    public FieldName known(int i) {
        return FieldName.at(get(i, 4));
    }

    /**
     * Compares a name without regard to case.
     *
     * @param i the line, from 0
     * @param lowerCaseName what to compare with, in lower case
     * @return whether the line has this name
     */
    public boolean nameEquals(int i, String lowerCaseName) {
        return Ascii.equalsIgnoreCase(bytes, nameStart(i), nameEnd(i), lowerCaseName);
    }

    /**
     * Compares a value without regard to case.
     *
     * @param i the line, from 0
     * @param lowerCaseValue what to compare with, in lower case
     * @return whether the line has this value
     */
    public boolean valueEquals(int i, String lowerCaseValue) {
        return Ascii.equalsIgnoreCase(bytes, valueStart(i), valueEnd(i), lowerCaseValue);
    }

    /**
     * The name as it was sent.
     *
     * @param i the line, from 0
     * @return a new string
     */
    public String name(int i) {
        return Ascii.string(bytes, nameStart(i), nameEnd(i));
    }

    /**
     * The value as it was sent, white space around it aside, each byte one character (ISO-8859-1).
     *
     * @param i the line, from 0
     * @return a new string
     */
    public String value(int i) {
        return Ascii.string(bytes, valueStart(i), valueEnd(i));
    }

    /**
     * Finds the first line of a name.
     *
     * @param name a name other than {@link FieldName#OTHER}
     * @return its number, or -1
     */
    public int indexOf(FieldName name) {
        return indexOf(name, 0);
    }

    /**
     * Finds the next line of a name.
     *
     * @param name a name other than {@link FieldName#OTHER}
     * @param from the first line looked at
     * @return its number, or -1
     */
    public int indexOf(FieldName name, int from) {
        if (has(name)) {
            for (int i = from; i < count; i++) {
                if (index[i * STRIDE + 4] == name.index()) {
                    return i;
                }
            }
        }
        return -1;
    }

    /**
     * Whether any line has a name. Takes constant time.
     *
     * @param name the name
     * @return true if there is at least one
     */
    public boolean has(FieldName name) {
        return (present & 1L << name.index()) != 0;
    }
}
