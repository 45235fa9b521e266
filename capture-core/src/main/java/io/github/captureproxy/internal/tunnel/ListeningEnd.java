package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.ChannelHandler;
import io.github.captureproxy.internal.io.Reactor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A connection whose peer waits for an answer that takes its time. What it sends all the same is kept for whoever takes
 * over; that it gives up is noticed at once.
 */
final class ListeningEnd implements ChannelHandler {
    /** A TLS client sends next to nothing before its hello is answered; past this, nothing more is read. */
    private static final int MOST = 16 << 10;

    private static final int READ_BYTES = 4 << 10;

    private final Reactor reactor;
    private final Channel channel;
    private final Consumer<byte[]> more;
    private final Runnable gone;
    private int count;

    /**
     * Listens.
     *
     * @param reactor hears of defects
     * @param channel the connection
     * @param more takes what is read
     * @param gone run when the peer has ended its stream, or the connection is closed
     */
    ListeningEnd(Reactor reactor, Channel channel, Consumer<byte[]> more, Runnable gone) {
        this.reactor = reactor;
        this.channel = channel;
        this.more = more;
        this.gone = gone;
    }

    @Override
    public void readable() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
        int read = channel.read(buffer);
        if (read < 0) {
            gone.run();
        } else if (read > 0) {
            count += read;
            if (count >= MOST) {
                channel.reading(false);
            }
            more.accept(Arrays.copyOf(buffer.array(), read));
        }
    }

    @Override
    public void drained() {
        // nothing waits for it
    }

    @Override
    public void deadlinePassed() {
        // the other connection has the deadline
    }

    @Override
    public void failed(Throwable cause) {
        if (!(cause instanceof IOException)) {
            reactor.defect("a tunnel failed", cause);
        }
        gone.run();
    }

    @Override
    public void closed() {
        gone.run();
    }

    @Override
    public boolean isMidway() {
        return true;
    }
}
