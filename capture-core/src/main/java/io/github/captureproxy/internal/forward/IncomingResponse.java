package io.github.captureproxy.internal.forward;

import io.github.captureproxy.internal.io.Worker;
import io.github.captureproxy.internal.wire.BodyTransfer;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.Framing;
import io.github.captureproxy.internal.wire.HopByHop;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.internal.wire.ResponseRewriter;
import java.nio.ByteBuffer;

/** A response as it is sent to the client: its head, rewritten when it goes out, and its body as it comes in. */
final class IncomingResponse {
    /** RFC 9110 section 15.3.5: no content, and so no coding of one (RFC 9112 section 6.1). */
    private static final int NO_CONTENT = 204;

    private final ResponseHead head;
    private final HopByHop hopByHop;
    private final Framing framing;
    private final BodyTransfer body;
    private final boolean keepsChunks;
    private final boolean keepsClient;
    private final boolean clientIsOld;
    private boolean keepsOrigin;
    private boolean headSent;

    /**
     * Reads what a response's head says.
     *
     * @param head the head
     * @param request the request that it answers
     * @param lastForClient true if the client's connection must end: the rest of the request is not sent on
     * @param inTunnel true if the connection that it came on is the far end of a tunnel
     * @throws MalformedMessageException if its framing is ambiguous
     */
    IncomingResponse(ResponseHead head, OutgoingRequest request, boolean lastForClient, boolean inTunnel)
            throws MalformedMessageException {
        this.head = head;
        this.framing = Framing.ofResponse(head, request.head().method());
        this.hopByHop = HopByHop.of(head.fields());
        this.clientIsOld = request.head().minorVersion() == 0;
        this.keepsChunks = framing.kind() != Framing.Kind.CHUNKED || !clientIsOld;
        this.body = new BodyTransfer(framing, keepsChunks, hopByHop);
        boolean delimited = framing.kind() != Framing.Kind.UNTIL_CLOSE;
        boolean persistent = head.minorVersion() > 0 ? !hopByHop.close() : hopByHop.keepAlive();
        this.keepsOrigin = delimited && persistent;
        boolean keeps = request.keepAlive() && delimited && keepsChunks && !lastForClient;
        // In a tunnel, the end of the one connection is the end of the other (RFC 9112 section 9.6).
        this.keepsClient = keeps && (persistent || !inTunnel);
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

    /** It is whole. */
    boolean isEnded() {
        return body.ended();
    }

    Fields trailers() {
        return body.trailers();
    }

    /** Takes what has come in of the body; {@link #toSend} then gives what becomes of it. */
    void take(ByteBuffer buffer, int from, int to, BodyTransfer.Tap tap) throws MalformedMessageException {
        body.take(buffer, from, to, tap);
        // Bytes behind the response answer nothing: the connection is of no more use (RFC 9112 section 9.2).
        keepsOrigin &= body.consumedTo() == to;
    }

    /** The stream has ended, which ends a response that nothing else delimits. */
    void endOfStream() {
        body.endOfStream();
        keepsOrigin = false;
    }

    /**
     * What the client is to be sent next: the head if it has not been, what was taken of the body, and its end.
     *
     * @param buffer the one that was taken from
     * @param via the name to add to {@code Via}; empty for none
     * @return from position to limit; the same buffer if there is room in it, else a new one
     */
    ByteBuffer toSend(ByteBuffer buffer, String via) {
        byte[] scratch = Worker.current().scratch();
        int headLength = headSent ? 0 : writeHead(via, scratch);
        headSent = true;
        int start = body.outFrom() - headLength;
        int end = body.outTo();
        int tail = body.endLength();
        ByteBuffer out = buffer;
        if (start >= 0 && end + tail <= buffer.capacity()) {
            buffer.limit(end + tail).put(start, scratch, 0, headLength).position(end);
        } else {
            out = ByteBuffer.allocate(headLength + end - body.outFrom() + tail).put(scratch, 0, headLength);
            out.put(buffer.limit(end).position(body.outFrom()));
            start = 0;
        }
        if (tail > 0) {
            body.putEnd(out);
        }
        return out.position(start);
    }

    private int writeHead(String via, byte[] scratch) {
        boolean passesCoding = keepsChunks && !clientIsOld && head.status() != NO_CONTENT;
        return ResponseRewriter.write(head, hopByHop, passesCoding, connectionOption(), via, scratch);
    }

    private ResponseRewriter.Connection connectionOption() {
        if (!keepsClient) {
            return ResponseRewriter.Connection.CLOSE;
        }
        return clientIsOld ? ResponseRewriter.Connection.KEEP_ALIVE : ResponseRewriter.Connection.IMPLIED;
    }
}
