package io.github.captureproxy.internal.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads a body in chunked coding, strictly and without copying the data (RFC 9112 7.1).
 *
 * <p>The caller asks for events until it gets {@link Event#NEED_MORE} or {@link Event#END}. For a body of two chunks
 * they are CHUNK_START, DATA (one or more), CHUNK_END, CHUNK_START, DATA, CHUNK_END, END. At DATA the caller takes bytes
 * from the buffer itself, and says how many.
 *
 * <p>One per message direction, used by one thread at a time. After an exception it is of no more use.
 */
public final class ChunkDecoder {

    /** What was found. */
    public enum Event {
        /** The buffer is used up; more bytes are needed. */
        NEED_MORE,
        /** A chunk with data starts; {@link ChunkDecoder#chunkSize()} is valid. */
        CHUNK_START,
        /** From the buffer's position on there are {@link ChunkDecoder#dataLength()} bytes of the chunk's data. */
        DATA,
        /** The chunk's data has ended, and the CRLF behind it was there. */
        CHUNK_END,
        /** The body has ended; {@link ChunkDecoder#trailers()} is valid, and the rest of the buffer is not ours. */
        END
    }

    /** The most bytes of trailers. They are held in memory; no known sender has more than a few lines. */
    public static final int MAX_TRAILER_BYTES = 16 * 1024;

    /** The most trailer lines. */
    public static final int MAX_TRAILER_FIELDS = 100;

    /** The digits of a long; more would only be zeros in front. */
    private static final int MAX_SIZE_DIGITS = 16;

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_LF,
        TRAILERS,
        END
    }

    private final ChunkExtension extension = new ChunkExtension();
    private final HeadScanner trailerScanner = new HeadScanner();
    private State state = State.SIZE;
    private int digits;
    private long size;
    private long left;
    private int available;
    private byte[] trailerBytes = Fields.NONE.bytes();
    private int trailerLength;
    private Fields trailers = Fields.NONE;

    /** Makes a decoder that stands before the first chunk. */
    public ChunkDecoder() {}

    /** Goes back to before the first chunk of another body. */
    public void reset() {
        extension.reset();
        trailerBytes = Fields.NONE.bytes();
        trailerLength = 0;
        trailers = Fields.NONE;
        startSize();
    }

    private void startSize() {
        state = State.SIZE;
        digits = 0;
        size = 0;
        left = 0;
        available = 0;
    }

    /**
     * Reads on.
     *
     * @param buf the bytes that follow those taken so far; its position moves over framing, never over data
     * @return what was found next
     * @throws MalformedMessageException 400 for bad syntax, 431 for too many trailers: the message must be refused
     */
    public Event next(ByteBuffer buf) throws MalformedMessageException {
        return switch (state) {
            case SIZE, EXTENSION, SIZE_LF -> sizeLine(buf);
            case DATA -> left > 0 ? data(buf) : dataEnd(buf);
            case DATA_LF -> dataEnd(buf);
            case TRAILERS -> trailers(buf);
            case END -> Event.END;
        };
    }

    private Event sizeLine(ByteBuffer buf) throws MalformedMessageException {
        while (buf.hasRemaining()) {
            byte b = buf.get();
            switch (state) {
                case SIZE -> sizeDigit(b);
                case EXTENSION -> extension(b);
                default -> {
                    expect(b, Ascii.LF, "a chunk size line that does not end in CRLF");
                    return sizeEnd(buf);
                }
            }
        }
        return Event.NEED_MORE;
    }

    private void sizeDigit(byte b) throws MalformedMessageException {
        int digit = Ascii.hexValue(b);
        if (digit >= 0) {
            size = size << 4 | digit;
            if (++digits > MAX_SIZE_DIGITS || size < 0) {
                throw MalformedMessageException.badSyntax("a chunk size that is too large");
            }
        } else if (digits == 0) {
            throw MalformedMessageException.badSyntax("a chunk size that is not a hexadecimal number");
        } else if (b == Ascii.CR) {
            state = State.SIZE_LF;
        } else {
            state = State.EXTENSION;
            extension.startLine();
            extension(b);
        }
    }

    private void extension(byte b) throws MalformedMessageException {
        if (extension.endsWith(b)) {
            state = State.SIZE_LF;
        }
    }

    private Event sizeEnd(ByteBuffer buf) throws MalformedMessageException {
        if (size > 0) {
            state = State.DATA;
            left = size;
            return Event.CHUNK_START;
        }
        state = State.TRAILERS;
        trailerScanner.resetToLineStart();
        return trailers(buf);
    }

    private Event data(ByteBuffer buf) {
        available = (int) Math.min(left, buf.remaining());
        return available > 0 ? Event.DATA : Event.NEED_MORE;
    }

    private Event dataEnd(ByteBuffer buf) throws MalformedMessageException {
        while (buf.hasRemaining()) {
            byte b = buf.get();
            if (state == State.DATA_LF) {
                expect(b, Ascii.LF, "chunk data that is not followed by CRLF");
                startSize();
                return Event.CHUNK_END;
            }
            expect(b, Ascii.CR, "chunk data that is not followed by CRLF");
            state = State.DATA_LF;
        }
        return Event.NEED_MORE;
    }

    private static void expect(byte b, byte wanted, String otherwise) throws MalformedMessageException {
        if (b != wanted) {
            throw MalformedMessageException.badSyntax(otherwise);
        }
    }

    private Event trailers(ByteBuffer buf) throws MalformedMessageException {
        int end = trailerScanner.scan(buf, buf.position(), buf.limit());
        keepTrailers(buf, (end < 0 ? buf.limit() : end) - buf.position());
        if (end < 0) {
            return Event.NEED_MORE;
        }
        if (trailerLength > 2) {
            trailers = HeadParser.trailers(Arrays.copyOf(trailerBytes, trailerLength), MAX_TRAILER_FIELDS);
        }
        state = State.END;
        return Event.END;
    }

    private void keepTrailers(ByteBuffer buf, int length) throws MalformedMessageException {
        int needed = trailerLength + length;
        if (needed > MAX_TRAILER_BYTES) {
            throw new MalformedMessageException(431, "more than " + MAX_TRAILER_BYTES + " bytes of trailers");
        }
        if (needed > trailerBytes.length) {
            trailerBytes = Arrays.copyOf(trailerBytes, Math.max(needed, trailerBytes.length * 2));
        }
        buf.get(trailerBytes, trailerLength, length);
        trailerLength = needed;
    }

    /**
     * The size of the current chunk, as its size line says.
     *
     * @return bytes, 1 or more; valid from CHUNK_START to CHUNK_END
     */
    public long chunkSize() {
        return size;
    }

    /**
     * How many bytes of data there are from the buffer's position on.
     *
     * @return bytes; 1 or more after DATA, less what was {@link #consumed} since
     */
    public int dataLength() {
        return available;
    }

    /**
     * Says that the caller has taken data and has itself moved the buffer's position over it (a write to a channel does
     * so). It may take less than there is: the next event then is DATA again, with the rest.
     *
     * @param n bytes, at most {@link #dataLength()}
     */
    public void consumed(int n) {
        if (n < 0 || n > available) {
            throw new IllegalArgumentException(n + " bytes consumed of " + available);
        }
        available -= n;
        left -= n;
    }

    /**
     * The trailer fields, as they came.
     *
     * @return the fields, empty before END
     */
    public Fields trailers() {
        return trailers;
    }
}
