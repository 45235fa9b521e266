package io.github.captureproxy.internal.http2;

import io.github.captureproxy.internal.io.Worker;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.HopByHop;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One stream (RFC 9113 section 5): what its owner sends waits here for the peer's window and the socket, and what the
 * peer sends is granted as the owner takes it. For the connection's worker thread.
 */
public final class Http2Stream {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Http2Connection connection;
    private final int id;
    private final ByteQueue queue = new ByteQueue();
    private final ReceiveWindow window = new ReceiveWindow();
    private @Nullable StreamHandler handler;
    private long sendWindow;
    private long deadline;
    private long expected = -1;
    private long received;
    private boolean head;
    private boolean headReceived;
    private boolean remoteEnded;
    private boolean localEnded;
    private boolean endsWithQueue;
    private boolean over;
    private boolean ready;
    private @Nullable Fields trailers;
    private HopByHop trailerRules = HopByHop.NONE;

    Http2Stream(Http2Connection connection, int id, long sendWindow) {
        this.connection = connection;
        this.id = id;
        this.sendWindow = sendWindow;
    }

    /**
     * The stream's identifier.
     *
     * @return an odd number
     */
    public int id() {
        return id;
    }

    void handler(StreamHandler owner) {
        handler = owner;
    }

    StreamHandler handler() {
        StreamHandler owner = handler;
        if (owner == null) {
            throw new IllegalStateException("stream " + id + " has no owner");
        }
        return owner;
    }

    /**
     * Sends a request's head.
     *
     * @param request what it is made of
     * @param ended true if there is no content
     */
    public void request(SectionWriter.Request request, boolean ended) {
        if (!over) {
            SectionWriter writer = connection.sections();
            writer.request(request);
            head = request.head().method().equals("HEAD");
            connection.sender().writeSection(id, writer, ended);
            localEnded(ended);
        }
    }

    /**
     * Sends a response's head, final or not.
     *
     * @param head the head
     * @param hopByHop what stays behind
     * @param via the name to add to {@code Via}; empty for none
     * @param ended true if the stream ends with it
     */
    public void response(ResponseHead head, HopByHop hopByHop, String via, boolean ended) {
        if (!over) {
            SectionWriter writer = connection.sections();
            writer.response(head, hopByHop, via);
            connection.sender().writeSection(id, writer, ended);
            localEnded(ended);
        }
    }

    /**
     * Sends content. What the window or the socket does not take is kept, and {@link StreamHandler#drained} tells when
     * it is gone: until then the caller stops its source.
     *
     * @param buffer holds it
     * @param from the first byte's index
     * @param to behind the last one
     * @param ended true if the stream ends with it
     */
    public void data(ByteBuffer buffer, int from, int to, boolean ended) {
        if (over || localEnded) {
            return;
        }
        int at = from;
        if (queue.isEmpty()) {
            at = connection.sender().writeData(this, buffer, from, to, ended);
        }
        if (at < to) {
            WindowBudget.current().queued(to - at);
            Worker.current().buffers().keep(to - at);
            queue.add(buffer, at, to);
            endsWithQueue = ended;
            connection.sender().waits(this);
        } else if (ended && queue.isEmpty()) {
            localEnded(true);
        } else {
            endsWithQueue = ended;
        }
    }

    /**
     * Ends the stream behind what was sent.
     *
     * @param fields the trailers, maybe none
     * @param hopByHop which of them stay behind
     */
    public void end(Fields fields, HopByHop hopByHop) {
        if (over || localEnded) {
            return;
        }
        trailers = fields;
        trailerRules = hopByHop;
        if (queue.isEmpty()) {
            writeEnd();
        }
    }

    private void writeEnd() {
        Fields fields = trailers;
        SectionWriter writer = connection.sections();
        if (fields != null && fields.count() > 0 && writer.trailers(fields, trailerRules)) {
            connection.sender().writeSection(id, writer, true);
        } else {
            connection.sender().writeData(this, NOTHING, 0, 0, true);
        }
        localEnded(true);
    }

    /** Sends what waits, as far as it goes; true if some of it could go on now. */
    boolean sendQueued() {
        int sent = connection.sender().writeQueued(this, queue, endsWithQueue && trailers == null);
        if (sent > 0) {
            Worker.current().buffers().keep(-sent);
            WindowBudget.current().unqueued(sent);
        }
        if (!queue.isEmpty()) {
            return sendWindow > 0;
        }
        if (trailers != null) {
            writeEnd();
        } else {
            localEnded(endsWithQueue);
        }
        if (!over || remoteEnded) {
            handler().drained();
        }
        return false;
    }

    private void localEnded(boolean ended) {
        if (ended && !localEnded) {
            localEnded = true;
            endIfBoth();
        }
    }

    private void endIfBoth() {
        if (localEnded && remoteEnded && !over) {
            close(false);
        }
    }

    private void close(boolean resetHere) {
        over = true;
        deadline = 0;
        if (Thread.currentThread() instanceof Worker worker) { // else the reactor is ending, and its worker has
            int dropped = queue.size();
            queue.clear();
            worker.buffers().keep(-dropped);
            window.close(WindowBudget.current());
            WindowBudget.current().unqueued(dropped);
        }
        connection.ended(this, resetHere);
    }

    /**
     * Tells if all that was sent has been written.
     *
     * @return true if nothing is kept
     */
    public boolean isDrained() {
        return queue.isEmpty();
    }

    /**
     * Tells if the stream is over: ended by both sides, or reset.
     *
     * @return true if nothing more can be sent or will come
     */
    public boolean isOver() {
        return over;
    }

    /**
     * Tells if the peer has ended its side.
     *
     * @return true if nothing more will come
     */
    public boolean isRemoteEnded() {
        return remoteEnded;
    }

    /**
     * Grants the peer more, or grants nothing until told otherwise.
     *
     * @param on whether more is wanted
     */
    public void reading(boolean on) {
        window.paused(!on);
        if (on) {
            grant();
        }
    }

    private void grant() {
        if (!over && !remoteEnded) {
            int more = window.grant(WindowBudget.current());
            if (more > 0) {
                connection.sender().writeWindowUpdate(id, more);
            }
        }
    }

    /**
     * Sets when {@link StreamHandler#deadlinePassed} is to be called.
     *
     * @param nanoTime a value of {@link System#nanoTime}, or 0 for none
     */
    public void deadline(long nanoTime) {
        deadline = over ? 0 : nanoTime;
        connection.deadlineSet(deadline);
    }

    long deadline() {
        return deadline;
    }

    void deadlinePassed() {
        deadline = 0;
        handler().deadlinePassed();
    }

    /**
     * Resets the stream; its owner is not told.
     *
     * @param code the error code
     */
    public void reset(long code) {
        if (!over) {
            connection.sender().writeReset(id, code);
            close(true);
        }
    }

    /** Resets the stream because the peer broke a rule, and tells the owner. */
    void fail(int code, String problem) {
        if (!over) {
            reset(code);
            tell(new StreamHandler.Reset(code, StreamHandler.By.HERE, problem));
        }
    }

    /** The peer has reset it, or the connection is gone. */
    void wasReset(StreamHandler.Reset reset) {
        if (!over) {
            close(false);
            tell(reset);
        }
    }

    private void tell(StreamHandler.Reset reset) {
        if (handler != null) {
            handler.reset(reset);
        }
    }

    /** The head has come in, which says how much content there will be; -1 if it does not. */
    void headReceived(long length, boolean ended) throws Http2Exception {
        headReceived = true;
        expected = length;
        if (ended) {
            endReceived();
        }
    }

    /** The request that was sent on it is HEAD, whose response has no content. */
    boolean isHead() {
        return head;
    }

    boolean hasHead() {
        return headReceived;
    }

    /** Content has come in; what it does to the window is counted apart. */
    void contentReceived(int bytes, boolean ended) throws Http2Exception {
        received += bytes;
        if (expected >= 0 && received > expected) {
            throw malformed(
                    expected == 0
                            ? "content where there is to be none" // which the status or HEAD may say, without a length
                            : "more content than content-length says");
        }
        if (ended) {
            endReceived();
        }
    }

    /** The peer has ended its side. */
    void endReceived() throws Http2Exception {
        if (expected > received) {
            throw malformed("less content than content-length says");
        }
        remoteEnded = true;
    }

    private Http2Exception malformed(String problem) {
        return Http2Exception.stream(id, ErrorCode.PROTOCOL_ERROR, problem);
    }

    /** The owner has been told of the end. */
    void afterEnd() {
        endIfBoth();
    }

    boolean receive(int bytes) {
        return window.received(bytes);
    }

    void passedOn(int bytes) {
        window.passedOn(bytes);
        grant();
    }

    long sendWindow() {
        return sendWindow;
    }

    /** Changes what may be sent; false if it gets larger than it may be (RFC 9113 section 6.9.1). */
    boolean changeSendWindow(long by) {
        sendWindow += by;
        return sendWindow <= Integer.MAX_VALUE;
    }

    boolean hasQueued() {
        return !queue.isEmpty();
    }

    boolean isReady() {
        return ready;
    }

    void ready(boolean now) {
        ready = now;
    }
}
