package io.github.captureproxy.internal.http2;

import io.github.captureproxy.internal.hpack.HpackDecoder;
import io.github.captureproxy.internal.hpack.HpackException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What the frames of a peer mean for a connection and its streams (RFC 9113 section 6). For one worker thread. */
final class FrameReceiver implements FrameReader.Sink {
    /** Acknowledgements that may wait for a peer that reads nothing. */
    private static final int MAX_WAITING = 1_000;

    /** Data of this size is under way on streams that were cancelled, and costs its sender as much as others. */
    private static final int FULL = 1_024;

    private final Http2Connection connection;
    private final PeerFaults faults;
    private final SectionReceiver sections;
    private final ConnectionWindow window;
    private int prefaceSeen;
    private boolean settings;
    private int waiting;

    private @Nullable Http2Stream dataStream;
    private int dataFlags;
    private int frameLeft;

    FrameReceiver(Http2Connection connection, PeerFaults faults, HpackDecoder decoder) {
        this.connection = connection;
        this.faults = faults;
        this.sections = new SectionReceiver(connection, faults, decoder);
        this.window = new ConnectionWindow(connection);
        this.prefaceSeen = connection.role().server() ? 0 : ConnectionPreface.length();
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

    /** The connection has ended. */
    void ended() {
        window.ended();
    }

    /** The peer has read what was kept for it. */
    void acknowledged() {
        waiting = 0;
    }

    @Override
    public void begins(int type, int flags, int streamId, int length) throws Http2Exception {
        checkOrder(type, flags, streamId);
        switch (type) {
            case Frames.HEADERS, Frames.CONTINUATION -> PeerFaults.onStream(streamId);
            case Frames.PRIORITY -> {
                PeerFaults.onStream(streamId);
                faults.control();
            }
            case Frames.RST_STREAM -> {
                PeerFaults.onStream(streamId);
                PeerFaults.size(length == 4);
            }
            case Frames.SETTINGS -> {
                PeerFaults.onConnection(streamId);
                PeerFaults.size((flags & Frames.ACK) != 0 ? length == 0 : length % 6 == 0);
                faults.control();
            }
            case Frames.PUSH_PROMISE -> throw Http2Exception.protocol("a push, which is not enabled");
            case Frames.PING -> {
                PeerFaults.onConnection(streamId);
                PeerFaults.size(length == 8);
                faults.control();
            }
            case Frames.GOAWAY -> {
                PeerFaults.onConnection(streamId);
                PeerFaults.size(length >= 8);
            }
            case Frames.WINDOW_UPDATE -> {
                PeerFaults.size(length == 4);
                faults.control();
            }
            default -> faults.control(); // unknown types are ignored (RFC 9113 section 5.5)
        }
    }

    private void checkOrder(int type, int flags, int streamId) throws Http2Exception {
        if (!settings && (type != Frames.SETTINGS || (flags & Frames.ACK) != 0)) {
            throw Http2Exception.protocol("a first frame that is not SETTINGS");
        }
        sections.checkOrder(type, streamId);
    }

    @Override
    public void dataBegins(int streamId, int flags, int length) throws Http2Exception {
        checkOrder(Frames.DATA, flags, streamId);
        PeerFaults.onStream(streamId);
        window.received(length);
        dataFlags = flags;
        dataStream = null;
        Http2Stream stream = connection.stream(streamId);
        if (stream == null) {
            faults.onClosedStream(streamId, "data", length < FULL);
            return;
        }
        if (length == 0 && (flags & Frames.END_STREAM) == 0) {
            faults.control();
        }
        if (stream.isRemoteEnded()) {
            faults.fail(stream, ErrorCode.STREAM_CLOSED, "data on a stream that its sender has ended");
        } else if (!stream.hasHead()) {
            faults.fail(stream, ErrorCode.PROTOCOL_ERROR, "data before a head");
        } else if (!stream.receive(length)) {
            faults.fail(stream, ErrorCode.FLOW_CONTROL_ERROR, "more data than the stream's window allows");
        } else {
            dataStream = stream;
            frameLeft = length;
        }
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
            faults.fail(stream, e.code(), e.problem());
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
            case Frames.HEADERS -> sections.headers(flags, streamId, payload);
            case Frames.CONTINUATION -> sections.continuation(flags, payload);
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

    private void priority(int streamId, byte[] payload) throws Http2Exception {
        Http2Stream stream = connection.stream(streamId);
        boolean rightSize = payload.length == Frames.PRIORITY_BYTES;
        if (rightSize && Frames.unsigned31(payload, 0) != streamId) {
            return; // deprecated, and without effect here (RFC 9113 section 5.3.2)
        }
        int code = rightSize ? ErrorCode.PROTOCOL_ERROR : ErrorCode.FRAME_SIZE_ERROR;
        String problem = rightSize ? "a stream that depends on itself" : "a PRIORITY frame of the wrong size";
        if (stream != null) {
            faults.fail(stream, code, problem);
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
            faults.control();
            return;
        }
        faults.reset();
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
            connection.sender().pump();
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
            if (!connection.sender().changeSendWindow(more)) {
                throw Http2Exception.connection(ErrorCode.FLOW_CONTROL_ERROR, "a window that is too large");
            }
            connection.sender().pump();
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
            faults.fail(stream, ErrorCode.PROTOCOL_ERROR, "a window update of nothing");
        } else if (!stream.changeSendWindow(more)) {
            faults.fail(stream, ErrorCode.FLOW_CONTROL_ERROR, "a window that is too large");
        } else if (stream.hasQueued()) {
            connection.sender().waits(stream);
            connection.sender().pump();
        }
    }
}
