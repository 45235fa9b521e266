package io.github.captureproxy.internal.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLEngine;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection on the reactor: one socket, one worker thread, one handler at a time. All methods but {@link #execute},
 * {@link #deadline} and the addresses are for the worker's thread.
 */
public final class Channel implements IOEventHandler {
    /** A kept rest up to this size is copied, so that the read buffer is free again; a larger one keeps the buffer. */
    private static final int COPY_LIMIT = Buffers.MODERATE_READ;

    /** A copy of a few bytes has room for more. */
    private static final int SMALLEST_COPY = 1_024;

    private static final long NONE = 0;

    /** The deadline goes for what waits to be written as well. */
    private static final long NO_STALL_LIMIT = 0;

    private final Reactor reactor;
    private final IOSession session;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private @Nullable Deque<ByteBuffer> kept;
    private @Nullable ByteBuffer lent;
    private ChannelHandler handler;
    private int interest = SelectionKey.OP_READ;
    private boolean closedReported;
    private boolean endsWhenDrained;
    private boolean toldAtEventEnd;
    private boolean mayHaveLeft;
    private volatile boolean ended;
    private volatile long deadline = NONE;
    private volatile boolean writing;
    private volatile long stallNanos = NO_STALL_LIMIT;
    private volatile long stallsAt = NONE;
    private volatile boolean expired;
    private @Nullable InetSocketAddress remoteAddress;
    private @Nullable InetSocketAddress localAddress;
    private @Nullable Object listener;
    private long bytesRead;
    private long bytesWritten;
    private @Nullable TlsCodec tls;

    Channel(Reactor reactor, IOSession session, ChannelHandler handler) {
        this.reactor = reactor;
        this.session = session;
        this.handler = handler;
    }

    /**
     * Hands the channel to another handler.
     *
     * @param next who hears of it from now on
     */
    public void handler(ChannelHandler next) {
        stallNanos = NO_STALL_LIMIT;
        if (mayHaveLeft) {
            mayHaveLeft = false;
            reactor.leavers().remove(this);
        }
        this.handler = next;
    }

    /**
     * The peer's address.
     *
     * @return the address; kept, so that it is known when the socket is closed
     */
    public InetSocketAddress remoteAddress() {
        InetSocketAddress known = remoteAddress;
        if (known == null) {
            known = inet(session.getRemoteAddress());
            remoteAddress = known;
        }
        return known;
    }

    /**
     * The socket's own address.
     *
     * @return the address; kept, so that it is known when the socket is closed
     */
    public InetSocketAddress localAddress() {
        InetSocketAddress known = localAddress;
        if (known == null) {
            known = inet(session.getLocalAddress());
            localAddress = known;
        }
        return known;
    }

    /**
     * What has accepted the connection.
     *
     * @return what was given to {@link Reactor#listen}; null for one that was made
     */
    public @Nullable Object listener() {
        return listener;
    }

    /**
     * How much the peer has sent so far.
     *
     * @return bytes that were read from the socket, in all
     */
    public long bytesRead() {
        return bytesRead;
    }

    /**
     * How much the peer has been sent so far.
     *
     * @return bytes that were given to the socket or are kept for it, in all
     */
    public long bytesWritten() {
        return bytesWritten;
    }

    /** From now on what is read is decrypted, and what is sent encrypted. */
    void secured(TlsCodec codec) {
        tls = codec;
    }

    /**
     * The TLS engine of a connection that is secured.
     *
     * @return the engine; null on a plain connection
     */
    public @Nullable SSLEngine tlsEngine() {
        return tls == null ? null : tls.engine();
    }

    private static InetSocketAddress inet(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress known ? known : new InetSocketAddress(0);
    }

    /**
     * Reads what is there, as far as the buffer has room.
     *
     * @param buffer where to
     * @return the number of bytes, 0 if there are none, -1 at the end of the stream
     * @throws IOException if the connection broke
     */
    public int read(ByteBuffer buffer) throws IOException {
        return tls == null ? readSocket(buffer) : tls.read(buffer);
    }

    /**
     * Reads what nobody will look at any more: as it comes from the socket, encrypted where it is.
     *
     * @param buffer where to
     * @return the number of bytes, 0 if there are none, -1 at the end of the stream
     * @throws IOException if the connection broke
     */
    public int discard(ByteBuffer buffer) throws IOException {
        if (tls != null) {
            tls.forgetUnread();
        }
        return readSocket(buffer);
    }

    /** Reads what is there, encrypted where it is. */
    int readSocket(ByteBuffer buffer) throws IOException {
        Worker.current().buffers().limitRead(buffer);
        int count = session.read(buffer);
        bytesRead += Math.max(count, 0);
        return count;
    }

    /**
     * Writes bytes, after those kept from earlier calls. What the socket does not take at once is kept, and
     * {@link ChannelHandler#drained} tells when it is gone: until then the caller stops its source, so that what is kept
     * stays within one read buffer.
     *
     * @param buffer one that this worker's {@link Buffers} lent, from its position to its limit
     * @return true if the channel has kept the buffer itself and gives it back to the pool; false if the caller does
     * @throws IOException if the connection broke
     */
    public boolean sendLent(ByteBuffer buffer) throws IOException {
        if (tls == null) {
            return sendLentToSocket(buffer);
        }
        tls.send(buffer);
        return false;
    }

    /** As {@link #sendLent}, with bytes as they go on the wire. */
    boolean sendLentToSocket(ByteBuffer buffer) throws IOException {
        bytesWritten += buffer.remaining();
        if (!isDrained()) {
            keep(copy(buffer));
            return false;
        }
        session.write(buffer);
        if (!buffer.hasRemaining()) {
            return false;
        }
        if (buffer.remaining() <= COPY_LIMIT) {
            keep(copy(buffer));
            return false;
        }
        lent = buffer;
        keep(buffer);
        return true;
    }

    /**
     * Writes bytes as {@link #sendLent} does; a rest is always copied.
     *
     * @param buffer the bytes, from position to limit
     * @throws IOException if the connection broke
     */
    public void send(ByteBuffer buffer) throws IOException {
        if (tls == null) {
            sendToSocket(buffer);
        } else {
            tls.send(buffer);
        }
    }

    /** As {@link #send}, with bytes as they go on the wire. */
    void sendToSocket(ByteBuffer buffer) throws IOException {
        bytesWritten += buffer.remaining();
        if (isDrained()) {
            session.write(buffer);
        }
        if (buffer.hasRemaining() && !fitsBehindLast(buffer)) {
            keep(copy(buffer));
        }
    }

    private static ByteBuffer copy(ByteBuffer buffer) {
        return ByteBuffer.allocate(Math.max(SMALLEST_COPY, buffer.remaining()))
                .put(buffer)
                .flip();
    }

    /** Puts what is small behind what is kept already, so that a byte does not cost a hundred. */
    @SuppressWarnings("ReferenceEquality") // this very buffer, whatever bytes it holds
    private boolean fitsBehindLast(ByteBuffer buffer) {
        ByteBuffer last = kept == null ? null : kept.peekLast();
        int end = last == null ? 0 : last.limit();
        if (last == null || last == lent || last.capacity() - end < buffer.remaining()) {
            return false;
        }
        int count = buffer.remaining();
        last.limit(end + count).put(end, buffer, buffer.position(), count);
        buffer.position(buffer.limit());
        return true;
    }

    private void keep(ByteBuffer buffer) {
        if (kept == null) {
            kept = new ArrayDeque<>(4);
        }
        kept.add(buffer);
        if (!writing) {
            stallBegins();
            writing = true; // after that, as the timer's thread looks at both
        }
        Worker.current().buffers().keep(buffer.capacity());
        setInterest(interest | SelectionKey.OP_WRITE);
    }

    private void stallBegins() {
        long limit = stallNanos;
        if (limit != NO_STALL_LIMIT) {
            stallsAt = System.nanoTime() + limit;
        }
    }

    /**
     * Tells if all that was sent has been written.
     *
     * @return true if nothing is kept
     */
    public boolean isDrained() {
        return kept == null || kept.isEmpty();
    }

    /**
     * Asks for, or stops, calls of {@link ChannelHandler#readable}.
     *
     * @param on whether they are wanted
     */
    public void reading(boolean on) {
        setInterest(on ? interest | SelectionKey.OP_READ : interest & ~SelectionKey.OP_READ);
        tellOfUnread();
    }

    /** Where bytes, or the end of the stream, wait in memory, the socket tells nothing of them. */
    private void tellOfUnread() {
        if (hasUnread()) {
            tasks.add(() -> {
                if (hasUnread()) {
                    guarded(this::handleReadable);
                }
            });
            announceTask();
        }
    }

    private boolean hasUnread() {
        return tls != null && tls.hasUnread() && (interest & SelectionKey.OP_READ) != 0;
    }

    private void handleReadable() throws IOException {
        handler.readable();
        tellOfUnread();
    }

    private void setInterest(int wanted) {
        if (wanted != interest) {
            interest = wanted;
            try {
                session.setEventMask(wanted);
            } catch (CancelledKeyException e) {
                return; // as when a task is announced
            }
            if (!tasks.isEmpty()) { // the mask has just wiped out the event that a task had been announced with
                announceTask();
            }
        }
    }

    /** Another thread may have closed the socket, of which the session hears only then ({@link ReactorKind#IN_TURN}). */
    private void announceTask() {
        try {
            session.setEvent(SelectionKey.OP_WRITE);
        } catch (CancelledKeyException e) {
            // closed: there are no more events, tasks are dropped, and the reactor is about to tell of the end
        }
    }

    /**
     * Runs a task on the worker's thread: at once if the caller is there already.
     *
     * @param task what to run; dropped when the channel is closed by then
     */
    public void execute(Runnable task) {
        if (Thread.currentThread() == reactor.workerOf(this)) {
            Worker worker = Worker.current();
            worker.eventBegins(); // the caller need not be handling one
            try {
                task.run();
            } finally {
                worker.eventEnds();
            }
            return;
        }
        tasks.add(task);
        if (!ended) {
            announceTask();
        }
    }

    /**
     * Asks for one call of {@link ChannelHandler#eventEnded} when the event that this thread handles is over, whichever
     * channel it came from.
     */
    public void callAtEventEnd() {
        if (!toldAtEventEnd) {
            toldAtEventEnd = true;
            Worker.current().atEventEnd(this);
        }
    }

    void eventEnded() {
        toldAtEventEnd = false;
        if (!closedReported) {
            guarded(handler::eventEnded);
        }
    }

    /**
     * Sets when {@link ChannelHandler#deadlinePassed} is to be called, to within the reactor's tick. May be called on
     * any thread.
     *
     * @param nanoTime a value of {@link System#nanoTime}, or 0 for none
     */
    public void deadline(long nanoTime) {
        deadline = nanoTime;
    }

    /**
     * Sets how long the peer may take nothing of what is sent before the connection ends. Until another handler comes,
     * this stands in the deadline's place while bytes wait to be written.
     *
     * @param limit more than zero
     */
    public void stallLimit(Duration limit) {
        stallNanos = limit.toNanos();
        stallBegins();
    }

    /**
     * The peer has ended its stream, and is still to be sent something: from now on, until another handler comes, the
     * channel also fails when the peer turns out to have left.
     */
    public void peerMayHaveLeft() {
        mayHaveLeft = true;
        reactor.leavers().add(this);
    }

    /** Called on the timer's thread. */
    void peerLeft() {
        execute(() -> fail(new IOException("the peer has left")));
    }

    /** Called on the timer's thread. */
    void checkDeadline(long now) {
        long at = writing && stallNanos != NO_STALL_LIMIT ? stallsAt : deadline;
        if (at == NONE || now - at < 0 || expired) {
            return;
        }
        if (writing) { // a peer that takes nothing makes no event, so that no task would run: the socket's end is one
            expired = true;
            reactor.reset(session);
        } else if (tasks.isEmpty()) {
            execute(() -> deadlinePassed(now));
        }
    }

    private void deadlinePassed(long now) {
        long at = deadline;
        if (at != NONE && now - at >= 0 && !closedReported) {
            deadline = NONE;
            guarded(handler::deadlinePassed);
        }
    }

    /**
     * Ends this side's stream: the peer reads its end, and may still send.
     *
     * @throws IOException if the connection broke
     */
    public void shutdownOutput() throws IOException {
        if (tls != null) {
            tls.endOutput();
        }
        if (isDrained()) {
            endSocketOutput();
        } else { // what says that the stream ends has found no room in the socket: it goes first
            endsWhenDrained = true;
        }
    }

    private void endSocketOutput() throws IOException {
        SocketChannel socket = socket();
        if (socket != null && socket.isOpen()) {
            socket.shutdownOutput();
        }
    }

    /** The socket; null if HttpCore has put something else in its place. May be called on any thread. */
    @Nullable
    SocketChannel socket() {
        return session.channel() instanceof SocketChannel socket ? socket : null;
    }

    /** Closes in an orderly way: the peer reads the end of the stream. What is kept is lost. */
    public void close() {
        if (tls != null && session.isOpen()) {
            try {
                tls.endOutput();
            } catch (IOException e) { // so the peer cannot be told: it sees the end of the stream alone
                reactor.reset(session);
                return;
            }
        }
        session.close(CloseMode.GRACEFUL);
    }

    /** Resets the connection, so that the peer cannot take what it got for a whole message. */
    public void reset() {
        reactor.reset(session);
    }

    /**
     * Closes because the proxy ends: in an orderly way only where that cuts nothing short. May be called on any thread.
     */
    void end() {
        if (handler.isMidway() || !isDrained()) {
            reset();
        } else if (tls == null && !handler.saysGoodbye()) {
            session.close(CloseMode.GRACEFUL);
        } else { // only the worker's thread may speak; the reactor's own end is next, if that is late
            execute(() -> {
                guarded(handler::ending);
                close();
            });
        }
    }

    /**
     * Tells if the connection is open.
     *
     * @return false from the first close on
     */
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public void connected(IOSession ignored) {
        guarded(() -> reactor.opened(this));
    }

    void opened(Reactor.Acceptor acceptor) throws IOException {
        if (handler instanceof Reactor.Unclaimed unclaimed) {
            if (unclaimed.attachment() instanceof Dial dial) {
                dial.opened(this);
            } else {
                listener = unclaimed.attachment();
                acceptor.accepted(this, listener);
            }
        }
    }

    @Override
    public void inputReady(IOSession ignored, @Nullable ByteBuffer none) {
        guarded(this::handleReadable);
    }

    @Override
    public void outputReady(IOSession ignored) {
        guarded(() -> {
            interest |= SelectionKey.OP_WRITE;
            Runnable task;
            while ((task = tasks.poll()) != null) {
                task.run();
            }
            flush();
        });
    }

    private void flush() throws IOException {
        boolean wrote = kept != null && !kept.isEmpty();
        while (kept != null && !kept.isEmpty()) {
            ByteBuffer first = kept.element();
            try {
                session.write(first);
            } catch (IOException e) {
                dropKept();
                if (handler.writeFailed(e)) {
                    setInterest(interest & ~SelectionKey.OP_WRITE);
                    return;
                }
                throw e;
            }
            if (first.hasRemaining()) {
                stallBegins();
                handler.writing();
                return;
            }
            kept.remove();
            giveBack(first, Worker.current().buffers());
        }
        kept = null;
        writing = false;
        setInterest(interest & ~SelectionKey.OP_WRITE);
        if (endsWhenDrained) {
            endsWhenDrained = false;
            endSocketOutput();
        }
        if (wrote) {
            handler.drained();
        }
    }

    @SuppressWarnings("ReferenceEquality") // this very buffer, whatever bytes it holds
    private void giveBack(ByteBuffer buffer, Buffers buffers) {
        buffers.keep(-buffer.capacity());
        if (buffer == lent) {
            lent = null;
            buffers.release(buffer);
        }
    }

    private void dropKept() {
        if (kept != null && Thread.currentThread() instanceof Worker worker) {
            kept.forEach(buffer -> giveBack(buffer, worker.buffers()));
        }
        kept = null;
    }

    /** Keeps what a handler throws away from the reactor, whose thread an error would end. */
    private void guarded(IoAction action) {
        Worker worker = Thread.currentThread() instanceof Worker current ? current : null;
        if (worker != null) {
            worker.eventBegins();
        }
        try {
            action.run();
        } catch (Throwable cause) { // an Error here would end the worker, and every connection on it
            fail(cause);
        } finally {
            if (worker != null) {
                worker.eventEnds();
            }
        }
    }

    private void fail(Throwable cause) {
        try {
            handler.failed(cause);
        } catch (Throwable second) { // as above; the first cause matters more
            cause.addSuppressed(second);
            reactor.defect("a handler failed twice", cause);
        } finally {
            reset();
        }
    }

    @Override
    public void timeout(IOSession ignored, Timeout timeout) {
        // no timeout is set on sessions: deadlines of our own take their place
    }

    @Override
    public void exception(IOSession ignored, Exception cause) {
        fail(cause);
    }

    @Override
    public void disconnected(IOSession ignored) {
        if (closedReported) {
            return;
        }
        closedReported = true;
        ended = true;
        deadline = NONE;
        if (expired) {
            guarded(handler::deadlinePassed);
        }
        tasks.clear();
        dropKept();
        reactor.closed(this);
        guarded(this::tellClosed);
    }

    private void tellClosed() {
        try {
            handler.closed();
        } catch (Throwable cause) { // as in guarded
            reactor.defect("a handler failed while its channel closed", cause);
        }
    }

    /** A step that may fail as I/O does. */
    private interface IoAction {
        void run() throws IOException;
    }
}
