package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.ChannelHandler;
import io.github.captureproxy.internal.io.Reactor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

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
    private final Peer peer;
    private int count;

    /** Who is told of what the peer does. */
    interface Peer {
        /**
         * It has sent something.
         *
         * @param bytes what is not told again
         */
        void said(byte[] bytes);

        /** It has ended its stream; who reads from the connection later is told so again. */
        void ended();

        /** The connection is closed. */
        void gone();

        /** The connection's deadline has passed. */
        void timeUp();
    }

    /**
     * Listens.
     *
     * @param reactor hears of defects
     * @param channel the connection
     * @param peer told of what comes
     */
    ListeningEnd(Reactor reactor, Channel channel, Peer peer) {
        this.reactor = reactor;
        this.channel = channel;
        this.peer = peer;
    }

    @Override
    public void readable() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
        int read = channel.read(buffer);
        if (read < 0) {
            channel.reading(false);
            peer.ended();
        } else if (read > 0) {
            count += read;
            if (count >= MOST) {
                channel.reading(false);
            }
            peer.said(Arrays.copyOf(buffer.array(), read));
        }
    }

    @Override
    public void drained() {
        // nothing waits for it
    }

    @Override
    public void deadlinePassed() {
        peer.timeUp();
    }

    @Override
    public void failed(Throwable cause) {
        if (!(cause instanceof IOException)) {
            reactor.defect("a tunnel failed", cause);
        }
        peer.gone();
    }

    @Override
    public void closed() {
        peer.gone();
    }

    @Override
    public boolean isMidway() {
        return true;
    }
}
