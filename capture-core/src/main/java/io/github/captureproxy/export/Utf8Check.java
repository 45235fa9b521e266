package io.github.captureproxy.export;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tells if bytes, in pieces cut anywhere, are well-formed UTF-8 (RFC 3629 section 4). For one thread. */
final class Utf8Check {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /** Bytes of a character that are still to come, and the range that the next one must be in. */
    private int missing;

    private int low;
    private int high;
    private boolean broken;

    void feed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && !broken) {
            if (missing == 0) {
                at = pastAscii(bytes, at, to);
                if (at < to) {
                    lead(bytes[at++] & 0xff);
                }
            } else {
                int b = bytes[at++] & 0xff;
                broken = b < low || b > high;
                low = 0x80;
                high = 0xbf;
                missing--;
            }
        }
    }

    private static int pastAscii(byte[] bytes, int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to && ((long) LONG.get(bytes, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    private void lead(int b) {
        missing = b >= 0xf0 ? 3 : b >= 0xe0 ? 2 : 1;
        low = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
        high = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
        broken = b < 0xc2 || b > 0xf4;
    }

    /** True if all bytes so far are well-formed and none is missing. */
    boolean isValid() {
        return !broken && missing == 0;
    }

    /** True as soon as nothing can mend it. */
    boolean isBroken() {
        return broken;
    }
}
