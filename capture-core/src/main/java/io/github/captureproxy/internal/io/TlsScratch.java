package io.github.captureproxy.internal.io;

import java.nio.ByteBuffer;

/**
 * Room for encrypted bytes, one for each worker thread. On the heap, as the JDK's ciphers work on arrays: with direct
 * buffers they copy every block in and out.
 */
final class TlsScratch {
    private static final int READ_BYTES = 512 * 1024;
    private static final int WRITE_BYTES = 256 * 1024;

    private final ByteBuffer received = ByteBuffer.allocate(READ_BYTES);
    private final ByteBuffer toSend = ByteBuffer.allocate(WRITE_BYTES);

    /** The room of the worker that runs the caller; for use within one call. */
    static TlsScratch current() {
        return Worker.current().local(TlsScratch.class, TlsScratch::new);
    }

    ByteBuffer received() {
        return received.clear();
    }

    ByteBuffer toSend() {
        return toSend.clear();
    }
}
