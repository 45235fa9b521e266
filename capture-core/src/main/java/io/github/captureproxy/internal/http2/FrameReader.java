package io.github.captureproxy.internal.http2;

import io.github.captureproxy.internal.hpack.HpackException;
import java.nio.ByteBuffer;

/**
 * Takes the frames of one connection apart, at whatever splits they come in. The data of DATA frames is handed on as it
 * comes; other frames, which are small, when they are whole. Pure; for one thread.
 */
final class FrameReader {
    /** Takes frames. */
    interface Sink {
        /** The header of a frame other than DATA has come in: the place to refuse it before its payload is read. */
        void begins(int type, int flags, int streamId, int length) throws Http2Exception;

        /** A DATA frame begins; its whole payload counts in flow control (RFC 9113 section 6.9.1). */
        void dataBegins(int streamId, int flags, int length) throws Http2Exception;

        /** Data of the DATA frame that began last, maybe none; last is true for what ends it, padding aside. */
        void data(ByteBuffer buffer, int from, int to, boolean last) throws Http2Exception;

        /** A whole frame other than DATA. The payload is the callee's. */
        void frame(int type, int flags, int streamId, byte[] payload) throws Http2Exception, HpackException;
    }

    private enum State {
        HEADER,
        PAD_LENGTH,
        DATA,
        PADDING,
        PAYLOAD
    }

    private static final byte[] NONE = {};

    private final Sink sink;
    private final byte[] header = new byte[Frames.HEADER_BYTES];
    private State state = State.HEADER;
    private int seen;
    private int type;
    private int flags;
    private int streamId;
    private int remaining;
    private int padding;
    private byte[] payload = NONE;

    FrameReader(Sink sink) {
        this.sink = sink;
    }

    /**
     * Takes bytes apart.
     *
     * @param buffer holds them; its position and limit are left alone
     * @param from the first one's index
     * @param to behind the last one
     * @throws Http2Exception as the sink does, or if a frame breaks a rule of its own
     * @throws HpackException as the sink does
     */
    void read(ByteBuffer buffer, int from, int to) throws Http2Exception, HpackException {
        int at = from;
        while (at < to) {
            at = switch (state) {
                case HEADER -> header(buffer, at, to);
                case PAD_LENGTH -> padLength(buffer, at);
                case DATA -> data(buffer, at, to);
                case PADDING -> padding(at, to);
                case PAYLOAD -> payload(buffer, at, to);
            };
        }
    }

    private int header(ByteBuffer buffer, int from, int to) throws Http2Exception, HpackException {
        int count = Math.min(Frames.HEADER_BYTES - seen, to - from);
        buffer.get(from, header, seen, count);
        seen += count;
        if (seen < Frames.HEADER_BYTES) {
            return to;
        }
        seen = 0;
        remaining = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | header[2] & 0xff;
        type = header[3] & 0xff;
        flags = header[4] & 0xff;
        streamId = Frames.unsigned31(header, 5);
        if (remaining > Frames.MAX_PAYLOAD) {
            throw Http2Exception.connection(ErrorCode.FRAME_SIZE_ERROR, "a frame of " + remaining + " bytes");
        }
        begin(buffer, from + count);
        return from + count;
    }

    private void begin(ByteBuffer buffer, int at) throws Http2Exception, HpackException {
        if (type == Frames.DATA) {
            beginData(buffer, at);
            return;
        }
        sink.begins(type, flags, streamId, remaining);
        payload = remaining == 0 ? NONE : new byte[remaining];
        state = State.PAYLOAD;
        if (remaining == 0) {
            endPayload();
        }
    }

    private void beginData(ByteBuffer buffer, int at) throws Http2Exception {
        sink.dataBegins(streamId, flags, remaining);
        padding = 0;
        if ((flags & Frames.PADDED) != 0) {
            if (remaining == 0) {
                throw Http2Exception.connection(ErrorCode.FRAME_SIZE_ERROR, "a padded frame without padding");
            }
            state = State.PAD_LENGTH;
        } else if (remaining == 0) {
            state = State.HEADER;
            sink.data(buffer, at, at, true);
        } else {
            state = State.DATA;
        }
    }

    private int padLength(ByteBuffer buffer, int at) throws Http2Exception {
        padding = buffer.get(at) & 0xff;
        remaining -= 1 + padding;
        if (remaining < 0) {
            throw Http2Exception.protocol("more padding than the frame has room for");
        }
        state = State.DATA;
        if (remaining == 0) {
            state = padding == 0 ? State.HEADER : State.PADDING;
            sink.data(buffer, at + 1, at + 1, true);
        }
        return at + 1;
    }

    private int data(ByteBuffer buffer, int from, int to) throws Http2Exception {
        int end = from + Math.min(remaining, to - from);
        remaining -= end - from;
        boolean last = remaining == 0;
        if (last) {
            state = padding == 0 ? State.HEADER : State.PADDING;
        }
        sink.data(buffer, from, end, last);
        return end;
    }

    private int padding(int from, int to) {
        int end = from + Math.min(padding, to - from);
        padding -= end - from;
        if (padding == 0) {
            state = State.HEADER;
        }
        return end;
    }

    private int payload(ByteBuffer buffer, int from, int to) throws Http2Exception, HpackException {
        int count = Math.min(remaining, to - from);
        buffer.get(from, payload, payload.length - remaining, count);
        remaining -= count;
        if (remaining == 0) {
            endPayload();
        }
        return from + count;
    }

    private void endPayload() throws Http2Exception, HpackException {
        byte[] whole = payload;
        payload = NONE;
        state = State.HEADER;
        sink.frame(type, flags, streamId, whole);
    }
}
