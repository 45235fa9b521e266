package io.github.captureproxy.internal.wire;

import java.nio.ByteBuffer;

/** Writes the framing of chunked coding in its canonical form: no extensions, no leading zeros (RFC 9112 7.1). */
public final class ChunkEncoder {

    /** Bytes of the longest header: 16 digits and CRLF. */
    public static final int MAX_HEADER_BYTES = 18;

    private static final String HEX = "0123456789abcdef";

    private ChunkEncoder() {}

    /**
     * Writes a chunk's size line.
     *
     * @param out where to; needs room for {@link #headerLength}
     * @param size the chunk's size in bytes, 1 or more: 0 would end the body
     * @return how many bytes were written
     */
    public static int putHeader(ByteBuffer out, long size) {
        if (size <= 0) {
            throw new IllegalArgumentException("A chunk of " + size + " bytes");
        }
        int length = headerLength(size);
        for (int shift = (length - 3) * 4; shift >= 0; shift -= 4) {
            out.put((byte) HEX.charAt((int) (size >>> shift) & 0xf));
        }
        putCrlf(out);
        return length;
    }

    /**
     * How long a chunk's size line is.
     *
     * @param size the chunk's size in bytes, 1 or more
     * @return bytes, CRLF included
     */
    public static int headerLength(long size) {
        return (Long.SIZE - Long.numberOfLeadingZeros(size) + 3) / 4 + 2;
    }

    /**
     * Writes CRLF, which follows a chunk's data.
     *
     * @param out where to; needs room for two bytes
     */
    public static void putCrlf(ByteBuffer out) {
        out.put(Ascii.CR).put(Ascii.LF);
    }

    /**
     * Writes what ends the body: the last chunk, the trailers that may pass, and CRLF.
     *
     * @param out where to; needs room for {@link #lastChunkLength}
     * @param trailers the trailers as they came
     * @param hopByHop what the message's head nominated
     */
    public static void putLastChunk(ByteBuffer out, Fields trailers, HopByHop hopByHop) {
        out.put((byte) '0');
        putCrlf(out);
        for (int i = 0; i < trailers.count(); i++) {
            if (passes(trailers, i, hopByHop)) {
                out.put(trailers.bytes(), trailers.lineStart(i), trailers.lineEnd(i) - trailers.lineStart(i));
            }
        }
        putCrlf(out);
    }

    /**
     * How long the last chunk is, with its trailers.
     *
     * @param trailers the trailers as they came
     * @param hopByHop what the message's head nominated
     * @return bytes, 5 if no trailer passes
     */
    public static int lastChunkLength(Fields trailers, HopByHop hopByHop) {
        int length = 5;
        for (int i = 0; i < trailers.count(); i++) {
            if (passes(trailers, i, hopByHop)) {
                length += trailers.lineEnd(i) - trailers.lineStart(i);
            }
        }
        return length;
    }

    private static boolean passes(Fields trailers, int i, HopByHop hopByHop) {
        return !TrailerRules.forbidden(trailers.known(i)) && !hopByHop.drops(trailers, i);
    }
}
