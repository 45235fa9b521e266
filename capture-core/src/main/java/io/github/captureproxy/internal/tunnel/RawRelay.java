package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.io.Buffers;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.ChannelHandler;
import io.github.captureproxy.internal.io.Worker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Relays bytes between two connections until both directions have ended. A side that ends its stream is passed on as
 * such (half close); a side that breaks breaks the other, unless both have said that they are done. For one worker thread,
 * which both connections share.
 */
final class RawRelay {
    private final ProxyContext context;
    private final Duration idle;
    private final RelayObserver observer;
    private final End client;
    private final End target;
    private End timed;
    private boolean over;

    RawRelay(ProxyContext context, Channel client, Channel target, RelayObserver observer) {
        this.context = context;
        this.idle = context.config().timeouts().tunnelIdle();
        this.observer = observer;
        this.client = new End(client, Side.CLIENT);
        this.target = new End(target, Side.ORIGIN);
        this.client.peer = this.target;
        this.target.peer = this.client;
        this.timed = this.client;
    }

    /** Takes both connections over and sends on what has been read of them already. */
    void start(byte[] fromClient, byte[] fromTarget) {
        client.channel.handler(client);
        target.channel.handler(target);
        touch();
        pass(client, fromClient);
        pass(target, fromTarget);
        client.resume();
        target.resume();
    }

    /** The client's connection broke before it could be taken over. */
    void clientBroke() {
        broke(client);
    }

    private void pass(End from, byte[] early) {
        if (early.length > 0 && !over) {
            observe(from, ByteBuffer.wrap(early), 0, early.length);
            try {
                from.peer.channel.send(ByteBuffer.wrap(early));
            } catch (IOException e) {
                broke(from.peer);
            }
        }
    }

    private void observe(End from, ByteBuffer buffer, int start, int length) {
        if (from == client) {
            observer.sent(buffer, start, length);
        } else {
            observer.received(buffer, start, length);
        }
    }

    /** Bytes have passed: the time for the next ones begins, at a side that is open. */
    private void touch() {
        timed.channel.deadline(ProxyContext.deadline(idle));
    }

    private void broke(End end) {
        if (context.reactor().isClosing()) {
            end(Status.PROXY_CLOSED, Side.PROXY, "the proxy was closed");
        } else if (observer.saidGoodbye()) {
            end.leave();
        } else if (end == client) {
            end(Status.CLIENT_ABORTED, Side.CLIENT, "the client's connection broke");
        } else {
            end(Status.ORIGIN_ABORTED, Side.ORIGIN, "the target's connection broke");
        }
    }

    private void end(Status status, Side side, String detail) {
        if (over) {
            return;
        }
        over = true;
        if (status == Status.COMPLETED) {
            client.channel.close();
            target.channel.close();
        } else {
            client.channel.reset();
            target.channel.reset();
        }
        observer.ended(status, side, detail);
    }

    /** One of the two connections. */
    private final class End implements ChannelHandler {
        private final Channel channel;
        private final Side side;
        private End peer = this;
        private boolean inputEnded;
        private boolean outputEnded;

        End(Channel channel, Side side) {
            this.channel = channel;
            this.side = side;
        }

        void resume() {
            if (!over && !inputEnded) {
                channel.reading(peer.channel.isDrained());
            }
        }

        @Override
        public void readable() throws IOException {
            Buffers buffers = Worker.current().buffers();
            ByteBuffer buffer = buffers.acquire();
            boolean kept = false;
            try {
                int start = buffer.position();
                int count = channel.read(buffer);
                if (count > 0) {
                    touch();
                    observe(this, buffer, start, count);
                    kept = send(buffer.limit(start + count).position(start));
                } else if (count < 0) {
                    inputEnded = true;
                    channel.reading(false);
                    observer.left(side, null);
                    peer.endOutput();
                }
            } finally {
                if (!kept) {
                    buffers.release(buffer);
                }
            }
        }

        private boolean send(ByteBuffer buffer) {
            try {
                boolean kept = peer.channel.sendLent(buffer);
                if (!peer.channel.isDrained()) {
                    channel.reading(false);
                }
                return kept;
            } catch (IOException e) {
                broke(peer);
                return false;
            }
        }

        /** The connection broke when all had been said: to the other side, this one has just ended its stream. */
        private void leave() {
            if (over) {
                return;
            }
            inputEnded = true;
            outputEnded = true;
            channel.reset();
            if (peer.outputEnded) {
                end(Status.COMPLETED, Side.NONE, "");
            } else {
                timed = peer; // this one's deadline no longer counts
                touch();
                peer.endOutput();
            }
        }

        /** The other side has ended its stream: so does this one, behind what is still to be written. */
        private void endOutput() {
            if (outputEnded || !channel.isDrained()) {
                return;
            }
            outputEnded = true;
            if (peer.outputEnded) {
                end(Status.COMPLETED, Side.NONE, "");
                return;
            }
            try {
                channel.shutdownOutput();
            } catch (IOException e) {
                broke(this);
            }
        }

        @Override
        public void writing() {
            touch();
        }

        @Override
        public void drained() {
            touch();
            if (peer.inputEnded) {
                endOutput();
            } else {
                peer.resume();
            }
        }

        @Override
        public void deadlinePassed() {
            long millis = idle.toMillis();
            String limit = millis % 1000 == 0 ? idle.toSeconds() + " s" : millis + " ms";
            end(Status.TIMED_OUT, Side.NONE, "no byte passed within " + limit);
        }

        @Override
        public void failed(Throwable cause) {
            if (!(cause instanceof IOException)) {
                context.reactor().defect("a relay failed", cause);
                end(Status.INTERNAL_ERROR, Side.PROXY, "an error inside the proxy");
            }
            left(cause);
        }

        private void left(Throwable cause) {
            try {
                if (!over) {
                    observer.left(side, cause);
                }
            } finally {
                broke(this);
            }
        }

        @Override
        public void closed() {
            left(new IOException("the connection was closed"));
        }

        @Override
        public boolean isMidway() {
            return true;
        }

        @Override
        public String toString() {
            return "relay " + side;
        }
    }
}
