package io.github.captureproxy.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Some of the captured bytes of a body, in the place where all of them lie. */
record BodySlice(BodySource whole, long start, long length) implements BodySource {
    @Override
    public InputStream open() throws IOException {
        InputStream in = whole.open();
        try {
            in.skipNBytes(start);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
        return new Bounded(in, length);
    }

    /** The whole body's, whose owner counts it. */
    @Override
    public long memoryBytes() {
        return 0;
    }

    /** Ends after so many bytes. For one thread. */
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private long left;

        Bounded(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, into.length);
            if (length == 0) {
                return 0;
            }
            int count = left == 0 ? -1 : in.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(in.available(), left);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
