package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.time.Duration;

/** A load on a route. */
interface Busy extends AutoCloseable {
    /** Runs for a time; returns the number of answers that came whole. */
    long run(Duration time) throws IOException;

    @Override
    void close() throws IOException;
}
