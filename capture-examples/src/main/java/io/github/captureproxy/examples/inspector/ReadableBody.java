package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.ContentDecodingException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A body without its content coding, as far as that can be undone: where the coding breaks, or makes too much of the
 * body, it ends. For one thread.
 */
final class ReadableBody extends FilterInputStream {
    private @Nullable String problem;

    private ReadableBody(InputStream in) {
        super(in);
    }

    /** Throws {@link ContentDecodingException} if nothing of it can be undone. */
    static ReadableBody open(CapturedBody body) throws IOException {
        return new ReadableBody(body.openDecoded(CapturedBody.MAX_DECODED_BYTES));
    }

    /** Why it ended early, if it did. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (problem != null) {
            return -1;
        }
        try {
            return in.read(into, offset, length);
        } catch (ContentDecodingException e) {
            problem = words(e);
            return -1;
        }
    }

    /** The exception also says what a program can do, behind a semicolon. */
    static String words(ContentDecodingException e) {
        return String.valueOf(e.getMessage()).replaceFirst(";.*", "");
    }
}
