package io.github.captureproxy.internal.wire;

import java.nio.ByteBuffer;

/**
 * Puts a body that came without chunks into chunked coding (RFC 9112 7.1), piece by piece: each piece becomes a chunk
 * whose framing stands before its data, so that the data need not move. The CRLF behind a chunk is written before the
 * next one. For one body.
 */
public final class ChunkedOutput {
    /** Bytes that have to be free before a piece: CRLF and the longest size line. */
    public static final int MAX_PREFIX_BYTES = 2 + ChunkEncoder.MAX_HEADER_BYTES;

    private boolean begun;

    /** Stands before a body's first piece. */
    public ChunkedOutput() {}

    /**
     * How much {@link #putPrefix} writes.
     *
     * @param size bytes of the piece
     * @return bytes; 0 for an empty piece, which is none
     */
    public int prefixLength(int size) {
        return size == 0 ? 0 : (begun ? 2 : 0) + ChunkEncoder.headerLength(size);
    }

    /**
     * Writes what stands before a piece.
     *
     * @param out has room for {@link #prefixLength} bytes from its position on
     * @param size bytes of the piece
     */
    public void putPrefix(ByteBuffer out, int size) {
        if (size > 0) {
            if (begun) {
                ChunkEncoder.putCrlf(out);
            }
            ChunkEncoder.putHeader(out, size);
            begun = true;
        }
    }

    /**
     * How much {@link #putEnd} will write.
     *
     * @param trailers the body's trailers
     * @param hopByHop which of them stay behind
     * @param afterPiece true if a piece is written before it
     * @return bytes
     */
    public int endLength(Fields trailers, HopByHop hopByHop, boolean afterPiece) {
        return (begun || afterPiece ? 2 : 0) + ChunkEncoder.lastChunkLength(trailers, hopByHop);
    }

    /**
     * Writes what ends the body.
     *
     * @param out has room for {@link #endLength} bytes from its position on
     * @param trailers the body's trailers
     * @param hopByHop which of them stay behind
     */
    public void putEnd(ByteBuffer out, Fields trailers, HopByHop hopByHop) {
        if (begun) {
            ChunkEncoder.putCrlf(out);
        }
        ChunkEncoder.putLastChunk(out, trailers, hopByHop);
    }
}
