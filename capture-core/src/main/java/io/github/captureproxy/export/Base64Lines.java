package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.captureproxy.exchange.CapturedBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;

/** Writes a body as Base64 on lines, as it is read. */
final class Base64Lines {
    private Base64Lines() {}

    /**
     * Writes all captured bytes of a body.
     *
     * @param body the body
     * @param before what each line starts with
     * @param bytes how many bytes a line holds; a multiple of 3
     * @param after what each line ends with
     * @param out where to
     */
    static void write(CapturedBody body, String before, int bytes, String after, OutputStream out) throws IOException {
        try (InputStream in = body.open()) {
            byte[] line = in.readNBytes(bytes);
            while (line.length > 0) {
                out.write((before + Base64.getEncoder().encodeToString(line) + after).getBytes(US_ASCII));
                line = in.readNBytes(bytes);
            }
        }
    }
}
