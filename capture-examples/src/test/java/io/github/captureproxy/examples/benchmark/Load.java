package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;

/** Keeps a number of connections busy from one thread, each with one exchange after another. */
final class Load implements Busy {
    /** Holds the answers that are counted in exchanges; the larger ones take some reads. */
    private static final int READ_BUFFER = 256 * 1024;

    /** A proxy's first exchange waits for classes to load; nothing else comes near this. */
    private static final long STALL_MILLIS = 10_000;

    private final Selector selector = Selector.open();
    private final ByteBuffer in;
    private final ByteBuffer request;
    private final String name;
    private long answers;

    Load(Route route, Dialogue dialogue, int connections) throws IOException {
        name = route.name();
        request = dialogue.request(route);
        in = dialogue.room(READ_BUFFER);
        for (int i = 0; i < connections; i++) {
            Link link = dialogue.open(route);
            link.channel().configureBlocking(false);
            link.channel().register(selector, SelectionKey.OP_READ, new Client(link, new AnswerReader(dialogue)));
            ask(link);
        }
    }

    @Override
    public long run(Duration time) throws IOException {
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
            Client client = (Client) key.attachment();
            if (client.link.read(in.clear()) < 0) {
                throw new IOException("closed a connection");
            }
            if (client.reader.take(in.flip())) {
                answers++;
                client.reader.start();
                ask(client.link);
            }
        } catch (IOException e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        }
    }

    private void ask(Link link) throws IOException {
        link.write(request.rewind());
        if (request.hasRemaining() || !link.isFlushed()) {
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

    /** One of the connections. */
    private record Client(Link link, AnswerReader reader) {}
}
