package io.github.captureproxy.internal.coding;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Undoes one coding: opens the decoder at the first read, counts what it makes, and turns whatever it throws into a
 * {@link CodingException}. For one thread.
 */
final class DecodingStream extends InputStream {
    private final Coding coding;
    private final Input input;
    private final boolean partial;
    private final long maxBytes;
    private @Nullable InputStream decoder;
    private long made;
    private boolean ended;

    DecodingStream(Coding coding, InputStream coded, boolean partial, long maxBytes) {
        this.coding = coding;
        this.input = new Input(coded, partial && !coding.tellsEarlyEnd());
        this.partial = partial;
        this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        int count = ended ? -1 : decode(into, offset, length);
        ended = count < 0;
        made += Math.max(count, 0);
        if (made > maxBytes) {
            throw new CodingException("the content coding " + coding + " makes more than " + maxBytes
                    + " bytes of this body; decoded(maxBytes) allows more, bytes() has the coded bytes");
        }
        return count;
    }

    private int decode(byte[] into, int offset, int length) throws IOException {
        try {
            if (decoder == null) {
                decoder = coding.open(input);
            }
            // A library that runs out of input loses what the same call had made before, so ask for little then.
            return decoder.read(into, offset, partial && !coding.tellsEarlyEnd() ? 1 : length);
        } catch (IOException | RuntimeException e) {
            return endOrFail(e);
        } catch (LinkageError e) {
            throw new CodingException(
                    "there is no decoder for the content coding " + coding + ": add " + coding.dependency()
                            + " to the class path; bytes() has the coded bytes",
                    e);
        }
    }

    private int endOrFail(Exception e) throws IOException {
        IOException below = input.failure;
        if (below != null) {
            throw below;
        }
        boolean early = coding.tellsEarlyEnd() ? e instanceof EOFException : input.ended;
        if (early && partial) {
            return -1; // The capture ends here, not the data: no error.
        }
        String what = early ? "ends too early or is broken" : "is broken";
        throw new CodingException(
                "the content coding " + coding + " of this body " + what + " after " + made
                        + " decoded bytes; bytes() has the coded bytes",
                e);
    }

    @Override
    public void close() throws IOException {
        if (decoder != null) {
            decoder.close();
        }
        input.close();
    }

    /** Remembers how reading the coded bytes ended, whatever a decoder makes of that. */
    private static final class Input extends FilterInputStream {
        private final boolean failAtEnd;
        private boolean ended;
        private @Nullable IOException failure;

        Input(InputStream coded, boolean failAtEnd) {
            super(coded);
            this.failAtEnd = failAtEnd;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int count = super.read(into, offset, length);
                ended = count < 0;
                if (!ended || !failAtEnd) {
                    return count;
                }
            } catch (IOException e) {
                failure = e;
                throw e;
            }
            // Told of the end of a cut body, the Brotli decoder would go on with zeros and make bytes up.
            throw new EOFException("the captured bytes end here");
        }
    }
}
