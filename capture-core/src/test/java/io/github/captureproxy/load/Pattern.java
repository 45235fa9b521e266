package io.github.captureproxy.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** An endless body whose every byte is known: one block of pseudo-random bytes, over and over. */
final class Pattern {
    private static final int BLOCK = 1 << 20;

    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);

    Pattern() {
        int state = 1;
        for (int i = 0; i < BLOCK; i++) {
            state = state * 1_103_515_245 + 12_345;
            block.put(i, (byte) (state >> 16));
        }
    }

    /** Writes so many bytes of it. */
    void write(SocketChannel to, long length) throws IOException {
        long left = length;
        while (left > 0) {
            ByteBuffer part = block.duplicate().position((int) ((length - left) % BLOCK));
            part.limit((int) Math.min(BLOCK, part.position() + left));
            left -= to.write(part);
        }
    }

    /** Reads so many bytes, the first of them from a buffer, and tells how many were as they should be. */
    long read(SocketChannel from, ByteBuffer first, long length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK);
        buffer.put(first).flip();
        long read = 0;
        while (read < length) {
            while (buffer.hasRemaining()) {
                int at = (int) (read % BLOCK);
                int count = Math.min(buffer.remaining(), BLOCK - at);
                ByteBuffer expected = block.duplicate().position(at).limit(at + count);
                if (expected.mismatch(buffer.slice(buffer.position(), count)) >= 0) {
                    return read;
                }
                buffer.position(buffer.position() + count);
                read += count;
            }
            if (read < length && from.read(buffer.clear()) < 0) {
                return read;
            }
            buffer.flip();
        }
        return read;
    }
}
