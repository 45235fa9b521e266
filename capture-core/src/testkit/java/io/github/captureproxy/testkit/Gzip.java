package io.github.captureproxy.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** The content coding gzip (RFC 9110 section 8.4.1.3). */
public final class Gzip {
    private Gzip() {}

    /** Codes bytes. */
    public static byte[] of(byte[] plain) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(coded)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("memory took no bytes", e);
        }
        return coded.toByteArray();
    }
}
