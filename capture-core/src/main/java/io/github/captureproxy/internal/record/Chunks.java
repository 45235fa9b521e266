package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.BodySource;
import io.github.captureproxy.exchange.CapturedBody;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes in a growing row of arrays, so that growing copies nothing. For one thread. */
final class Chunks {
    /** A last array with less than this share of it unused (one in eight) is kept as it is, not copied to size. */
    private static final int TOLERATED_WASTE = 8;

    private final List<byte[]> full = new ArrayList<>(0);
    private byte[] current = BodySink.NOTHING;
    private int used;
    private long before;

    /** How many bytes there are. */
    long length() {
        return before + used;
    }

    /** How many more bytes the last array takes. */
    int room() {
        return current.length - used;
    }

    /** Goes on in a new array; the one before has to be full. */
    void grow(byte[] next) {
        if (used > 0) {
            full.add(current);
            before += used;
        }
        current = next;
        used = 0;
    }

    /** Copies bytes into the last array, which has to have the room. */
    void append(ByteBuffer data, int from, int length) {
        data.get(from, current, used, length);
        used += length;
    }

    /** Hands all bytes to a target and forgets them; stops at the first array that is not taken. */
    boolean drainTo(SpillTarget target) {
        boolean taken = true;
        for (int i = 0; i < full.size() && taken; i++) {
            taken = target.offer(full.get(i), full.get(i).length);
        }
        taken = taken && (used == 0 || target.offer(current, used));
        clear();
        return taken;
    }

    /** Forgets all bytes. */
    void clear() {
        full.clear();
        current = BodySink.NOTHING;
        used = 0;
        before = 0;
    }

    /** All bytes; this object is not to be used any more. */
    BodySource toSource() {
        byte[] last = room() > current.length / TOLERATED_WASTE ? Arrays.copyOf(current, used) : current;
        if (full.isEmpty() && last.length == used && used < RecentBodies.MIN_BYTES) {
            return CapturedBody.inMemory(last);
        }
        byte[][] arrays = full.toArray(new byte[full.size() + 1][]);
        arrays[full.size()] = last;
        return new MemorySource(arrays, length());
    }
}
