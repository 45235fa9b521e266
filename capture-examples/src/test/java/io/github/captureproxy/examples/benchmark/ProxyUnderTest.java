package io.github.captureproxy.examples.benchmark;

/** A started proxy in its own JVM. */
interface ProxyUnderTest extends AutoCloseable {
    /** Where it listens on the loopback. */
    int port();

    /** Forgets the exchanges that it has kept. */
    void forget();

    /** Memory outside the heap that its I/O uses, in bytes. */
    long directBytes();

    @Override
    void close();
}
