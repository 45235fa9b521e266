package io.github.captureproxy.internal.record;

import java.nio.ByteBuffer;

/** Follows a body that was captured before, as long as the bytes that pass are the same. For one thread. */
final class Repetition {
    private final MemorySource before;
    private int array;
    private int at;
    private long same;

    Repetition(MemorySource before) {
        this.before = before;
    }

    /**
     * Compares bytes with those that come next.
     *
     * @return true if all are the same; else this is where the repetition ends, and none of them are counted in
     */
    boolean takes(ByteBuffer data, int from, int length) {
        if (length > before.length() - same) {
            return false;
        }
        int done = 0;
        while (done < length) {
            byte[] expected = before.arrays()[array];
            int count = Math.min(length - done, expected.length - at);
            // The buffers' own comparison is the one that uses vectors on memory of either kind.
            if (data.slice(from + done, count).mismatch(ByteBuffer.wrap(expected, at, count)) >= 0) {
                return false;
            }
            done += count;
            advance(count);
        }
        same += length;
        return true;
    }

    /** Compares all bytes of a body of the same length. */
    boolean takes(MemorySource other) {
        long left = other.length();
        for (byte[] bytes : other.arrays()) {
            int count = (int) Math.min(left, bytes.length);
            if (!takes(ByteBuffer.wrap(bytes), 0, count)) {
                return false;
            }
            left -= count;
        }
        return isWhole();
    }

    /** True if all of the body has come again. */
    boolean isWhole() {
        return same == before.length();
    }

    /** The body that was captured before. */
    MemorySource before() {
        return before;
    }

    /** Gives a sink what has come so far. */
    void copyTo(BodySink sink) {
        long left = same;
        for (int i = 0; left > 0; i++) {
            byte[] bytes = before.arrays()[i];
            int count = (int) Math.min(left, bytes.length);
            sink.write(ByteBuffer.wrap(bytes), 0, count);
            left -= count;
        }
    }

    private void advance(int count) {
        at += count;
        if (at == before.arrays()[array].length) {
            array++;
            at = 0;
        }
    }
}
