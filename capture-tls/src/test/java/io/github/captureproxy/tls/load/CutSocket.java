package io.github.captureproxy.tls.load;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** A socket that breaks at a certain byte of what is sent on it, by a reset or in an orderly way. */
final class CutSocket extends Socket {
    private final boolean byReset;
    private int left = Integer.MAX_VALUE;

    CutSocket(boolean byReset) {
        this.byReset = byReset;
    }

    /** Lets so many more bytes through. */
    void cutAfter(int bytes) {
        left = bytes;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                int count = Math.min(left, length);
                out.write(bytes, from, count);
                left -= count;
                if (left == 0) {
                    cut();
                    throw new IOException("cut");
                }
            }
        };
    }

    /** Breaks the connection now. */
    void cut() throws IOException {
        if (byReset && !isClosed()) {
            setSoLinger(true, 0);
        }
        close();
    }
}
