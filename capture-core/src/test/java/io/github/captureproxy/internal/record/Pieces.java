package io.github.captureproxy.internal.record;

import java.nio.ByteBuffer;
import java.util.Random;

/** Bodies to capture, and the pieces in which they come. */
final class Pieces {
    private Pieces() {}

    /** Bytes of no pattern. */
    static byte[] bytes(int size, Random random) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Gives a sink bytes in pieces of one size, out of one buffer. */
    static void write(BodySink sink, byte[] sent, int piece, boolean direct) {
        ByteBuffer data = direct ? ByteBuffer.allocateDirect(sent.length).put(sent) : ByteBuffer.wrap(sent);
        for (int at = 0; at < sent.length; at += piece) {
            sink.write(data, at, Math.min(piece, sent.length - at));
        }
    }
}
