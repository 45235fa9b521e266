package io.github.captureproxy.examples.benchmark;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The origin's end of a connection. */
interface OriginEnd extends Closeable {
    /**
     * Goes on; false if the client is done.
     *
     * @param shared room for the time of the call
     */
    boolean onReady(ByteBuffer shared) throws IOException;
}
