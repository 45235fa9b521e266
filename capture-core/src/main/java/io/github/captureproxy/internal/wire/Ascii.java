package io.github.captureproxy.internal.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The character classes of HTTP, and the few string operations that work on bytes without making a string. */
public final class Ascii {

    static final byte HTAB = 9;
    static final byte LF = 10;
    static final byte CR = 13;
    static final byte SP = 32;
    static final byte DEL = 127;

    private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~");

    /** reg-name of RFC 3986 3.2.2 but for the comma, which no host name has and which lists are split at. */
    private static final boolean[] REG_NAME = table("-._~!$&'()*+;=");

    private static final byte[] HEX = hexTable();

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private Ascii() {}

    private static boolean[] table(String marks) {
        boolean[] table = new boolean[256];
        for (int i = 0; i < 128; i++) {
            table[i] = Character.isLetterOrDigit(i);
        }
        marks.chars().forEach(c -> table[c] = true);
        return table;
    }

    private static byte[] hexTable() {
        byte[] table = new byte[256];
        for (int i = 0; i < 256; i++) {
            table[i] = (byte) (i < 128 ? Character.digit(i, 16) : -1);
        }
        return table;
    }

    /**
     * Whether a byte may stand in a token (RFC 9110 5.6.2).
     *
     * @param b the byte
     * @return true for a tchar
     */
    public static boolean isToken(byte b) {
        return TOKEN[b & 0xff];
    }

    /**
     * Whether a byte may stand in a registered name, percent signs aside (RFC 3986 3.2.2).
     *
     * @param b the byte
     * @return true for an unreserved character or a sub-delimiter other than the comma
     */
    static boolean isRegName(byte b) {
        return REG_NAME[b & 0xff];
    }

    /**
     * Whether a byte is white space as fields know it: SP or HTAB.
     *
     * @param b the byte
     * @return true for SP and HTAB
     */
    public static boolean isBlank(byte b) {
        return b == SP || b == HTAB;
    }

    /**
     * Whether a byte may stand in text: no control character but HTAB (RFC 9110 5.5).
     *
     * @param b the byte
     * @return true for HTAB, SP, VCHAR and obs-text
     */
    public static boolean isText(byte b) {
        return (b >= SP && b != DEL) || b < 0 || b == HTAB;
    }

    /**
     * Whether a byte is a decimal digit.
     *
     * @param b the byte
     * @return true for 0 to 9
     */
    public static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /**
     * What a hexadecimal digit stands for.
     *
     * @param b the byte
     * @return 0 to 15, or -1 if it is no such digit
     */
    public static int hexValue(byte b) {
        return HEX[b & 0xff];
    }

    /**
     * Folds an ASCII letter to lower case; other bytes stay.
     *
     * @param b the byte
     * @return the byte in lower case
     */
    public static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    /**
     * Finds the end of a token.
     *
     * @param bytes where to look
     * @param from the first byte looked at
     * @param to behind the last byte looked at
     * @return the index of the first byte that is no tchar, or {@code to}
     */
    public static int tokenEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && TOKEN[bytes[at] & 0xff]) {
            at++;
        }
        return at;
    }

    /**
     * Finds the end of text, eight bytes at a time where it can.
     *
     * @param bytes where to look
     * @param from the first byte looked at
     * @param to behind the last byte looked at
     * @return the index of the first byte that is not {@link #isText(byte)}, or {@code to}
     */
    public static int textEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at + 8 <= to && isText((long) LONGS.get(bytes, at))) {
            at += 8;
        }
        while (at < to && isText(bytes[at])) {
            at++;
        }
        return at;
    }

    /** Whether none of eight bytes is a control character; HTAB counts as one here. */
    private static boolean isText(long eight) {
        long notDel = eight ^ (EACH * DEL);
        return (lowerThan(eight, SP) | lowerThan(notDel, 1)) == 0;
    }

    /**
     * Whether any of eight bytes is lower than a bound, all taken as unsigned.
     *
     * @param eight the bytes, in any order
     * @param bound 1 to 128
     * @return 0 if none is; which bits are set otherwise says nothing
     */
    static long lowerThan(long eight, int bound) {
        return (eight - EACH * bound) & ~eight & HIGH;
    }

    /**
     * Skips white space.
     *
     * @param bytes where to look
     * @param from the first byte looked at
     * @param to behind the last byte looked at
     * @return the index of the first byte that is neither SP nor HTAB, or {@code to}
     */
    public static int skipBlank(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    /**
     * Drops white space from the end of a range.
     *
     * @param bytes where to look
     * @param from the start of the range
     * @param to the end of the range
     * @return the end without trailing SP and HTAB, at least {@code from}
     */
    public static int trimEnd(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && isBlank(bytes[end - 1])) {
            end--;
        }
        return end;
    }

    /**
     * Compares bytes with a constant, ASCII case aside.
     *
     * @param bytes where to look
     * @param from the start of the range
     * @param to the end of the range
     * @param lowerCase the constant, in lower case
     * @return whether they are the same
     */
    public static boolean equalsIgnoreCase(byte[] bytes, int from, int to, String lowerCase) {
        if (to - from != lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if (lower(bytes[from + i]) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Compares two ranges of the same length, ASCII case aside.
     *
     * @param a the one array
     * @param aFrom where its range starts
     * @param b the other array
     * @param bFrom where its range starts
     * @param length how many bytes both ranges have
     * @return whether they are the same
     */
    public static boolean equalsIgnoreCase(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
        for (int i = 0; i < length; i++) {
            if (lower(a[aFrom + i]) != lower(b[bFrom + i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Makes a string in which each byte is one character (ISO-8859-1), so that every byte can be had back.
     *
     * @param bytes where to look
     * @param from the start of the range
     * @param to the end of the range
     * @return the string
     */
    public static String string(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
