package io.github.captureproxy.internal.server;

import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.io.Buffers;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.ChannelHandler;
import io.github.captureproxy.internal.io.Worker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * The end of a client's connection: waits until the last response has gone out, ends the stream, and throws away what
 * the client still sends. Closing at once would reset the connection, and a reset destroys a response that the client
 * has not read yet (RFC 9112 section 9.6). For one worker thread.
 */
final class Farewell implements ChannelHandler {
    /** How long a client may still send after the last response: longer than a round trip around the world. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Channel channel;
    private final Duration limit;
    private final Runnable closed;
    private State state = State.SENDING;
    private boolean inputEnded;

    private enum State {
        /** The last response is going out. */
        SENDING,
        /** It has gone out; the client's end of stream is awaited. */
        LINGERING
    }

    /**
     * Takes a connection over, to which all has been sent.
     *
     * @param channel the connection
     * @param inputEnded true if the client has ended its stream
     * @param limit how long the client may take for the next part of what was sent
     * @param closed run when the connection is closed
     */
    Farewell(Channel channel, boolean inputEnded, Duration limit, Runnable closed) {
        this.channel = channel;
        this.inputEnded = inputEnded;
        this.limit = limit;
        this.closed = closed;
        channel.handler(this);
        channel.deadline(ProxyContext.deadline(limit));
        channel.reading(!inputEnded);
        if (channel.isDrained()) {
            linger();
        }
    }

    /** All that was sent has gone out. */
    boolean isSent() {
        return state == State.LINGERING;
    }

    private void linger() {
        state = State.LINGERING;
        if (inputEnded) {
            channel.close();
            return;
        }
        channel.deadline(ProxyContext.deadline(LINGER));
        try {
            channel.shutdownOutput();
        } catch (IOException e) { // the client is gone, so there is nobody to linger for
            channel.close();
        }
    }

    @Override
    public void readable() throws IOException {
        Buffers buffers = Worker.current().buffers();
        ByteBuffer buffer = buffers.acquire();
        try {
            if (channel.discard(buffer) < 0) {
                inputEnded = true;
                channel.reading(false);
                if (state == State.LINGERING) {
                    channel.close();
                }
            }
        } finally {
            buffers.release(buffer);
        }
    }

    @Override
    public void drained() {
        if (state == State.SENDING) {
            linger();
        }
    }

    @Override
    public void writing() {
        channel.deadline(ProxyContext.deadline(limit));
    }

    @Override
    public void deadlinePassed() {
        if (state == State.SENDING) {
            channel.reset();
        } else {
            channel.close();
        }
    }

    @Override
    public void failed(Throwable cause) {
        // the channel is closed next, and nothing is left to be told
    }

    @Override
    public void closed() {
        closed.run();
    }
}
