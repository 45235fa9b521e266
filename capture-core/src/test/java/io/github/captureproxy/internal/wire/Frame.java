package io.github.captureproxy.internal.wire;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;

/** Writes WebSocket frames for tests. */
final class Frame {

    static final int FIN = 0x80;
    static final int RSV1 = 0x40;

    private Frame() {}

    /** A frame with the shortest length field there is for it; a mask of 0 is none. */
    static byte[] of(int firstByte, byte[] payload, int mask) {
        int size = payload.length;
        int masked = mask == 0 ? 0 : 0x80;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(firstByte);
        if (size < 126) {
            out.write(masked | size);
        } else if (size < 1 << 16) {
            out.write(masked | 126);
            out.writeBytes(Hello.u16(size));
        } else {
            out.write(masked | 127);
            out.writeBytes(Hello.u16(0, 0, size >>> 16, size));
        }
        if (mask != 0) {
            out.writeBytes(Hello.u16(mask >>> 16, mask));
        }
        for (int i = 0; i < size; i++) {
            out.write(payload[i] ^ mask >>> 24 - 8 * (i % 4));
        }
        return out.toByteArray();
    }

    static byte[] text(String text) {
        return of(FIN | 1, Wire.bytes(text), 0);
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** A message's payload as RFC 7692 section 7.2.1 has it: flushed, without the last four bytes. */
    static byte[] deflate(Deflater deflater, byte[] message) {
        deflater.setInput(message);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        int count;
        do {
            count = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
            out.write(piece, 0, count);
        } while (count == piece.length);
        // A second flush without input writes nothing: an empty message is then one empty block (section 7.2.3.6).
        return out.size() == 0 ? new byte[1] : Arrays.copyOf(out.toByteArray(), out.size() - 4);
    }
}
