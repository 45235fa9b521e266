package io.github.captureproxy.internal.coding;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the length-prefixed messages of a gRPC body: a flag that tells if the message is compressed, its length as four
 * bytes, its bytes. Reads the prefixes alone, and passes over what stands between them.
 */
public final class GrpcFrames {
    private static final int PREFIX = 5;

    private GrpcFrames() {}

    /**
     * Finds the messages. The walk ends where a flag is neither 0 nor 1, as nothing tells what stands behind that, and
     * where a prefix is itself cut.
     *
     * @param body the captured bytes of the body, from their start; not closed
     * @param captured how many there are
     * @param maxFrames the most messages to find; what follows is left out
     * @return where the messages are, in order; at most the last one is not there whole
     * @throws IOException if the body cannot be read
     */
    public static List<Frame> split(InputStream body, long captured, int maxFrames) throws IOException {
        List<Frame> frames = new ArrayList<>();
        byte[] prefix = new byte[PREFIX];
        long at = 0;
        while (captured - at >= PREFIX && frames.size() < maxFrames) {
            if (body.readNBytes(prefix, 0, PREFIX) < PREFIX || (prefix[0] & ~1) != 0) {
                break;
            }
            at += PREFIX;
            long length = length(prefix);
            long there = Math.min(length, captured - at);
            frames.add(new Frame(prefix[0] == 1, length, at, there));
            body.skipNBytes(there);
            at += there;
        }
        return frames;
    }

    private static long length(byte[] prefix) {
        return (prefix[1] & 0xffL) << 24 | (prefix[2] & 0xff) << 16 | (prefix[3] & 0xff) << 8 | prefix[4] & 0xff;
    }

    /**
     * Where a message is.
     *
     * @param compressed what its flag says
     * @param length the length that its prefix says, 0 to 4,294,967,295
     * @param start the index of its first byte in the body
     * @param captured how many of its bytes are there
     */
    public record Frame(boolean compressed, long length, long start, long captured) {}
}
