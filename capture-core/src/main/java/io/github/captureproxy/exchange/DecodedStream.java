package io.github.captureproxy.exchange;

import io.github.captureproxy.internal.coding.CodingException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Says in this package's terms what is wrong with a coding. For one thread. */
final class DecodedStream extends FilterInputStream {
    DecodedStream(InputStream decoded) {
        super(decoded);
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (CodingException e) {
            throw new ContentDecodingException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return in.read(into, offset, length);
        } catch (CodingException e) {
            throw new ContentDecodingException(String.valueOf(e.getMessage()), e);
        }
    }
}
