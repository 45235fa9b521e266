package io.github.captureproxy.internal.wire;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates the messages of one sender (RFC 7692 section 7.2.2), piece by piece. Bytes that nobody keeps are inflated
 * too, since later messages may refer to them. Not thread-safe. {@link #close()} frees native memory, and must be
 * called.
 */
public final class WebSocketInflater implements AutoCloseable {

    /** Takes what comes out. */
    @FunctionalInterface
    public interface Output {
        /**
         * Takes a piece of the message.
         *
         * @param bytes holds the piece, and is overwritten after the call
         * @param offset where the piece begins
         * @param length how long it is, at least 1
         */
        void write(byte[] bytes, int offset, int length);
    }

    /** A compressed message that cannot be inflated, or is a bomb. Nothing after it can be inflated either. */
    public static final class BrokenException extends Exception {

        private static final long serialVersionUID = 1L;

        private BrokenException(String message) {
            super(message, null, false, false); // the input is at fault, so a stack trace says nothing
        }
    }

    /** The most that one message may inflate to: beyond what people send, and a fraction of a second's work. */
    public static final long MAX_MESSAGE_BYTES = 64L * 1024 * 1024;

    /** The piece size: some network reads' worth, small beside the 40 KiB that zlib takes itself. */
    private static final int PIECE_BYTES = 8 * 1024;

    /** The end of a sync flush, which the sender leaves out of every message. */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private final boolean contextTakeover;
    private @Nullable Inflater inflater;
    private byte @Nullable [] piece;
    private long messageBytes;
    private boolean withinStream;
    private boolean closed;

    /**
     * Makes an inflater; memory is taken with the first message.
     *
     * @param contextTakeover whether messages may refer to earlier ones
     */
    public WebSocketInflater(boolean contextTakeover) {
        this.contextTakeover = contextTakeover;
    }

    /**
     * Inflates some bytes of a message, frame limits ignored.
     *
     * @param bytes holds them, unmasked
     * @param offset where they begin
     * @param length how many there are, may be 0
     * @param output takes what comes out by now, which may be nothing
     * @throws BrokenException if this is no DEFLATE data (RFC 1951), or the message gets longer than
     *     {@link #MAX_MESSAGE_BYTES}
     * @throws IllegalStateException if this is closed
     */
    public void inflate(byte[] bytes, int offset, int length, Output output) throws BrokenException {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (inflater == null) {
            inflater = new Inflater(true);
        }
        if (piece == null) {
            piece = new byte[PIECE_BYTES];
        }
        drain(inflater, piece, bytes, offset, length, output);
    }

    /**
     * Ends a message: what is left of it comes out.
     *
     * @param output takes the rest
     * @throws BrokenException as from {@link #inflate}
     * @throws IllegalStateException if this is closed
     */
    public void endMessage(Output output) throws BrokenException {
        if (withinStream) { // else the tail would be the broken beginning of a stored block
            inflate(TAIL, 0, TAIL.length, output);
        }
        messageBytes = 0;
        withinStream = false;
        if (!contextTakeover && inflater != null) {
            inflater.reset();
        }
    }

    /** Frees the memory. May be called more than once. */
    @Override
    public void close() {
        closed = true;
        piece = null;
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    private void drain(Inflater source, byte[] out, byte[] bytes, int offset, int length, Output output)
            throws BrokenException {
        source.setInput(bytes, offset, length);
        withinStream |= length > 0;
        while (true) {
            int count = next(source, out);
            if (count > 0) {
                messageBytes += count;
                if (messageBytes > MAX_MESSAGE_BYTES) {
                    throw new BrokenException("a message inflates to more than " + MAX_MESSAGE_BYTES + " bytes");
                }
                output.write(out, 0, count);
            } else if (source.finished()) {
                int left = source.getRemaining();
                restart(source, bytes, offset + length - left, left);
                withinStream = left > 0;
            } else if (source.needsInput()) {
                return;
            } else {
                throw new BrokenException("compressed data asks for a dictionary");
            }
        }
    }

    /** A block with BFINAL set ends a DEFLATE stream, not the message (RFC 7692 section 7.2.3.4). */
    private static void restart(Inflater source, byte[] bytes, int offset, int length) {
        source.reset();
        source.setInput(bytes, offset, length);
    }

    private static int next(Inflater source, byte[] out) throws BrokenException {
        try {
            return source.inflate(out);
        } catch (DataFormatException e) {
            throw new BrokenException("compressed data is corrupt");
        }
    }
}
