package io.github.captureproxy.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Compares bytes in a buffer with the beginning of ASCII text. */
final class AsciiPrefix {

    private AsciiPrefix() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** How many bytes of {@code text} stand in the buffer from index {@code from}, up to the first that differs. */
    static int commonPrefix(ByteBuffer buf, int from, byte[] text) {
        int most = Math.min(buf.limit() - from, text.length);
        int same = 0;
        while (same < most && buf.get(from + same) == text[same]) {
            same++;
        }
        return same;
    }
}
