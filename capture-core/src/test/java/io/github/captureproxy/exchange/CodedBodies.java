package io.github.captureproxy.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Bodies in each content coding, for tests. */
public final class CodedBodies {
    /** What the Brotli vector decodes to; there is no Brotli encoder on the class path. */
    public static final byte[] BROTLI_TEXT = "Grüße, brotli! ".repeat(20).getBytes(UTF_8);

    public static final byte[] BROTLI =
            Base64.getDecoder().decode("G1MB+C0SbFsL20+p1CXimX4NclQ2rD55U06MpULoMo3tLRYMEO7rK/YA");
    public static final byte[] BROTLI_EMPTY = Base64.getDecoder().decode("Ow==");
    /** 300,000 zero bytes. */
    public static final byte[] BROTLI_ZEROS = Base64.getDecoder().decode("W9+ThH8CIB4LBDIXCQA=");

    private CodedBodies() {}

    public static byte[] coded(String coding, byte[] plain) {
        return switch (coding) {
            case "gzip", "x-gzip" -> gzip(plain);
            case "deflate" -> deflate(plain, false);
            case "raw deflate" -> deflate(plain, true);
            case "zstd" -> zstd(plain);
            default -> throw new IllegalArgumentException(coding);
        };
    }

    public static byte[] gzip(byte[] plain) {
        return write(plain, GZIPOutputStream::new);
    }

    public static byte[] deflate(byte[] plain, boolean raw) {
        return write(plain, out -> new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, raw)));
    }

    public static byte[] zstd(byte[] plain) {
        return write(plain, ZstdOutputStream::new);
    }

    public static CapturedBody body(byte[] bytes, String coding) {
        return CapturedBody.of(bytes, HeaderList.of("content-encoding", coding));
    }

    /** The first bytes of a body of which more passed. */
    public static CapturedBody cut(byte[] bytes, int captured, String coding) {
        return CapturedBody.of(
                CapturedBody.inMemory(Arrays.copyOf(bytes, captured)),
                bytes.length,
                true,
                null,
                HeaderList.of("content-encoding", coding));
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] write(byte[] plain, Encoder encoder) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (OutputStream out = encoder.open(coded)) {
            out.write(plain);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return coded.toByteArray();
    }

    /** Wraps a stream in one that codes. */
    private interface Encoder {
        OutputStream open(OutputStream out) throws IOException;
    }
}
