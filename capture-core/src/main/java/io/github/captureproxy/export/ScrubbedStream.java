package io.github.captureproxy.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Redacts a stream while it is read. For one thread. */
final class ScrubbedStream extends InputStream {
    private final InputStream in;
    private final Scrubber scrubber;
    private final byte[] chunk;
    private final ByteArrayOutputStream made;
    private byte[] ready = {};
    private int next;
    private boolean ended;

    ScrubbedStream(InputStream in, Scrubber scrubber, int chunkSize) {
        this.in = in;
        this.scrubber = scrubber;
        this.chunk = new byte[chunkSize];
        this.made = new ByteArrayOutputStream(chunkSize);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        while (next == ready.length && !ended) {
            fill();
        }
        int count = Math.min(length, ready.length - next);
        System.arraycopy(ready, next, into, offset, count);
        next += count;
        return count == 0 && length > 0 ? -1 : count;
    }

    private void fill() throws IOException {
        int count = in.read(chunk);
        if (count < 0) {
            scrubber.finish(made);
            ended = true;
        } else {
            scrubber.feed(chunk, 0, count, made);
        }
        ready = made.toByteArray();
        made.reset();
        next = 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
