package io.github.captureproxy.internal.http2;

import io.github.captureproxy.internal.io.Worker;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes the frames of one connection, data as far as the windows and the socket allow. Streams whose data has to wait
 * take turns, so that none holds up the others. For one worker thread.
 */
final class FrameSender {
    /** Data is cut so that what is gathered fills TLS records, unless that would leave too small a frame. */
    private static final int SMALLEST_PIECE = 1_024;

    private final FrameOutput output;
    private final PeerFaults faults;
    private final Deque<Http2Stream> ready = new ArrayDeque<>();
    private long sendWindow = Frames.DEFAULT_WINDOW;
    private boolean pumping;

    FrameSender(FrameOutput output, PeerFaults faults) {
        this.output = output;
        this.faults = faults;
    }

    /** A stream is over, and waits no more. */
    void forget(Http2Stream stream) {
        if (stream.isReady()) {
            ready.remove(stream);
        }
    }

    void writeSection(int streamId, SectionWriter writer, boolean ended) {
        byte[] block = writer.bytes();
        int length = writer.length();
        int at = 0;
        int type = Frames.HEADERS;
        do {
            int count = Math.min(length - at, Frames.MAX_PAYLOAD);
            ByteBuffer out = output.room(Frames.HEADER_BYTES + count);
            int flags = at + count == length ? Frames.END_HEADERS : 0;
            if (ended && type == Frames.HEADERS) {
                flags |= Frames.END_STREAM;
            }
            Frames.putHeader(out, count, type, flags, streamId);
            out.put(block, at, count);
            at += count;
            type = Frames.CONTINUATION;
        } while (at < length);
    }

    /** Writes as much as windows and socket take; returns where it stopped. */
    int writeData(Http2Stream stream, ByteBuffer buffer, int from, int to, boolean ended) {
        if (from == to) {
            if (ended) {
                Frames.putHeader(output.room(Frames.HEADER_BYTES), 0, Frames.DATA, Frames.END_STREAM, stream.id());
            }
            return to;
        }
        int at = from;
        int count;
        while (at < to && (count = sendable(stream, to - at)) > 0) {
            ByteBuffer out = dataFrame(stream, count, ended && at + count == to);
            out.put(out.position(), buffer, at, count).position(out.position() + count);
            at += count;
        }
        return at;
    }

    /** As {@link #writeData}, from a queue; returns how many bytes went out. */
    int writeQueued(Http2Stream stream, ByteQueue queue, boolean ended) {
        int sent = 0;
        int count = sendable(stream, queue.size());
        if (count > 0) {
            queue.moveTo(dataFrame(stream, count, ended && count == queue.size()), count);
            sent = count;
        }
        return sent;
    }

    private int sendable(Http2Stream stream, int wanted) {
        if (!output.takesData()) {
            return 0;
        }
        if (output.roomForData() < Math.min(wanted, SMALLEST_PIECE)) {
            output.flush();
            if (!output.takesData()) {
                return 0;
            }
        }
        long most = Math.min(Math.min(sendWindow, stream.sendWindow()), Frames.MAX_PAYLOAD);
        return (int) Math.min(most, Math.min(wanted, output.roomForData()));
    }

    private ByteBuffer dataFrame(Http2Stream stream, int count, boolean ended) {
        sendWindow -= count;
        stream.changeSendWindow(-count);
        faults.dataSent();
        ByteBuffer out = output.room(Frames.HEADER_BYTES + count);
        Frames.putHeader(out, count, Frames.DATA, ended ? Frames.END_STREAM : 0, stream.id());
        return out;
    }

    void writeWindowUpdate(int streamId, int more) {
        ByteBuffer out = output.room(Frames.HEADER_BYTES + 4);
        Frames.putHeader(out, 4, Frames.WINDOW_UPDATE, 0, streamId);
        out.putInt(more);
    }

    void writeReset(int streamId, long code) {
        if (!(Thread.currentThread() instanceof Worker)) { // the reactor is ending, and with it the connection
            return;
        }
        ByteBuffer out = output.room(Frames.HEADER_BYTES + 4);
        Frames.putHeader(out, 4, Frames.RST_STREAM, 0, streamId);
        out.putInt((int) code);
    }

    /** The last of the peer's streams that was looked at, and why no more are. */
    void writeGoAway(int lastStream, int code) {
        ByteBuffer out = output.room(Frames.HEADER_BYTES + 8);
        Frames.putHeader(out, 8, Frames.GOAWAY, 0, 0);
        out.putInt(lastStream).putInt(code);
    }

    /** A stream has something to send that had to wait. */
    void waits(Http2Stream stream) {
        if (!stream.isReady() && stream.sendWindow() > 0) {
            stream.ready(true);
            ready.addLast(stream);
        }
    }

    /** The peer grants the connection more; false if it is more than there can be. */
    boolean changeSendWindow(long by) {
        sendWindow += by;
        return sendWindow <= Integer.MAX_VALUE;
    }

    /** Sends what waits: a frame of each stream in turn, so that none holds up the others. */
    void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        Http2Stream stream;
        while (sendWindow > 0 && output.takesData() && (stream = ready.pollFirst()) != null) {
            stream.ready(false);
            if (stream.sendQueued()) {
                waits(stream);
            }
        }
        pumping = false;
    }
}
