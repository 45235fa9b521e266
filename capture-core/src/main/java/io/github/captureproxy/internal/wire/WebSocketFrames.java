package io.github.captureproxy.internal.wire;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one direction of a WebSocket connection (RFC 6455) for the record, while others relay the bytes untouched.
 *
 * <p>Memory is bounded: one data message and one control message, each up to the payload limit, and an inflater once a
 * message is compressed. Bytes beyond the limit are passed over. Not thread-safe.
 */
public final class WebSocketFrames implements AutoCloseable {

    /** Takes what was read, on the thread that feeds. */
    public interface Sink {

        /**
         * A message is whole. Control messages come between the fragments of others.
         *
         * @param message the sink's own from now on
         */
        void message(WebSocketPayload message);

        /**
         * The bytes break the protocol, so nothing more will be read. Called once at most, and the last call.
         *
         * @param why what is wrong, for people
         */
        void broken(String why);
    }

    private enum State {
        HEADER,
        PAYLOAD,
        ENDED
    }

    /** Compressed payloads are unmasked in pieces of this size: a network read's worth. */
    private static final int PIECE_BYTES = 8 * 1024;

    private static final int MAX_CONTROL_BYTES = 125;
    private static final int CONTINUATION = 0;

    private final WebSocketExtensions.Kind extensions;
    private final WebSocketInflater inflater;
    private final FrameHeader header = new FrameHeader();
    private final PayloadBuffer data;
    private final PayloadBuffer control;
    private State state = State.HEADER;
    private @Nullable WebSocketOpcode dataOpcode;
    private boolean compressed;
    private long payloadSeen;
    private byte @Nullable [] piece;

    /**
     * Makes a reader for one direction, which begins with the first byte after the 101 response or the request.
     *
     * @param maxPayload how many bytes of each message are kept, 0 or more
     * @param extensions what the two ends agreed on
     * @param sender whose frames these are
     */
    public WebSocketFrames(int maxPayload, WebSocketExtensions extensions, WebSocketSender sender) {
        if (maxPayload < 0) {
            throw new IllegalArgumentException("maxPayload is " + maxPayload + ", must be 0 or more");
        }
        this.extensions = extensions.kind();
        this.inflater = new WebSocketInflater(
                extensions.deflate().map(d -> d.contextTakeover(sender)).orElse(true));
        this.data = new PayloadBuffer(maxPayload);
        this.control = new PayloadBuffer(Math.min(maxPayload, MAX_CONTROL_BYTES));
    }

    /**
     * Reads on.
     *
     * @param bytes the next bytes of the direction; all are consumed, whatever they are
     * @param sink takes the messages that end within them
     */
    public void feed(ByteBuffer bytes, Sink sink) {
        while (state != State.ENDED && bytes.hasRemaining()) {
            if (state == State.PAYLOAD) {
                readPayload(bytes, sink);
            } else if (header.read(bytes)) {
                beginFrame(sink);
            }
        }
        bytes.position(bytes.limit());
    }

    /**
     * Tells that the direction ended, and closes this. In the middle of a message that breaks the protocol.
     *
     * @param sink hears of it
     */
    public void finish(Sink sink) {
        if (state == State.PAYLOAD || dataOpcode != null || header.begun()) {
            breakOff("the connection ended within a message", sink);
        }
        close();
    }

    /** Frees all memory; what is fed from now on is ignored. May be called more than once. */
    @Override
    public void close() {
        state = State.ENDED;
        dataOpcode = null;
        piece = null;
        data.clear();
        control.clear();
        inflater.close();
    }

    private void beginFrame(Sink sink) {
        @Nullable String fault = fault();
        if (fault != null) {
            breakOff(fault, sink);
            return;
        }
        if (!header.isControl() && header.opcode() != CONTINUATION) {
            dataOpcode = WebSocketOpcode.of(header.opcode());
            compressed = extensions == WebSocketExtensions.Kind.DEFLATE && header.reservedBits() != 0;
        }
        payloadSeen = 0;
        state = State.PAYLOAD;
        if (header.length() == 0) {
            endFrame(sink);
        }
    }

    /** What the header breaks of RFC 6455 sections 5.2, 5.4 and 5.5, or RFC 7692 section 6. */
    private @Nullable String fault() {
        if (WebSocketOpcode.of(header.opcode()) == null && header.opcode() != CONTINUATION) {
            return "reserved opcode " + header.opcode();
        }
        if (!reservedBitsAllowed()) {
            return "a reserved bit is set";
        }
        if (header.length() < 0) {
            return "a frame's length has its top bit set";
        }
        if (header.isControl()) {
            return header.length() > MAX_CONTROL_BYTES
                    ? "a control frame is longer than " + MAX_CONTROL_BYTES + " bytes"
                    : header.fin() ? null : "a control frame is fragmented";
        }
        if (header.opcode() == CONTINUATION) {
            return dataOpcode == null ? "a continuation without a beginning" : null;
        }
        return dataOpcode == null ? null : "a message begins within another";
    }

    private boolean reservedBitsAllowed() {
        return switch (extensions) {
            case NONE -> header.reservedBits() == 0;
            case DEFLATE ->
                header.reservedBits() == 0
                        || header.reservedBits() == FrameHeader.RSV1
                                && !header.isControl()
                                && header.opcode() != CONTINUATION;
            case UNKNOWN -> true;
        };
    }

    private void readPayload(ByteBuffer bytes, Sink sink) {
        int size = (int) Math.min(bytes.remaining(), header.length() - payloadSeen);
        if (header.isControl()) {
            control.write(bytes, size, header.mask(), payloadSeen);
        } else if (!compressed) {
            data.write(bytes, size, header.mask(), payloadSeen);
        } else {
            size = Math.min(size, PIECE_BYTES);
            inflate(bytes, size, sink);
        }
        payloadSeen += size;
        if (state == State.PAYLOAD && payloadSeen == header.length()) {
            endFrame(sink);
        }
    }

    private void inflate(ByteBuffer bytes, int size, Sink sink) {
        byte[] target = piece == null ? piece = new byte[PIECE_BYTES] : piece;
        bytes.get(target, 0, size);
        Masking.apply(target, 0, size, header.mask(), payloadSeen);
        try {
            inflater.inflate(target, 0, size, data);
        } catch (WebSocketInflater.BrokenException e) {
            breakOff(reason(e), sink);
        }
    }

    private void endFrame(Sink sink) {
        state = State.HEADER;
        if (header.isControl()) {
            emit(Objects.requireNonNull(WebSocketOpcode.of(header.opcode())), control, true, sink);
        } else if (header.fin()) {
            endMessage(sink);
        }
    }

    private void endMessage(Sink sink) {
        WebSocketOpcode opcode = Objects.requireNonNull(dataOpcode);
        if (compressed) {
            try {
                inflater.endMessage(data);
            } catch (WebSocketInflater.BrokenException e) {
                breakOff(reason(e), sink);
                return;
            }
        }
        dataOpcode = null;
        emit(opcode, data, extensions != WebSocketExtensions.Kind.UNKNOWN, sink);
    }

    private static void emit(WebSocketOpcode opcode, PayloadBuffer payload, boolean decoded, Sink sink) {
        long length = payload.length();
        sink.message(new WebSocketPayload(opcode, payload.take(), length, decoded));
    }

    private static String reason(WebSocketInflater.BrokenException e) {
        return Objects.requireNonNullElse(e.getMessage(), "compressed data is broken");
    }

    private void breakOff(String why, Sink sink) {
        close();
        sink.broken(why);
    }
}
