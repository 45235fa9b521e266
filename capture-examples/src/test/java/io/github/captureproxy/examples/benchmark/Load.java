package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Keeps a number of connections busy from one thread, each with one exchange after another. */
final class Load implements AutoCloseable {
    /** Holds the answers that are counted in exchanges; the larger ones take some reads. */
    private static final int READ_BUFFER = 256 * 1024;

    /** A proxy's first exchange waits for classes to load; nothing else comes near this. */
    private static final long STALL_MILLIS = 10_000;

    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BUFFER);
    private final ByteBuffer request;
    private final String name;
    private long answers;

    Load(Route route, Dialogue dialogue, int connections) throws IOException {
        name = route.name();
        request = dialogue.request(route);
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = dialogue.open(route);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new AnswerReader(dialogue));
            ask(channel);
        }
    }

    /** Runs for a time; returns the number of answers that came whole. */
    long run(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        long before = answers;
        do {
            if (selector.select(this::onReadable, STALL_MILLIS) == 0) {
                throw new IOException(name + " stands still");
            }
        } while (System.nanoTime() < end);
        return answers - before;
    }

    private void onReadable(SelectionKey key) {
        try {
            SocketChannel channel = (SocketChannel) key.channel();
            AnswerReader reader = (AnswerReader) key.attachment();
            if (channel.read(in.clear()) < 0) {
                throw new IOException("closed a connection");
            }
            if (reader.take(in.flip())) {
                answers++;
                reader.start();
                ask(channel);
            }
        } catch (IOException e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        }
    }

    private void ask(SocketChannel channel) throws IOException {
        request.rewind();
        channel.write(request);
        if (request.hasRemaining()) {
            throw new IOException("takes no request"); // a socket's buffer holds many
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
