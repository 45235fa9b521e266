package io.github.captureproxy.internal.hpack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of bytes in constant time: of their number, and of eight at the start, in the middle and at the end.
 *
 * <p>Who knows it can make fields that collide. That is of no use: what is looked up by it is small, and a look-up goes
 * through all of it at worst.
 */
final class Hash {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private static final long FACTOR = 0x9e37_79b9_7f4a_7c15L;

    private Hash() {}

    static int of(byte[] bytes, int from, int length) {
        long hash = length * FACTOR;
        if (length >= Long.BYTES) {
            hash = mixed(hash, (long) LONG.get(bytes, from));
            hash = mixed(hash, (long) LONG.get(bytes, from + length - Long.BYTES));
            if (length > 2 * Long.BYTES) {
                hash = mixed(hash, (long) LONG.get(bytes, from + length / 2 - Long.BYTES / 2));
            }
        } else {
            long all = 0;
            for (int i = from; i < from + length; i++) {
                all = all << 8 | bytes[i] & 0xff;
            }
            hash = mixed(hash, all);
        }
        return (int) (hash >>> 32);
    }

    private static long mixed(long hash, long next) {
        long product = (hash ^ next) * FACTOR;
        return product ^ product >>> 32;
    }
}
