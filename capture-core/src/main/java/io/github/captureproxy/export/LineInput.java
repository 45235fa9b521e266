package io.github.captureproxy.export;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads lines of bytes, each into an array that the next one uses again. For one thread. */
final class LineInput implements Closeable {
    /** What an array holds, less what some JVMs need. */
    private static final int MAX_LINE = Integer.MAX_VALUE - 8;

    private static final int CHUNK = 64 * 1024;

    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK];
    private byte[] line = new byte[1024];
    private int at;
    private int end;
    private int length;
    private long number;
    private boolean terminated;

    LineInput(InputStream in) {
        this.in = in;
    }

    /** Reads the next line; false if there is none. */
    boolean next() throws IOException {
        length = 0;
        terminated = false;
        number++;
        while (!terminated && fill()) {
            int start = at;
            while (at < end && chunk[at] != '\n') {
                at++;
            }
            append(start, at - start);
            if (at < end) {
                terminated = true;
                at++;
            }
        }
        return terminated || length > 0;
    }

    private boolean fill() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(in.read(chunk), 0);
        }
        return at < end;
    }

    private void append(int start, int count) throws IOException {
        if (count > MAX_LINE - length) {
            throw new IOException("the line is longer than " + MAX_LINE + " bytes");
        }
        if (count > line.length - length) {
            int wanted = length + count;
            line = Arrays.copyOf(line, (int) Math.min(MAX_LINE, Math.max(wanted, line.length * 2L)));
        }
        System.arraycopy(chunk, start, line, length, count);
        length += count;
    }

    boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** The line's bytes, without what ends it, until the next one is read. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /** Its number, from 1. */
    long number() {
        return number;
    }

    /** False if the input ended within the line. */
    boolean isTerminated() {
        return terminated;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
