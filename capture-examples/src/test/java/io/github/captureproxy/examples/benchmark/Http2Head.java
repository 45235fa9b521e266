package io.github.captureproxy.examples.benchmark;

import java.nio.ByteBuffer;

/**
 * The HEADERS frames of messages that are all alike: the first one names the fields, and the later ones name what both
 * ends remember of it.
 */
final class Http2Head {
    private static final int MOST_BYTES = 1024;

    /** The dynamic table begins there (RFC 7541 section 2.3.3). */
    private static final int FIRST_REMEMBERED = 62;

    private final byte[] first;
    private final byte[] later;

    /**
     * Makes both forms.
     *
     * @param indexed entries of the static table, as the bytes that stand for them
     * @param namesAndValues fields
     */
    Http2Head(byte[] indexed, String... namesAndValues) {
        ByteBuffer block = ByteBuffer.allocate(MOST_BYTES).put(indexed);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Http2Frames.field(block, namesAndValues[i], namesAndValues[i + 1]);
        }
        first = bytes(block);
        block.clear().put(indexed);
        for (int i = namesAndValues.length / 2 - 1; i >= 0; i--) {
            block.put((byte) (0x80 | (FIRST_REMEMBERED + i))); // the last one that was remembered is the first entry
        }
        later = bytes(block);
    }

    private static byte[] bytes(ByteBuffer block) {
        byte[] bytes = new byte[block.position()];
        block.get(0, bytes);
        return bytes;
    }

    void write(ByteBuffer out, boolean isFirst, int stream, boolean ended) {
        byte[] block = isFirst ? first : later;
        int flags = Http2Frames.WHOLE_HEAD | (ended ? Http2Frames.END_STREAM : 0);
        Http2Frames.header(out, block.length, Http2Frames.HEADERS, flags, stream)
                .put(block);
    }
}
