package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** What connections that do nothing cost in a proxy's JVM; what the proxy kept of their exchanges is not counted. */
final class IdleMemory {
    private static final int CONNECTIONS = 2_000;
    private static final int BODY_BYTES = 1024;

    void compare(Setup setup, Report report) throws Exception {
        report.title("Memory of each of " + CONNECTIONS + " idle connections");
        for (Contender contender : List.of(Contender.THIS_PROXY, Contender.LITTLE_PROXY)) {
            print(setup, contender, "fresh", Route::open, report);
            print(setup, contender, "after a GET", route -> used(route, Dialogue.gets(BODY_BYTES)), report);
            print(setup, contender, "tunnel", route -> used(route, Dialogue.tunnelled(BODY_BYTES)), report);
        }
    }

    /** In a JVM of its own, as buffers that were pooled for earlier connections would count for nothing. */
    private static void print(Setup setup, Contender contender, String state, Opening opening, Report report)
            throws IOException, InterruptedException {
        List<SocketChannel> channels = new ArrayList<>();
        try (ProxyJvm jvm = setup.fresh(contender)) {
            Route route = setup.through(contender, jvm);
            try {
                opening.open(route).close(); // loads the classes
                WarmUp.awaitQuiet(List.of(route)); // a connection may still be waiting to be accepted
                long[] before = jvm.ask(ProxyMain.MEMORY);
                for (int i = 0; i < CONNECTIONS; i++) {
                    channels.add(opening.open(route));
                }
                WarmUp.awaitQuiet(List.of(route));
                long[] after = jvm.ask(ProxyMain.MEMORY);
                report.memory(contender.title() + ", " + state, each(before[0], after[0]), each(before[1], after[1]));
            } finally {
                for (SocketChannel channel : channels) {
                    channel.close();
                }
            }
        }
    }

    private static double each(long before, long after) {
        return (double) (after - before) / CONNECTIONS;
    }

    /** A connection that has been used once. */
    private static SocketChannel used(Route route, Dialogue dialogue) throws IOException {
        SocketChannel channel = dialogue.open(route);
        ByteBuffer in = ByteBuffer.allocate(2 * BODY_BYTES);
        AnswerReader reader = new AnswerReader(dialogue);
        channel.write(dialogue.request(route));
        do {
            if (channel.read(in.clear()) < 0) {
                throw new IOException(route.name() + " closed a connection");
            }
        } while (!reader.take(in.flip()));
        return channel;
    }

    /** Makes a connection and leaves it idle. */
    private interface Opening {
        SocketChannel open(Route route) throws IOException;
    }
}
