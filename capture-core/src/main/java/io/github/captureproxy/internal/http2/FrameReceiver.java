package io.github.captureproxy.internal.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.internal.hpack.HpackDecoder;
import io.github.captureproxy.internal.hpack.HpackException;
import io.github.captureproxy.internal.io.Worker;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.Framing;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the frames of a peer mean for a connection and its streams (RFC 9113 section 6). For one worker thread. */
final class FrameReceiver implements FrameReader.Sink {
    private static final int PRIORITY_BYTES = 5;

    /** Acknowledgements that may wait for a peer that reads nothing. */
    private static final int MAX_WAITING = 1_000;

    /** Data of this size is under way on streams that were cancelled, and costs its sender as much as others. */
    private static final int FULL = 1_024;

    private static final byte[] NONE = {};

    private final Http2Connection connection;
    private final HpackDecoder decoder;
    private final FieldSection section;

    /** A section that is somewhat too large is read and answered; one without an end is not. */
    private final int maxBlockBytes;

    private int prefaceSeen;
    private boolean settings;
    private int waiting;

    private byte[] block = NONE;
    private int blockStream;
    private int blockFlags;
    private StreamHandler.Priority blockPriority = StreamHandler.Priority.NONE;

    private @Nullable Http2Stream dataStream;
    private int dataFlags;
    private int frameLeft;
    private boolean ended;
    private long received;
    private long granted = ConnectionPreface.CONNECTION_WINDOW;
    private final Runnable grantLater = this::grantConnection;

    FrameReceiver(Http2Connection connection, HpackDecoder decoder) {
        this.connection = connection;
        this.decoder = decoder;
        Http2Connection.Role role = connection.role();
        this.section = new FieldSection(role.maxFieldBytes(), role.maxFields());
        this.maxBlockBytes = 2 * role.maxFieldBytes();
        this.prefaceSeen = role.server() ? 0 : ConnectionPreface.length();
    }

    boolean hasSettings() {
        return settings;
    }

    /** Takes the client's preface; returns where frames start. */
    int preface(ByteBuffer buffer, int from, int to) throws Http2Exception {
        int at = from;
        while (prefaceSeen < ConnectionPreface.length() && at < to) {
            if (buffer.get(at) != ConnectionPreface.at(prefaceSeen)) {
                throw Http2Exception.protocol("no client preface");
            }
            prefaceSeen++;
            at++;
        }
        return at;
    }

    /** The peer has read what was kept for it. */
    void acknowledged() {
        waiting = 0;
    }

    private void control() throws Http2Exception {
        connection.guard().control(System.nanoTime());
    }

    @Override
    public void begins(int type, int flags, int streamId, int length) throws Http2Exception {
        checkOrder(type, flags, streamId);
        switch (type) {
            case Frames.HEADERS, Frames.CONTINUATION -> onStream(streamId);
            case Frames.PRIORITY -> {
                onStream(streamId);
                control();
            }
            case Frames.RST_STREAM -> {
                onStream(streamId);
                size(length == 4);
            }
            case Frames.SETTINGS -> {
                onConnection(streamId);
                size((flags & Frames.ACK) != 0 ? length == 0 : length % 6 == 0);
                control();
            }
            case Frames.PUSH_PROMISE -> throw Http2Exception.protocol("a push, which is not enabled");
            case Frames.PING -> {
                onConnection(streamId);
                size(length == 8);
                control();
            }
            case Frames.GOAWAY -> {
                onConnection(streamId);
                size(length >= 8);
            }
            case Frames.WINDOW_UPDATE -> {
                size(length == 4);
                control();
            }
            default -> control(); // unknown types are ignored (RFC 9113 section 5.5)
        }
    }

    private void checkOrder(int type, int flags, int streamId) throws Http2Exception {
        if (!settings && (type != Frames.SETTINGS || (flags & Frames.ACK) != 0)) {
            throw Http2Exception.protocol("a first frame that is not SETTINGS");
        }
        boolean continues = type == Frames.CONTINUATION;
        if (blockStream != 0 ? !continues || streamId != blockStream : continues) {
            throw Http2Exception.protocol("a frame in the wrong place around CONTINUATION");
        }
    }

    private static void onStream(int streamId) throws Http2Exception {
        if (streamId == 0) {
            throw Http2Exception.protocol("a frame of a stream without a stream");
        }
    }

    private static void onConnection(int streamId) throws Http2Exception {
        if (streamId != 0) {
            throw Http2Exception.protocol("a frame of the connection on a stream");
        }
    }

    private static void size(boolean right) throws Http2Exception {
        if (!right) {
            throw Http2Exception.connection(ErrorCode.FRAME_SIZE_ERROR, "a frame of a size that its type cannot have");
        }
    }

    @Override
    public void dataBegins(int streamId, int flags, int length) throws Http2Exception {
        checkOrder(Frames.DATA, flags, streamId);
        onStream(streamId);
        receivedOnConnection(length);
        dataFlags = flags;
        dataStream = null;
        Http2Stream stream = connection.stream(streamId);
        if (stream == null) {
            onClosedStream(streamId, "data", length < FULL);
            return;
        }
        if (length == 0 && (flags & Frames.END_STREAM) == 0) {
            control();
        }
        if (stream.isRemoteEnded()) {
            fail(stream, ErrorCode.STREAM_CLOSED, "data on a stream that its sender has ended");
        } else if (!stream.hasHead()) {
            fail(stream, ErrorCode.PROTOCOL_ERROR, "data before a head");
        } else if (!stream.receive(length)) {
            fail(stream, ErrorCode.FLOW_CONTROL_ERROR, "more data than the stream's window allows");
        } else {
            dataStream = stream;
            frameLeft = length;
        }
    }

    private void receivedOnConnection(int length) throws Http2Exception {
        granted -= length;
        received += length;
        if (granted < 0) {
            throw Http2Exception.connection(
                    ErrorCode.FLOW_CONTROL_ERROR, "more data than the connection's window allows");
        }
        grantConnection();
    }

    /** A slow stream holds up no other, so that what came in is granted again at once, as long as not too much waits. */
    private void grantConnection() {
        if (ended || received < ConnectionPreface.CONNECTION_WINDOW / 4) {
            return;
        }
        WindowBudget budget = WindowBudget.current();
        if (budget.isSpent()) {
            budget.whenFree(grantLater);
            return;
        }
        connection.writeWindowUpdate(0, (int) received);
        granted += received;
        received = 0;
    }

    /** The connection has ended. */
    void ended() {
        ended = true;
        if (Thread.currentThread() instanceof Worker) { // else the reactor is ending
            WindowBudget.current().withdraw(grantLater);
        }
    }

    /** A frame for a stream that is not open: not an error if this side has just reset it (RFC 9113 section 5.1). */
    private void onClosedStream(int streamId, String what, boolean cheap) throws Http2Exception {
        if (connection.isIdle(streamId)) {
            throw Http2Exception.protocol(what + " on a stream that is not open yet");
        }
        if (cheap) {
            control();
        }
        if (!connection.closedStreams().wasResetHere(streamId)) {
            int code = connection.closedStreams().has(streamId) ? ErrorCode.STREAM_CLOSED : ErrorCode.PROTOCOL_ERROR;
            throw Http2Exception.connection(code, what + " on a stream that is closed");
        }
    }

    /** A client must not have streams ended at will; what an origin does may be another client's doing. */
    private void reset() throws Http2Exception {
        if (connection.role().server()) {
            connection.guard().reset(System.nanoTime());
        }
    }

    /** Ends one stream for what the peer did on it, which it can do often. */
    private void fail(Http2Stream stream, int code, String problem) throws Http2Exception {
        reset();
        stream.fail(code, problem);
    }

    @Override
    public void data(ByteBuffer buffer, int from, int to, boolean last) throws Http2Exception {
        Http2Stream stream = dataStream;
        if (stream == null || stream.isOver()) {
            return;
        }
        boolean ended = last && (dataFlags & Frames.END_STREAM) != 0;
        frameLeft -= to - from;
        try {
            stream.contentReceived(to - from, ended);
        } catch (Http2Exception e) {
            fail(stream, e.code(), e.problem());
            return;
        }
        if (from < to || ended) {
            stream.handler().data(buffer, from, to, ended);
        }
        if (ended) {
            stream.afterEnd();
        } else {
            stream.passedOn(to - from + (last ? frameLeft : 0)); // padding counts, too
        }
    }

    @Override
    public void frame(int type, int flags, int streamId, byte[] payload) throws Http2Exception, HpackException {
        switch (type) {
            case Frames.HEADERS -> headers(flags, streamId, payload);
            case Frames.CONTINUATION -> continuation(flags, payload);
            case Frames.PRIORITY -> priority(streamId, payload);
            case Frames.RST_STREAM -> reset(streamId, Frames.unsigned32(payload, 0));
            case Frames.SETTINGS -> settings(flags, payload);
            case Frames.PING -> ping(flags, payload);
            case Frames.GOAWAY -> connection.goneAway(Frames.unsigned31(payload, 0), Frames.unsigned32(payload, 4));
            case Frames.WINDOW_UPDATE -> windowUpdate(streamId, Frames.unsigned31(payload, 0));
            default -> {
                // ignored
            }
        }
    }

    private void headers(int flags, int streamId, byte[] payload) throws Http2Exception, HpackException {
        int from = 0;
        int to = payload.length;
        if ((flags & Frames.PADDED) != 0) {
            size(to > 0);
            from = 1;
            to -= payload[0] & 0xff;
        }
        blockPriority = StreamHandler.Priority.NONE;
        boolean prioritised = (flags & Frames.HAS_PRIORITY) != 0;
        if (from + (prioritised ? PRIORITY_BYTES : 0) > to) {
            throw Http2Exception.protocol("more padding than the frame has room for");
        }
        if (prioritised) {
            blockPriority = priority(payload, from);
            from += PRIORITY_BYTES;
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

    private void continuation(int flags, byte[] payload) throws Http2Exception, HpackException {
        control();
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
            fail(stream, ErrorCode.PROTOCOL_ERROR, e.problem());
        } catch (Http2Exception e) {
            if (e.streamId() == 0) {
                throw e;
            }
            fail(stream, e.code(), e.problem());
        }
        if (ended && !stream.isOver()) {
            stream.afterEnd();
        }
    }

    private @Nullable Http2Stream open(int streamId) throws Http2Exception {
        if (!connection.role().server() || !connection.isIdle(streamId)) {
            onClosedStream(streamId, "fields", true);
            return null;
        }
        if ((streamId & 1) == 0) {
            throw Http2Exception.protocol("an even stream from a client");
        }
        boolean full = connection.openStreams() >= connection.role().maxStreams();
        Http2Stream stream = connection.opened(streamId);
        if (full || connection.isEnding()) {
            connection.guard().reset(System.nanoTime());
            stream.reset(ErrorCode.REFUSED_STREAM);
            return null;
        }
        stream.handler(connection.owner().opened(stream));
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
            connection.guard().reset(System.nanoTime());
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
            control();
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

    private void priority(int streamId, byte[] payload) throws Http2Exception {
        Http2Stream stream = connection.stream(streamId);
        boolean rightSize = payload.length == PRIORITY_BYTES;
        if (rightSize && Frames.unsigned31(payload, 0) != streamId) {
            return; // deprecated, and without effect here (RFC 9113 section 5.3.2)
        }
        int code = rightSize ? ErrorCode.PROTOCOL_ERROR : ErrorCode.FRAME_SIZE_ERROR;
        String problem = rightSize ? "a stream that depends on itself" : "a PRIORITY frame of the wrong size";
        if (stream != null) {
            fail(stream, code, problem);
        } else {
            throw Http2Exception.connection(code, problem);
        }
    }

    private void reset(int streamId, long code) throws Http2Exception {
        Http2Stream stream = connection.stream(streamId);
        if (stream == null) {
            if (connection.isIdle(streamId)) {
                throw Http2Exception.protocol("a reset of a stream that is not open yet");
            }
            control();
            return;
        }
        reset();
        stream.wasReset(new StreamHandler.Reset(code, StreamHandler.By.PEER, ""));
    }

    private void settings(int flags, byte[] payload) throws Http2Exception {
        settings = true;
        if ((flags & Frames.ACK) != 0) {
            return;
        }
        PeerSettings peer = connection.peer();
        long windowBefore = peer.initialWindow();
        peer.take(payload, !connection.role().server());
        connection.tableSizeChanged();
        answer(Frames.putHeaderTo(connection.output().room(Frames.HEADER_BYTES), 0, Frames.SETTINGS, Frames.ACK, 0));
        if (peer.initialWindow() != windowBefore) {
            connection.initialWindowChanged(peer.initialWindow() - windowBefore);
            connection.pump();
        }
        connection.owner().roomChanged();
    }

    private void ping(int flags, byte[] payload) throws Http2Exception {
        if ((flags & Frames.ACK) == 0) {
            ByteBuffer out = connection.output().room(Frames.HEADER_BYTES + payload.length);
            answer(Frames.putHeaderTo(out, payload.length, Frames.PING, Frames.ACK, 0)
                    .put(payload));
        }
    }

    /** An answer that the peer can ask for at no cost must not pile up. */
    private void answer(ByteBuffer written) throws Http2Exception {
        waiting = connection.channel().isDrained() ? 0 : waiting + 1;
        if (waiting > MAX_WAITING) {
            throw Http2Exception.connection(
                    ErrorCode.ENHANCE_YOUR_CALM, "answers are asked for and not read: " + written.position());
        }
    }

    private void windowUpdate(int streamId, int more) throws Http2Exception {
        if (streamId == 0) {
            if (more == 0) {
                throw Http2Exception.protocol("a window update of nothing");
            }
            if (!connection.changeSendWindow(more)) {
                throw Http2Exception.connection(ErrorCode.FLOW_CONTROL_ERROR, "a window that is too large");
            }
            connection.pump();
            return;
        }
        Http2Stream stream = connection.stream(streamId);
        if (stream == null) {
            if (connection.isIdle(streamId)) {
                throw Http2Exception.protocol("a window update of a stream that is not open yet");
            }
            return;
        }
        if (more == 0) {
            fail(stream, ErrorCode.PROTOCOL_ERROR, "a window update of nothing");
        } else if (!stream.changeSendWindow(more)) {
            fail(stream, ErrorCode.FLOW_CONTROL_ERROR, "a window that is too large");
        } else if (stream.hasQueued()) {
            connection.waits(stream);
            connection.pump();
        }
    }
}
