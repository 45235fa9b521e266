package io.github.captureproxy.internal.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.internal.hpack.HpackDecoder;
import io.github.captureproxy.internal.hpack.HpackException;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.Framing;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts field sections together from their frames, decodes them, and gives each to the stream that it begins or goes on
 * with (RFC 9113 sections 6.2, 6.10 and 8.1). For one worker thread.
 */
final class SectionReceiver {
    private static final byte[] NONE = {};

    private final Http2Connection connection;
    private final PeerFaults faults;
    private final HpackDecoder decoder;
    private final FieldSection section;

    /** A section that is somewhat too large is read and answered; one without an end is not. */
    private final int maxBlockBytes;

    private byte[] block = NONE;
    private int blockStream;
    private int blockFlags;
    private StreamHandler.Priority blockPriority = StreamHandler.Priority.NONE;

    SectionReceiver(Http2Connection connection, PeerFaults faults, HpackDecoder decoder) {
        this.connection = connection;
        this.faults = faults;
        this.decoder = decoder;
        Http2Connection.Role role = connection.role();
        this.section = new FieldSection(role.maxFieldBytes(), role.maxFields());
        this.maxBlockBytes = 2 * role.maxFieldBytes();
    }

    /** A section may be spread over frames, but nothing may come in between. */
    void checkOrder(int type, int streamId) throws Http2Exception {
        boolean continues = type == Frames.CONTINUATION;
        if (blockStream != 0 ? !continues || streamId != blockStream : continues) {
            throw Http2Exception.protocol("a frame in the wrong place around CONTINUATION");
        }
    }

    /** A HEADERS frame has come in. */
    void headers(int flags, int streamId, byte[] payload) throws Http2Exception, HpackException {
        int from = 0;
        int to = payload.length;
        if ((flags & Frames.PADDED) != 0) {
            PeerFaults.size(to > 0);
            from = 1;
            to -= payload[0] & 0xff;
        }
        blockPriority = StreamHandler.Priority.NONE;
        boolean prioritised = (flags & Frames.HAS_PRIORITY) != 0;
        if (from + (prioritised ? Frames.PRIORITY_BYTES : 0) > to) {
            throw Http2Exception.protocol("more padding than the frame has room for");
        }
        if (prioritised) {
            blockPriority = priority(payload, from);
            from += Frames.PRIORITY_BYTES;
        }
        blockFlags = flags;
        block = from == 0 && to == payload.length ? payload : Arrays.copyOfRange(payload, from, to);
        if ((flags & Frames.END_HEADERS) != 0) {
            section(streamId);
        } else {
            blockStream = streamId;
        }
    }

    private static StreamHandler.Priority priority(byte[] payload, int at) {
        boolean exclusive = payload[at] < 0;
        return new StreamHandler.Priority(
                true, exclusive, Frames.unsigned31(payload, at), 1 + (payload[at + 4] & 0xff));
    }

    /** A CONTINUATION frame has come in, which its order allows. */
    void continuation(int flags, byte[] payload) throws Http2Exception, HpackException {
        faults.control();
        if (block.length + payload.length > maxBlockBytes) {
            throw Http2Exception.connection(ErrorCode.ENHANCE_YOUR_CALM, "a field section without an end");
        }
        int known = block.length;
        block = Arrays.copyOf(block, known + payload.length);
        System.arraycopy(payload, 0, block, known, payload.length);
        if ((flags & Frames.END_HEADERS) != 0) {
            int streamId = blockStream;
            blockStream = 0;
            section(streamId);
        }
    }

    /** A field section is whole; it is decoded whatever becomes of it, since the table goes on from there. */
    private void section(int streamId) throws Http2Exception, HpackException {
        section.clear();
        byte[] whole = block;
        block = NONE;
        decoder.decode(whole, 0, whole.length, section);
        Http2Stream stream = connection.stream(streamId);
        if (stream == null) {
            stream = open(streamId);
        }
        if (stream == null) {
            return;
        }
        boolean ended = (blockFlags & Frames.END_STREAM) != 0;
        try {
            if (stream.isRemoteEnded()) {
                throw Http2Exception.stream(
                        streamId, ErrorCode.STREAM_CLOSED, "fields on a stream that its sender has ended");
            }
            if (blockPriority.isGiven() && blockPriority.dependency() == streamId) {
                throw Http2Exception.stream(streamId, ErrorCode.PROTOCOL_ERROR, "a stream that depends on itself");
            }
            if (stream.hasHead()) {
                trailers(stream, ended);
            } else if (connection.role().server()) {
                request(stream, ended);
            } else {
                response(stream, ended);
            }
        } catch (MalformedMessageException e) {
            faults.fail(stream, ErrorCode.PROTOCOL_ERROR, e.problem());
        } catch (Http2Exception e) {
            if (e.streamId() == 0) {
                throw e;
            }
            faults.fail(stream, e.code(), e.problem());
        }
        if (ended && !stream.isOver()) {
            stream.afterEnd();
        }
    }

    private @Nullable Http2Stream open(int streamId) throws Http2Exception {
        if (!connection.role().server() || !connection.isIdle(streamId)) {
            faults.onClosedStream(streamId, "fields", true);
            return null;
        }
        if ((streamId & 1) == 0) {
            throw Http2Exception.protocol("an even stream from a client");
        }
        boolean full = connection.openStreams() >= connection.role().maxStreams();
        Http2Stream stream = connection.opened(streamId);
        if (connection.isEnding()) { // the client has been told that none is taken
            faults.reset();
            stream.reset(ErrorCode.REFUSED_STREAM);
            return null;
        }
        StreamHandler.OfServer handler = connection.owner().opened(stream);
        stream.handler(handler);
        if (full) {
            faults.reset();
            handler.overLimit(shown(":method"), shown(":path"));
            stream.reset(ErrorCode.REFUSED_STREAM);
            return null;
        }
        return stream;
    }

    private void request(Http2Stream stream, boolean ended) throws Http2Exception {
        Http2Connection.Role role = connection.role();
        StreamHandler.OfServer handler = (StreamHandler.OfServer) stream.handler();
        RequestHead head;
        try {
            head = SectionReader.request(section, role.absoluteTargets(), role.maxFields());
            Framing stated = Framing.ofRequest(head);
            stream.headReceived(stated.kind() == Framing.Kind.LENGTH ? stated.length() : -1, ended);
        } catch (MalformedMessageException e) {
            refused(stream, handler, e, ended);
            return;
        } catch (Http2Exception e) {
            refused(stream, handler, new MalformedMessageException(400, e.problem()), ended);
            return;
        }
        handler.request(head, ended, blockPriority);
    }

    /** A malformed request resets its stream (RFC 9113 section 8.1.1); one that is only too large is answered. */
    private void refused(
            Http2Stream stream, StreamHandler.OfServer handler, MalformedMessageException problem, boolean ended)
            throws Http2Exception {
        stream.headReceived(-1, ended);
        handler.refused(problem, shown(":method"), shown(":path"));
        if (!section.isTooLarge()) {
            faults.reset();
            stream.reset(ErrorCode.PROTOCOL_ERROR);
        }
    }

    private String shown(String pseudo) {
        for (int i = 0; i < section.pseudo(); i++) {
            if (section.nameIs(i, pseudo.getBytes(ISO_8859_1))) {
                return section.value(i);
            }
        }
        return "";
    }

    private void response(Http2Stream stream, boolean ended) throws MalformedMessageException, Http2Exception {
        StreamHandler.OfClient handler = (StreamHandler.OfClient) stream.handler();
        ResponseHead head = SectionReader.response(section, connection.role().maxFields());
        if (head.status() < 200) {
            if (ended) {
                throw new MalformedMessageException(502, "an interim response that ends its stream");
            }
            faults.control();
            handler.informational(head);
            return;
        }
        Framing stated = Framing.ofResponse(head, stream.isHead() ? "HEAD" : "GET");
        long length =
                stated.kind() == Framing.Kind.LENGTH ? stated.length() : stated.kind() == Framing.Kind.NONE ? 0 : -1;
        stream.headReceived(length, ended);
        handler.response(head, ended);
    }

    private void trailers(Http2Stream stream, boolean ended) throws MalformedMessageException, Http2Exception {
        if (!ended) {
            throw new MalformedMessageException(400, "a trailer section that does not end its stream");
        }
        Fields trailers = SectionReader.trailers(section, connection.role().maxFields());
        stream.endReceived();
        stream.handler().trailers(trailers);
    }
}
