package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.internal.http2.Http2Connection;
import io.github.captureproxy.internal.http2.Http2Stream;
import io.github.captureproxy.internal.http2.StreamHandler;
import io.github.captureproxy.internal.io.Channel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/2 connection to an origin: its streams belong to any exchanges that go there. Those over the origin's limit
 * wait in turn; a limit of none is waited out. For one worker thread.
 */
public final class Http2Origin implements Http2Connection.Owner {
    /** What is taken for the origin's limit until it says one. */
    private static final long LIMIT_UNSAID = 100;

    private final ProxyContext context;
    private final Http2Connection connection;
    private final @Nullable OriginSlot slot;
    private final @Nullable OriginTls tls;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private Runnable whenClosed = () -> {};
    private Runnable whenLeaving = () -> {};
    private @Nullable Runnable spoken;
    private @Nullable Runnable unspoken;
    private boolean listed;
    private boolean gone;

    /**
     * Takes a new connection over.
     *
     * @param context what all connections share
     * @param channel the connection
     * @param slot where it is listed for all exchanges; null if it is the far end of one tunnel
     * @param tls what its handshake showed; null if it is plain
     */
    public Http2Origin(ProxyContext context, Channel channel, @Nullable OriginSlot slot, @Nullable OriginTls tls) {
        this.context = context;
        this.slot = slot;
        this.tls = tls;
        int fieldBytes = context.config().limits().headerBytes();
        int fields = context.config().limits().headerFields();
        this.connection = new Http2Connection(
                channel,
                new Http2Connection.Role(
                        false,
                        false,
                        fieldBytes,
                        fields,
                        0,
                        context.config().timeouts().transfer()),
                this);
    }

    /**
     * Says what the proxy has to say first.
     *
     * @param early what the origin has sent already
     */
    public void start(byte[] early) {
        channel().deadline(0);
        connection.start(early);
        restIfIdle();
    }

    /** Lists it for the exchanges of its worker. */
    void share() {
        if (slot != null && !gone) {
            listed = true;
            slot.share(this);
        }
    }

    /**
     * Sets who hears of its end.
     *
     * @param task run once, on the worker's thread
     */
    public void whenClosed(Runnable task) {
        whenClosed = task;
    }

    /**
     * Sets who hears that the origin takes no more streams on it (RFC 9113 section 6.8).
     *
     * @param task run at most once, on the worker's thread, before those that wait for their turn are told
     */
    public void whenLeaving(Runnable task) {
        whenLeaving = task;
    }

    /** Sets what is done once it shows whether the origin speaks HTTP/2: it does, or it ends before it has. */
    void whenSpoken(Runnable does, Runnable doesNot) {
        spoken = does;
        unspoken = doesNot;
    }

    boolean hasSpoken() {
        return connection.hasSpoken();
    }

    /** When a stream that an exchange has left must have gone out. */
    long transferDeadline() {
        return ProxyContext.deadline(context.config().timeouts().transfer());
    }

    Channel channel() {
        return connection.channel();
    }

    @Nullable
    OriginTls tls() {
        return tls;
    }

    boolean isInTunnel() {
        return slot == null;
    }

    /** Requests that a slot is for can go on it. */
    boolean leadsTo(OriginSlot wanted) {
        return slot != null && slot.key().equals(wanted.key());
    }

    /** It takes new streams, at once or later. */
    boolean isUsable() {
        return !gone && connection.takesStreams();
    }

    /** It takes a new stream at once, and nobody waits for that. */
    boolean hasRoom() {
        return waiting.isEmpty() && hasTurn();
    }

    /** It takes a new stream at once, of one that has waited. */
    boolean hasTurn() {
        return isUsable() && connection.openStreams() < limit();
    }

    private long limit() {
        return connection.hasSpoken() ? connection.maxStreams() : Math.min(LIMIT_UNSAID, connection.maxStreams());
    }

    Http2Stream open(StreamHandler.OfClient handler) {
        return connection.open(handler);
    }

    /** Runs a task when there is room for a stream, or the connection takes none any more. */
    void whenRoom(Runnable task) {
        waiting.add(task);
    }

    void withdraw(Runnable task) {
        waiting.remove(task);
    }

    @Override
    public StreamHandler.OfServer opened(Http2Stream stream) {
        throw new IllegalStateException("an origin opens no streams");
    }

    @Override
    public void roomChanged() {
        if (connection.hasSpoken()) {
            Runnable told = spoken;
            spoken = null;
            unspoken = null;
            if (told != null) {
                told.run();
            }
        }
        Runnable next;
        while (hasTurn() && (next = waiting.poll()) != null) {
            next.run();
        }
        restIfIdle();
        connection.endIfDone();
    }

    private void restIfIdle() {
        if (connection.openStreams() == 0) {
            connection.idleDeadline(
                    ProxyContext.deadline(context.config().timeouts().idle()));
        }
    }

    @Override
    public void goAway(long code) {
        unlist();
        whenLeaving.run();
        runWaiting();
    }

    private void unlist() {
        if (listed && slot != null) {
            listed = false;
            slot.unshare(this);
        }
    }

    /** They find that this connection is of no use to them. */
    private void runWaiting() {
        Runnable next;
        while ((next = waiting.poll()) != null) {
            next.run();
        }
    }

    @Override
    public void idle() {
        close();
    }

    /** Ends it once its streams have ended. */
    public void close() {
        unlist();
        connection.endGracefully();
    }

    @Override
    public void finished(String problem) {
        leave();
        channel().close();
    }

    @Override
    public void failed(Throwable cause) {
        if (!(cause instanceof IOException)) {
            context.reactor().defect("a connection to an origin failed", cause);
        }
    }

    private void leave() {
        gone = true;
        unlist();
        Runnable otherwise = unspoken;
        spoken = null;
        unspoken = null;
        if (otherwise != null) {
            otherwise.run();
        }
        runWaiting();
    }

    @Override
    public void closed() {
        context.dialer().closed(channel());
        leave();
        whenClosed.run();
    }
}
