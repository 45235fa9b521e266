package io.github.captureproxy.export;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what passes, and knows if that was all. For one thread. */
final class CountingInput extends FilterInputStream {
    private long count;
    private boolean ended;

    CountingInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        return note(in.read(), 1);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        return note(read, read);
    }

    private int note(int result, int bytes) {
        ended = result < 0;
        count += ended ? 0 : bytes;
        return result;
    }

    /** Bytes so far. */
    long count() {
        return count;
    }

    /** True once the end was seen. */
    boolean isEnded() {
        return ended;
    }
}
