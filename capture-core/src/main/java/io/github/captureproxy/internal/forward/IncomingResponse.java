package io.github.captureproxy.internal.forward;

import io.github.captureproxy.internal.io.Worker;
import io.github.captureproxy.internal.wire.BodyTransfer;
import io.github.captureproxy.internal.wire.ChunkedOutput;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.Framing;
import io.github.captureproxy.internal.wire.HopByHop;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.internal.wire.ResponseRewriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A response as it is sent to the client: its head, rewritten when it goes out, and its body as it comes in. */
public final class IncomingResponse {
    /** RFC 9110 section 15.3.5: no content, and so no coding of one (RFC 9112 section 6.1). */
    private static final int NO_CONTENT = 204;

    private static final byte[] NOTHING = {};

    private final ResponseHead head;
    private final HopByHop hopByHop;
    private final Framing framing;
    private final BodyTransfer body;
    private final boolean keepsChunks;
    private final boolean keepsClient;
    private final boolean clientIsOld;
    private final @Nullable ChunkedOutput chunksOut;
    private final boolean lengthUnsaid;
    private final boolean heldToEnd;
    private long left;
    private byte[] held = NOTHING;
    private boolean keepsOrigin;
    private boolean headSent;

    /**
     * Reads what a response's head says.
     *
     * @param head the head
     * @param request the request that it answers
     * @param lastForClient true if the client's connection must end: the rest of the request is not sent on
     * @param hops the connections that it comes and goes on
     * @throws MalformedMessageException if its framing is ambiguous
     */
    IncomingResponse(ResponseHead head, OutgoingRequest request, boolean lastForClient, Hops hops)
            throws MalformedMessageException {
        this.head = head;
        Framing stated = Framing.ofResponse(head, request.head().method());
        boolean streamEnded = hops.ended();
        this.framing = hops.fromStream() ? ofStream(stated, streamEnded) : stated;
        this.hopByHop = HopByHop.of(head.fields());
        this.clientIsOld = request.head().minorVersion() == 0;
        boolean clientHasStreams = hops.toStream();
        boolean chunkable = !clientHasStreams && !clientIsOld;
        this.keepsChunks = framing.kind() != Framing.Kind.CHUNKED || chunkable;
        boolean unknown = framing.kind() == Framing.Kind.STREAM && framing.length() < 0;
        this.chunksOut = unknown && chunkable ? new ChunkedOutput() : null;
        // That the stream had no content is not said in the head, where a client without streams looks for it.
        this.lengthUnsaid = !clientHasStreams && streamEnded && stated.kind() == Framing.Kind.UNTIL_CLOSE;
        this.heldToEnd = !clientHasStreams && framing.kind() == Framing.Kind.STREAM && !unknown;
        this.left = framing.length();
        this.body = new BodyTransfer(framing, keepsChunks && !clientHasStreams, hopByHop);
        boolean delimited = framing.kind() != Framing.Kind.UNTIL_CLOSE && (!unknown || chunksOut != null);
        boolean persistent = head.minorVersion() > 0 ? !hopByHop.close() : hopByHop.keepAlive();
        this.keepsOrigin = delimited && persistent;
        boolean keeps = request.keepAlive() && delimited && keepsChunks && !lastForClient;
        // In a tunnel, the end of the one connection is the end of the other (RFC 9112 section 9.6).
        this.keepsClient = keeps && (persistent || !hops.inTunnel());
    }

    /**
     * What delimits a response on the way that it comes and goes.
     *
     * @param toStream true if who gets it takes content without framing, as a stream of HTTP/2 does
     * @param fromStream true if its content comes without framing
     * @param inTunnel true if the connection that it came on is the far end of a tunnel
     * @param ended true if its stream has ended with its head
     */
    record Hops(boolean toStream, boolean fromStream, boolean inTunnel, boolean ended) {}

    /** Where nothing but the end of the stream may follow, that is still to come. */
    private static Framing ofStream(Framing stated, boolean ended) {
        return Framing.ofStream(stated.kind() == Framing.Kind.NONE ? Framing.length(0) : stated, ended);
    }

    /**
     * Its head as it came.
     *
     * @return the head
     */
    public ResponseHead head() {
        return head;
    }

    /**
     * What stays behind of it.
     *
     * @return its hop-by-hop fields
     */
    public HopByHop hopByHop() {
        return hopByHop;
    }

    /**
     * Its content on its way.
     *
     * @return the body; ended from the start if there is none
     */
    public BodyTransfer body() {
        return body;
    }

    /**
     * Notes that the head is sent now.
     *
     * @return true if it had not been
     */
    public boolean sendsHead() {
        boolean first = !headSent;
        headSent = true;
        return first;
    }

    Framing framing() {
        return framing;
    }

    /** The origin's connection can carry another exchange when this one has ended. */
    boolean keepsOrigin() {
        return keepsOrigin;
    }

    /** The client's connection can carry another exchange when this one has ended. */
    boolean keepsClient() {
        return keepsClient;
    }

    /**
     * Tells if it is whole.
     *
     * @return true from its last byte on
     */
    public boolean isEnded() {
        return body.ended();
    }

    /**
     * Its trailers.
     *
     * @return the fields; empty before the end
     */
    public Fields trailers() {
        return body.trailers();
    }

    /** Takes what has come in of the body; {@link #toSend} then gives what becomes of it. */
    void take(ByteBuffer buffer, int from, int to, BodyTransfer.Tap tap) throws MalformedMessageException {
        body.take(buffer, from, to, tap);
        // Bytes behind the response answer nothing: the connection is of no more use (RFC 9112 section 9.2).
        keepsOrigin &= body.consumedTo() == to;
    }

    /** Its HTTP/2 stream has ended. */
    void endOfStream(Fields trailers) {
        body.endOfStream(trailers);
    }

    /** Its HTTP/2 stream ends with what is taken next. */
    void endsWithNext() {
        body.endsWithNext();
    }

    /** The stream has ended, which ends a response that nothing else delimits. */
    void endOfStream() {
        body.endOfStream();
        keepsOrigin = false;
    }

    /**
     * What an HTTP/1 client is to be sent next: the head if it has not been, what was taken of the body, and its end.
     *
     * @param buffer the one that was taken from
     * @param via the name to add to {@code Via}; empty for none
     * @return from position to limit; the same buffer if there is room in it, else a new one
     */
    public ByteBuffer toSend(ByteBuffer buffer, String via) {
        byte[] scratch = Worker.current().scratch();
        int headLength = sendsHead() ? writeHead(via, scratch) : 0;
        int data = body.outTo() - body.outFrom();
        int prefix = chunksOut == null ? 0 : chunksOut.prefixLength(data);
        int start = body.outFrom() - headLength - prefix;
        int end = body.outTo();
        int tail = endLength(data);
        // Behind the content of one stream there may be frames of others.
        boolean inPlace = framing.kind() != Framing.Kind.STREAM && start >= 0 && end + tail <= buffer.capacity();
        ByteBuffer out = buffer;
        if (inPlace) {
            buffer.limit(end + tail).put(start, scratch, 0, headLength).position(end);
        } else {
            out = ByteBuffer.allocate(held.length + headLength + prefix + data + tail);
            out.put(held).put(scratch, 0, headLength);
            held = NOTHING;
            putPrefix(out, data);
            out.put(out.position(), buffer, body.outFrom(), data).position(out.position() + data);
            start = 0;
        }
        if (tail > 0) {
            putEnd(out);
        }
        return holds(data) ? hold(out) : out.flip().position(start);
    }

    /**
     * The client would take the response for whole, which it is when its stream has ended: it is recorded, and may
     * still be reset, until then (RFC 9113 section 8.1).
     */
    private boolean holds(int data) {
        left -= data;
        return heldToEnd && left == 0 && !body.ended();
    }

    /** At most a frame's content, and the head. */
    private ByteBuffer hold(ByteBuffer out) {
        held = new byte[out.position()];
        out.get(0, held);
        return ByteBuffer.wrap(NOTHING);
    }

    private void putPrefix(ByteBuffer out, int data) {
        if (chunksOut != null) {
            chunksOut.putPrefix(out, data);
        }
    }

    /** A chunk's own end is written before the next, and so before the last. */
    private int endLength(int data) {
        if (chunksOut == null) {
            return body.endLength();
        }
        return body.ended() ? chunksOut.endLength(body.trailers(), hopByHop, data > 0) : 0;
    }

    private void putEnd(ByteBuffer out) {
        if (chunksOut == null) {
            body.putEnd(out);
        } else {
            chunksOut.putEnd(out, body.trailers(), hopByHop);
        }
    }

    private int writeHead(String via, byte[] scratch) {
        boolean passesCoding = keepsChunks && !clientIsOld && head.status() != NO_CONTENT;
        ResponseRewriter.Chunks chunks = passesCoding ? ResponseRewriter.Chunks.KEPT : ResponseRewriter.Chunks.REMOVED;
        if (chunksOut != null) {
            chunks = ResponseRewriter.Chunks.ADDED;
        } else if (lengthUnsaid) {
            chunks = ResponseRewriter.Chunks.NONE;
        }
        return ResponseRewriter.write(head, hopByHop, chunks, connectionOption(), via, scratch);
    }

    private ResponseRewriter.Connection connectionOption() {
        if (!keepsClient) {
            return ResponseRewriter.Connection.CLOSE;
        }
        return clientIsOld ? ResponseRewriter.Connection.KEEP_ALIVE : ResponseRewriter.Connection.IMPLIED;
    }
}
