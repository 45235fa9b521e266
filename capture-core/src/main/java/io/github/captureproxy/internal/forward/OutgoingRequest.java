package io.github.captureproxy.internal.forward;

import io.github.captureproxy.internal.http2.SectionWriter;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.Worker;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import io.github.captureproxy.internal.wire.BodyTransfer;
import io.github.captureproxy.internal.wire.ChunkedOutput;
import io.github.captureproxy.internal.wire.FieldName;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.Framing;
import io.github.captureproxy.internal.wire.HopByHop;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.RequestRewriter;
import io.github.captureproxy.internal.wire.RequestTarget;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request as it is sent to the origin: its head, rewritten when it goes out, and its body as it comes in. */
public final class OutgoingRequest {
    /** RFC 9110 section 9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    /** A body that can be sent again is kept up to this size, and only if it came whole with the head. */
    private static final int MAX_REPLAY = 16 * 1024;

    private static final byte[] NOTHING = {};

    private final RequestHead head;
    private final RequestTarget target;
    private final HopByHop hopByHop;
    private final Destination destination;
    private final RequestRewriter rewriter;
    private final ExchangeRecorder recorder;
    private final BodyTransfer body;
    private final boolean hasBody;
    private final boolean reframed;
    private final boolean keepsChunks;
    private final boolean chunked;
    private ChunkedOutput chunks = new ChunkedOutput();
    private boolean headSent;
    private byte[] stashed = NOTHING;
    private int stashedLength;
    private byte @Nullable [] replay;

    /**
     * Makes a request.
     *
     * @param message the head, and what was read out of it
     * @param framing how the body is delimited
     * @param destination where it goes
     * @param rewriter how the head is changed for HTTP/1
     * @param recorder what records the exchange
     */
    public OutgoingRequest(
            Message message,
            Framing framing,
            Destination destination,
            RequestRewriter rewriter,
            ExchangeRecorder recorder) {
        this.head = message.head();
        this.target = message.target();
        this.hopByHop = message.hopByHop();
        this.destination = destination;
        this.rewriter = rewriter;
        this.recorder = recorder;
        // An origin that has streams takes no chunks; if it turns out to have none, they are made anew.
        boolean unchunked = framing.kind() == Framing.Kind.CHUNKED && destination.http2();
        boolean streamed = framing.kind() == Framing.Kind.STREAM;
        this.keepsChunks = framing.kind() == Framing.Kind.CHUNKED && !unchunked;
        this.reframed = streamed || unchunked;
        this.chunked = unchunked || streamed && framing.length() < 0;
        this.body = new BodyTransfer(framing, !unchunked, hopByHop);
        this.hasBody = !body.ended();
        if (!hasBody) {
            replay = NOTHING;
        }
    }

    /**
     * A request's head, and what was read out of it.
     *
     * @param head the head
     * @param target its target
     * @param hopByHop its hop-by-hop fields
     */
    public record Message(RequestHead head, RequestTarget target, HopByHop hopByHop) {}

    RequestHead head() {
        return head;
    }

    Destination destination() {
        return destination;
    }

    ExchangeRecorder recorder() {
        return recorder;
    }

    /**
     * The body on its way.
     *
     * @return the body; ended from the start if there is none
     */
    public BodyTransfer body() {
        return body;
    }

    /** There is content, or at least its end. */
    boolean hasBody() {
        return hasBody;
    }

    /**
     * The client's connection may be kept (RFC 9112 section 9.3): never one of HTTP/1.0 to a proxy, as an old proxy before
     * this one may have passed the client's {@code keep-alive} on unread, and would wait for an end that never comes.
     */
    boolean keepAlive() {
        if (head.minorVersion() > 0) {
            return !hopByHop.close();
        }
        return hopByHop.keepAlive() && target.form() != RequestTarget.Form.ABSOLUTE;
    }

    /** It asked for the protocol that a 101 switches to, and that was passed on (RFC 9110 section 7.8). */
    boolean asksFor(ResponseHead switching) {
        int chosen = switching.fields().indexOf(FieldName.UPGRADE);
        if (!rewriter.upgrade() || chosen < 0) {
            return false;
        }
        String protocol = switching.fields().value(chosen).strip();
        Fields fields = head.fields();
        for (int i = fields.indexOf(FieldName.UPGRADE); i >= 0; i = fields.indexOf(FieldName.UPGRADE, i + 1)) {
            for (String asked : fields.value(i).split(",", -1)) {
                if (asked.strip().equalsIgnoreCase(protocol)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** It may be sent a second time, and what was sent is still here. */
    boolean isRepeatable() {
        return IDEMPOTENT.contains(head.method()) && isKept();
    }

    /** Its content is passed on with the chunks that it came in, which only HTTP/1 takes. */
    boolean keepsChunks() {
        return keepsChunks;
    }

    /** What was sent is still here. */
    boolean isKept() {
        return body.ended() && replay != null;
    }

    /** What a request's field section is made of (RFC 9113 section 8.3.1). */
    SectionWriter.Request section() {
        return new SectionWriter.Request(
                head, target, hopByHop, destination.origin().scheme().equals("https"), rewriter.host(), rewriter.via());
    }

    /** Notes that the head is sent now; true if it had not been. */
    boolean sendsHead() {
        boolean first = !headSent;
        headSent = true;
        return first;
    }

    /** Takes out what waited for a connection. */
    ByteBuffer takeStashed() {
        ByteBuffer waited = ByteBuffer.wrap(stashed, 0, stashedLength);
        stashed = NOTHING;
        stashedLength = 0;
        return waited;
    }

    /** More of the body can be taken in now. */
    boolean hasRoom() {
        return headSent;
    }

    void rewind() {
        headSent = false;
        chunks = new ChunkedOutput();
        stashed = replay == null ? NOTHING : replay;
        stashedLength = stashed.length;
    }

    void take(ByteBuffer buffer, int from, int to) throws MalformedMessageException {
        body.take(buffer, from, to, recorder::requestData);
    }

    /** Keeps what {@link #take} left in the buffer until there is a connection; the caller reads no more until then. */
    void stash(ByteBuffer buffer) {
        int length = body.outTo() - body.outFrom();
        int end = body.endLength();
        int needed = stashedLength + length + end;
        if (needed > stashed.length) {
            stashed = Arrays.copyOf(stashed, Math.max(needed, 2 * stashed.length));
        }
        ByteBuffer kept = ByteBuffer.wrap(stashed);
        kept.put(stashedLength, buffer, body.outFrom(), length).position(stashedLength + length);
        if (end > 0) {
            body.putEnd(kept);
        }
        stashedLength = needed;
        if (body.ended() && needed <= MAX_REPLAY) {
            replay = Arrays.copyOf(stashed, needed);
        }
    }

    /** Some of the body waits here for a connection. */
    boolean isStashed() {
        return stashedLength > 0;
    }

    void sendStashed(Channel channel) throws IOException {
        byte[] scratch = Worker.current().scratch();
        int length = rewriter.write(head, target, hopByHop, scratch);
        headSent = true;
        ByteBuffer waited = takeStashed();
        ByteBuffer content = chunked ? chunks(waited, 0, waited.limit()) : waited;
        ByteBuffer out = ByteBuffer.allocate(length + content.remaining());
        out.put(scratch, 0, length).put(content).flip();
        channel.send(out);
    }

    /** A piece of a body that came without framing as a chunk, and the last one if it is the last piece. */
    private ByteBuffer chunks(ByteBuffer buffer, int from, int to) {
        int length = to - from;
        int end = body.ended() ? chunks.endLength(body.trailers(), hopByHop, length > 0) : 0;
        ByteBuffer out = ByteBuffer.allocate(chunks.prefixLength(length) + length + end);
        chunks.putPrefix(out, length);
        out.put(out.position(), buffer, from, length).position(out.position() + length);
        if (end > 0) {
            chunks.putEnd(out, body.trailers(), hopByHop);
        }
        return out.flip();
    }

    /** As {@link #send}, from a buffer in which other streams' frames follow. */
    private void sendCopy(Channel channel, ByteBuffer buffer) throws IOException {
        byte[] scratch = Worker.current().scratch();
        int length = headSent ? 0 : rewriter.write(head, target, hopByHop, scratch);
        if (!headSent) {
            headSent = true;
            keepForReplay(buffer);
        }
        int from = body.outFrom();
        ByteBuffer content = chunked
                ? chunks(buffer, from, body.outTo())
                : buffer.duplicate().limit(body.outTo()).position(from);
        if (length + content.remaining() > 0) {
            ByteBuffer out = ByteBuffer.allocate(length + content.remaining());
            channel.send(out.put(scratch, 0, length).put(content).flip());
        }
    }

    /** Sends what {@link #take} left in the buffer, with the head before it if that is still to come. */
    boolean send(Channel channel, ByteBuffer buffer) throws IOException {
        if (reframed) {
            sendCopy(channel, buffer);
            return false;
        }
        int start = body.outFrom();
        int end = body.outTo();
        int limit = buffer.limit();
        if (!headSent) {
            byte[] scratch = Worker.current().scratch();
            int length = rewriter.write(head, target, hopByHop, scratch);
            headSent = true;
            if (length > start) {
                channel.send(ByteBuffer.wrap(scratch, 0, length));
            } else {
                start -= length;
                buffer.put(start, scratch, 0, length);
            }
            keepForReplay(buffer);
        }
        int tail = body.endLength();
        boolean inPlace = end + tail <= body.consumedTo();
        if (tail > 0 && inPlace) {
            buffer.limit(end + tail).position(end);
            body.putEnd(buffer);
            end += tail;
        }
        boolean whole = body.consumedTo() == limit;
        buffer.limit(end).position(start);
        boolean kept = false;
        if (start < end) {
            if (whole) {
                kept = channel.sendLent(buffer);
            } else {
                channel.send(buffer);
            }
        }
        if (tail > 0 && !inPlace) {
            ByteBuffer last = ByteBuffer.allocate(tail);
            body.putEnd(last);
            channel.send(last.flip());
        }
        return kept;
    }

    /** A request that an origin's stream refuses can be sent again whatever its method. */
    void keepForReplay(ByteBuffer buffer) {
        int length = body.outTo() - body.outFrom();
        boolean mayRepeat = destination.http2() || IDEMPOTENT.contains(head.method());
        if (hasBody && body.ended() && length + body.endLength() <= MAX_REPLAY && mayRepeat) {
            ByteBuffer copy = ByteBuffer.allocate(length + body.endLength());
            copy.put(0, buffer, body.outFrom(), length).position(length);
            if (body.endLength() > 0) {
                body.putEnd(copy);
            }
            replay = copy.array();
        }
    }
}
