package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;

/** Keeps a number of HTTP/2 connections busy from one thread, each with some streams at once. */
final class Http2Load implements Busy {
    private static final long STALL_MILLIS = 10_000;

    private final Selector selector = Selector.open();
    private final String name;
    private long answers;

    Http2Load(Route route, int answerBytes, int connections, int streams) throws IOException {
        name = route.name();
        for (int i = 0; i < connections; i++) {
            Http2Client client = new Http2Client(route, Hosts.ONE, answerBytes, streams);
            client.link().channel().configureBlocking(false);
            client.link().channel().register(selector, SelectionKey.OP_READ, client);
            client.ask();
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
            Http2Client client = (Http2Client) key.attachment();
            long before = client.answers();
            client.read();
            answers += client.answers() - before;
            client.ask();
        } catch (IOException e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
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
