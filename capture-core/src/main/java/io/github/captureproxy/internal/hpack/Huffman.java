package io.github.captureproxy.internal.hpack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The Huffman code for strings (RFC 7541 5.2 and Appendix B).
 *
 * <p>The code is canonical: codes of one length are consecutive numbers in the order of their symbols, and those of the
 * next length go on from there. So the lengths say everything, and a code that is too long for the table of the short
 * ones is found by comparing it with the first code of each length.
 */
final class Huffman {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    /** The symbol that must not occur (5.2), behind those of the 256 bytes. */
    private static final int EOS = 256;

    private static final int MAX_BITS = 30;

    /** All common characters have codes of at most this many bits, which is how many the decoder looks up at once. */
    private static final int SHORT_BITS = 8;

    /** The lengths of the codes in bits, by symbol (Appendix B). */
    private static final byte[] BITS = {
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, //
        28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28, //
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, //
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, //
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, //
        7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, //
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, //
        6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, //
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, //
        24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, //
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, //
        21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, //
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, //
        19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, //
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, //
        26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, //
        30
    };

    /** The codes by symbol, in their low bits. */
    private static final int[] CODES = new int[EOS + 1];

    /** The symbols in the order of their codes. */
    private static final short[] SYMBOLS = new short[EOS + 1];

    /** By length: the first code of that length. */
    private static final int[] FIRST_CODE = new int[MAX_BITS + 1];

    /** By length: how many codes have it. */
    private static final int[] COUNT = new int[MAX_BITS + 1];

    /** By length: where in SYMBOLS its codes start. */
    private static final int[] FIRST_SYMBOL = new int[MAX_BITS + 1];

    /** By the next 8 bits: the length of the code that they start with times 256, plus its symbol; 0 for longer codes. */
    private static final short[] SHORT_CODES = new short[1 << SHORT_BITS];

    static {
        int code = 0;
        int known = 0;
        for (int bits = 1; bits <= MAX_BITS; bits++) {
            code <<= 1;
            FIRST_CODE[bits] = code;
            FIRST_SYMBOL[bits] = known;
            for (int symbol = 0; symbol <= EOS; symbol++) {
                if (BITS[symbol] == bits) {
                    CODES[symbol] = code++;
                    SYMBOLS[known++] = (short) symbol;
                }
            }
            COUNT[bits] = known - FIRST_SYMBOL[bits];
        }
        for (int symbol = 0; symbol < EOS; symbol++) {
            int bits = BITS[symbol];
            for (int rest = 0; bits <= SHORT_BITS && rest < 1 << SHORT_BITS - bits; rest++) {
                SHORT_CODES[CODES[symbol] << SHORT_BITS - bits | rest] = (short) (bits << 8 | symbol);
            }
        }
    }

    private Huffman() {}

    /** The most bytes that an encoded string of this length can stand for: no code is shorter than 5 bits. */
    static int maxDecodedLength(int encodedLength) {
        return (int) (encodedLength * 8L / 5);
    }

    /**
     * Decodes a string.
     *
     * @param out has room for {@link #maxDecodedLength} bytes from {@code outFrom} on
     * @return where in {@code out} the string ends
     * @throws HpackException for EOS in the string, and for padding other than up to 7 one bits (5.2)
     */
    static int decode(byte[] in, int from, int length, byte[] out, int outFrom) throws HpackException {
        int at = from;
        int end = from + length;
        int to = outFrom;
        long bits = 0;
        int have = 0;
        while (true) {
            if (have < 32) {
                if (end - at < 4) {
                    break;
                }
                bits = bits << 32 | (int) INT.get(in, at) & 0xffff_ffffL;
                at += 4;
                have += 32;
            }
            int code = code((int) (bits >>> have - 32));
            out[to++] = (byte) code;
            have -= code >> 8;
        }
        for (; at < end; at++) {
            bits = bits << 8 | in[at] & 0xff;
            have += 8;
        }
        return decodeEnd(bits, have, out, to);
    }

    /** Decodes the last bits, fewer than 56, behind which it imagines ones: then padding looks like the start of EOS. */
    private static int decodeEnd(long bits, int bitCount, byte[] out, int outFrom) throws HpackException {
        int have = bitCount;
        int to = outFrom;
        while (have > 0) {
            int window = (int) (have >= 32 ? bits >>> have - 32 : bits << 32 - have | 0xffff_ffffL >>> have);
            if (have < 8 && window == -1) {
                break;
            }
            int code = code(window);
            if (code >> 8 > have) {
                throw new HpackException("a Huffman string whose padding is not up to seven one bits");
            }
            out[to++] = (byte) code;
            have -= code >> 8;
        }
        return to;
    }

    /** The code that a window of 32 bits starts with: its length times 256, plus its symbol. */
    private static int code(int window) throws HpackException {
        int code = SHORT_CODES[window >>> 32 - SHORT_BITS];
        return code != 0 ? code : longCode(window);
    }

    private static int longCode(int window) throws HpackException {
        for (int bits = SHORT_BITS + 1; bits < MAX_BITS; bits++) {
            int nth = (window >>> 32 - bits) - FIRST_CODE[bits];
            if (nth < COUNT[bits]) {
                return bits << 8 | SYMBOLS[FIRST_SYMBOL[bits] + nth];
            }
        }
        int symbol = SYMBOLS[FIRST_SYMBOL[MAX_BITS] + (window >>> 32 - MAX_BITS) - FIRST_CODE[MAX_BITS]];
        if (symbol == EOS) {
            throw new HpackException("a Huffman string that is not padded right, or that has EOS in it");
        }
        return MAX_BITS << 8 | symbol;
    }

    /** How many bytes a string takes when it is encoded. */
    static long encodedLength(byte[] in, int from, int length) {
        long bits = 0;
        for (int i = from; i < from + length; i++) {
            bits += BITS[in[i] & 0xff];
        }
        return bits + 7 >>> 3;
    }

    /**
     * Encodes a string.
     *
     * @param out has room for {@link #encodedLength} bytes from {@code outFrom} on
     * @return where in {@code out} the encoded string ends
     */
    static int encode(byte[] in, int from, int length, byte[] out, int outFrom) {
        int to = outFrom;
        long bits = 0;
        int have = 0;
        for (int i = from; i < from + length; i++) {
            int symbol = in[i] & 0xff;
            bits = bits << BITS[symbol] | CODES[symbol];
            have += BITS[symbol];
            if (have >= 32) {
                have -= 32;
                INT.set(out, to, (int) (bits >>> have));
                to += 4;
            }
        }
        for (; have > 0; have -= 8) {
            out[to++] = (byte) (have >= 8 ? bits >>> have - 8 : bits << 8 - have | 0xff >>> have);
        }
        return to;
    }
}
