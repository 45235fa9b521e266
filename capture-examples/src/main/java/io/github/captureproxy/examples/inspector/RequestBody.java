package io.github.captureproxy.examples.inspector;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request as it comes in: knows if it failed, which is the client's doing whatever comes of it. */
final class RequestBody extends FilterInputStream {
    private boolean cutOff;

    RequestBody(InputStream in) {
        super(in);
    }

    /** It ended before it was whole: the client has gone, or has sent nothing for long. */
    boolean isCutOff() {
        return cutOff;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException | RuntimeException e) {
            cutOff = true;
            throw e;
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException | RuntimeException e) {
            cutOff = true;
            throw e;
        }
    }
}
