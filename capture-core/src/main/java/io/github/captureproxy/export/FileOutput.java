package io.github.captureproxy.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/**
 * Writes a file in large pieces, and can end it with a tail that what is written next takes the place of. For one
 * thread.
 */
final class FileOutput extends OutputStream {
    private static final int BUFFER = 64 * 1024;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long position;

    FileOutput(FileChannel channel) throws IOException {
        this.channel = channel;
        this.position = channel.size();
    }

    @Override
    public void write(int b) throws IOException {
        if (!buffer.hasRemaining()) {
            flush();
        }
        buffer.put((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length >= BUFFER) {
            flush();
            put(ByteBuffer.wrap(bytes, offset, length));
            return;
        }
        if (length > buffer.remaining()) {
            flush();
        }
        buffer.put(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        buffer.flip();
        try {
            put(buffer);
        } finally {
            buffer.clear();
        }
    }

    private void put(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    /** Ends the file as it is now. What is written next overwrites the tail, and is longer than that. */
    void flushWithTail(byte[] tail) throws IOException {
        flush();
        long end = position;
        put(ByteBuffer.wrap(tail));
        position = end;
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try (channel) {
                flush();
            }
        }
    }
}
