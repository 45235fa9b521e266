package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Begins so many exchanges a second over some connections, from one thread, and takes the time of each. */
final class PacedLoad implements AutoCloseable {
    private static final int READ_BUFFER = 64 * 1024;
    private static final long TICK_MILLIS = 1;
    private static final long STALL_NANOS = Duration.ofSeconds(10).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;

    private final Selector selector = Selector.open();
    private final Deque<Client> idle = new ArrayDeque<>();
    private final ByteBuffer in;
    private final ByteBuffer request;
    private long[] nanos = {};
    private int done;

    PacedLoad(Route route, Dialogue dialogue, int connections) throws IOException {
        request = dialogue.request(route);
        in = dialogue.room(READ_BUFFER);
        for (int i = 0; i < connections; i++) {
            Link link = dialogue.open(route);
            link.channel().configureBlocking(false);
            Client client = new Client(link, new AnswerReader(dialogue));
            link.channel().register(selector, SelectionKey.OP_READ, client);
            idle.add(client);
        }
    }

    /** The times that exchanges took, in ascending order, in nanoseconds. */
    long[] run(Duration time, int perSecond) throws IOException {
        int total = Math.toIntExact(time.toMillis() * perSecond / 1000);
        nanos = new long[total];
        done = 0;
        long begin = System.nanoTime();
        for (int begun = 0; done < total; ) {
            double elapsed = System.nanoTime() - begin;
            int due = (int) Math.min(total, elapsed * perSecond / NANOS_PER_SECOND);
            while (begun < due && !idle.isEmpty()) {
                ask(idle.remove());
                begun++;
            }
            selector.select(this::onReadable, TICK_MILLIS);
            if (elapsed > time.toNanos() + STALL_NANOS) {
                throw new IOException("stands still after " + done + " of " + total);
            }
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private void ask(Client client) throws IOException {
        client.begun = System.nanoTime();
        client.link.write(request.rewind());
        if (request.hasRemaining()) {
            throw new IOException("takes no request");
        }
    }

    private void onReadable(SelectionKey key) {
        Client client = (Client) key.attachment();
        try {
            if (client.link.read(in.clear()) < 0) {
                throw new IOException("closed a connection");
            }
            if (client.reader.take(in.flip())) {
                nanos[done++] = System.nanoTime() - client.begun;
                client.reader.start();
                idle.add(client);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
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
    private static final class Client {
        private final Link link;
        private final AnswerReader reader;
        private long begun;

        Client(Link link, AnswerReader reader) {
            this.link = link;
            this.reader = reader;
        }
    }
}
