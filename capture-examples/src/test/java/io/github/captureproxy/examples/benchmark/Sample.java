package io.github.captureproxy.examples.benchmark;

/**
 * What one turn gave.
 *
 * @param value the rate or the time that was measured
 * @param cpuMicros the CPU time of the proxy's whole JVM for one exchange, which other programs on the machine disturb
 *     less; 0 where there is no proxy
 */
record Sample(double value, double cpuMicros) {
    /** A rate that came of so many exchanges, or of so many megabytes, and the CPU time that they took. */
    static Sample rate(double done, long nanos, long cpuNanos) {
        return new Sample(done * 1e9 / nanos, cpuNanos / 1e3 / done);
    }
}
