package io.github.captureproxy.tls.load;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** A body, each byte of which is known: a piece of a block of random bytes. */
final class Content {
    private static final int BLOCK_BYTES = 4 << 20;
    private static final byte[] BLOCK = new byte[BLOCK_BYTES];

    static {
        new Random(1).nextBytes(BLOCK);
    }

    private final int offset;
    private final int size;

    /** One of that size; another choice makes another body. */
    Content(long choice, int size) {
        this.offset = (int) Math.floorMod(choice, (long) BLOCK_BYTES - size);
        this.size = size;
    }

    int size() {
        return size;
    }

    /** Copies bytes of it. */
    void copy(int from, byte[] target, int at, int count) {
        System.arraycopy(BLOCK, offset + from, target, at, count);
    }

    /** Tells if bytes are those of it from there on. */
    boolean hasAt(int from, byte[] bytes, int begin, int end) {
        int count = end - begin;
        return from + count <= size && Arrays.equals(BLOCK, offset + from, offset + from + count, bytes, begin, end);
    }

    String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(BLOCK, offset, size);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has it", e);
        }
    }
}
