package io.github.captureproxy.exchange;

import java.io.IOException;
import java.io.InputStream;

/** Where the captured bytes of a body lie: in memory or in a file. Safe for any thread. */
public interface BodySource {
    /**
     * How many bytes were captured.
     *
     * @return the number of bytes that {@link #open()} yields
     */
    long length();

    /**
     * Opens the captured bytes for reading from their start.
     *
     * @return a new stream; the caller closes it
     * @throws IOException if a file that held them is gone or cannot be read
     */
    InputStream open() throws IOException;

    /**
     * How much memory the captured bytes take up; more than their number where an array has unused bytes, nothing where
     * they lie in a file.
     *
     * @return the number of bytes in memory
     */
    default long memoryBytes() {
        return length();
    }

    /**
     * Tells if bodies of several exchanges may have this very object as their source: they have the same bytes, which take
     * up {@link #memoryBytes()} once. A history counts them once.
     *
     * @return true if it may be that of other bodies too; always the same for one object
     */
    default boolean isShared() {
        return false;
    }
}
