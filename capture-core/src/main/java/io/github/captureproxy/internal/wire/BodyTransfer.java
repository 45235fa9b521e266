package io.github.captureproxy.internal.wire;

import java.nio.ByteBuffer;

/**
 * Carries one body from one connection to another: follows its framing, lets a tap see its bytes, and leaves in the
 * buffer what is to be sent on. Chunks keep their sizes; chunk extensions and leading zeros go (RFC 9112 7.1.1). Data is
 * moved within the buffer only where something before it in the same buffer was left out.
 */
public final class BodyTransfer {
    /** Sees the body's bytes, without framing, before they are sent on. */
    public interface Tap {
        /**
         * Bytes of the body.
         *
         * @param buffer holds them
         * @param from the first one's index
         * @param length how many
         */
        void data(ByteBuffer buffer, int from, int length);
    }

    private final Framing framing;
    private final boolean keepsChunks;
    private final HopByHop hopByHop;
    private final ChunkDecoder chunks;
    private long remaining;
    private boolean ended;
    private Fields streamTrailers = Fields.NONE;
    private boolean endsWithNext;
    private int outFrom;
    private int outTo;
    private int consumedTo;

    /**
     * Stands before a body's first byte.
     *
     * @param framing how the body is delimited
     * @param keepsChunks false to take the chunk framing off, for a receiver that speaks HTTP/1.0
     * @param hopByHop which trailers stay behind
     */
    public BodyTransfer(Framing framing, boolean keepsChunks, HopByHop hopByHop) {
        this.framing = framing;
        this.keepsChunks = keepsChunks;
        this.hopByHop = hopByHop;
        this.chunks = framing.kind() == Framing.Kind.CHUNKED ? new ChunkDecoder() : NO_CHUNKS;
        this.remaining = Math.max(0, framing.length());
        this.ended =
                framing.kind() == Framing.Kind.NONE || framing.kind() == Framing.Kind.LENGTH && framing.length() == 0;
    }

    private static final ChunkDecoder NO_CHUNKS = new ChunkDecoder();

    /**
     * Tells if the body has come to its end.
     *
     * @return true behind its last byte
     */
    public boolean ended() {
        return ended;
    }

    /** The connection has ended, which is the end of a close-delimited body. Nothing more is to be sent on. */
    public void endOfStream() {
        outFrom = 0;
        outTo = 0;
        consumedTo = 0;
        ended |= framing.kind() == Framing.Kind.UNTIL_CLOSE;
    }

    /**
     * The HTTP/2 stream has ended, which is the end of the body that it delimits.
     *
     * @param trailers the fields that it ended with
     */
    public void endOfStream(Fields trailers) {
        outFrom = 0;
        outTo = 0;
        consumedTo = 0;
        streamTrailers = trailers;
        ended |= framing.kind() == Framing.Kind.STREAM;
    }

    /**
     * The HTTP/2 stream ends with the bytes that {@link #take} is given next: what it leaves is the last to be sent on.
     */
    public void endsWithNext() {
        endsWithNext = framing.kind() == Framing.Kind.STREAM;
    }

    /**
     * Takes bytes. Afterwards {@link #outFrom} to {@link #outTo} holds what is to be sent on, and from
     * {@link #consumedTo} on stands what does not belong to the body. The bytes before {@code from} may be written to:
     * at least {@link ChunkEncoder#MAX_HEADER_BYTES} of them.
     *
     * @param buffer holds the bytes; position and limit may be changed
     * @param from the first byte's index
     * @param to behind the last byte
     * @param tap sees the body's bytes
     * @throws MalformedMessageException if the chunk framing is broken: nothing of the buffer may be sent on
     */
    public void take(ByteBuffer buffer, int from, int to, Tap tap) throws MalformedMessageException {
        outFrom = from;
        outTo = from;
        consumedTo = from;
        if (ended) {
            return;
        }
        if (framing.kind() == Framing.Kind.CHUNKED) {
            takeChunks(buffer, from, to, tap);
            return;
        }
        int length = to - from;
        if (framing.kind() == Framing.Kind.LENGTH) {
            length = (int) Math.min(length, remaining);
            remaining -= length;
            ended = remaining == 0;
        }
        outTo = from + length;
        consumedTo = outTo;
        ended |= endsWithNext;
        if (length > 0) {
            tap.data(buffer, from, length);
        }
    }

    private void takeChunks(ByteBuffer buffer, int from, int to, Tap tap) throws MalformedMessageException {
        buffer.limit(to).position(from);
        boolean placed = false;
        while (true) {
            switch (chunks.next(buffer)) {
                case NEED_MORE -> {
                    consumedTo = to;
                    return;
                }
                case CHUNK_START -> placed = chunkStart(buffer, placed);
                case DATA -> placed = data(buffer, placed, tap);
                case CHUNK_END -> placed = chunkEnd(buffer, placed);
                case END -> {
                    ended = true;
                    consumedTo = buffer.position();
                    return;
                }
            }
        }
    }

    /** What is sent first is put right before the bytes that follow it, so that these need not move. */
    private void place(int end, int length) {
        outFrom = end - length;
        outTo = outFrom;
    }

    private boolean chunkStart(ByteBuffer buffer, boolean placed) {
        if (!keepsChunks) {
            return placed;
        }
        int length = ChunkEncoder.headerLength(chunks.chunkSize());
        if (!placed) {
            place(buffer.position(), length);
        }
        int in = buffer.position();
        int limit = buffer.limit();
        buffer.position(outTo);
        ChunkEncoder.putHeader(buffer, chunks.chunkSize());
        outTo += length;
        buffer.limit(limit).position(in);
        return true;
    }

    private boolean data(ByteBuffer buffer, boolean placed, Tap tap) {
        int in = buffer.position();
        int length = chunks.dataLength();
        tap.data(buffer, in, length);
        if (!placed) {
            place(in, 0);
        }
        if (outTo != in) {
            buffer.put(outTo, buffer, in, length);
        }
        outTo += length;
        buffer.position(in + length);
        chunks.consumed(length);
        return true;
    }

    private boolean chunkEnd(ByteBuffer buffer, boolean placed) {
        if (!keepsChunks) {
            return placed;
        }
        if (!placed) {
            place(buffer.position(), 2);
        }
        buffer.put(outTo, (byte) '\r').put(outTo + 1, (byte) '\n');
        outTo += 2;
        return true;
    }

    /**
     * Where what is to be sent on starts.
     *
     * @return an index in the buffer of the last {@link #take}
     */
    public int outFrom() {
        return outFrom;
    }

    /**
     * Where what is to be sent on ends. The last chunk is not part of it: see {@link #putEnd}.
     *
     * @return an index in the buffer of the last {@link #take}
     */
    public int outTo() {
        return outTo;
    }

    /**
     * Where the bytes of the body end, with their framing.
     *
     * @return an index in the buffer of the last {@link #take}
     */
    public int consumedTo() {
        return consumedTo;
    }

    /**
     * The trailers that came.
     *
     * @return the fields; empty before the end, or where there are none
     */
    public Fields trailers() {
        return framing.kind() == Framing.Kind.CHUNKED ? chunks.trailers() : streamTrailers;
    }

    /**
     * Which trailers stay behind.
     *
     * @return the message's hop-by-hop fields
     */
    public HopByHop hopByHop() {
        return hopByHop;
    }

    /**
     * What has to be sent behind the body's last byte, once it has ended: the last chunk with its trailers.
     *
     * @return how many bytes {@link #putEnd} writes; 0 where the body is not chunked
     */
    public int endLength() {
        boolean chunked = framing.kind() == Framing.Kind.CHUNKED && keepsChunks && ended;
        return chunked ? ChunkEncoder.lastChunkLength(chunks.trailers(), hopByHop) : 0;
    }

    /**
     * Writes the last chunk.
     *
     * @param out has room for {@link #endLength} bytes
     */
    public void putEnd(ByteBuffer out) {
        ChunkEncoder.putLastChunk(out, chunks.trailers(), hopByHop);
    }
}
