package io.github.captureproxy.export;

import java.io.ByteArrayOutputStream;

/** Keeps what is written as long as it is little, and nothing once it is more. For one thread. */
final class KeptBytes extends ByteArrayOutputStream {
    private static final int ROOM = 64;

    private final int most;
    private boolean whole;

    /** Keeps nothing from the start if more is expected than is kept. */
    KeptBytes(long expected, int most) {
        super(expected > most ? 0 : (int) expected + ROOM);
        this.most = most;
        this.whole = expected <= most;
    }

    @Override
    public synchronized void write(int b) {
        if (fits(1)) {
            super.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (fits(length)) {
            super.write(bytes, offset, length);
        }
    }

    private boolean fits(int more) {
        whole &= more <= most - count;
        return whole;
    }

    /** True if all that was written is here. */
    boolean isWhole() {
        return whole;
    }
}
