package io.github.captureproxy.internal.coding;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.brotli.dec.BrotliInputStream;

/** The only user of the optional libraries: calling a method here is what fails if its library is missing. */
final class Optionals {
    private Optionals() {}

    static InputStream brotli(InputStream coded) throws IOException {
        return new BrotliInputStream(coded);
    }

    static InputStream zstd(InputStream coded) {
        return new ZstdInputStream(coded);
    }
}
