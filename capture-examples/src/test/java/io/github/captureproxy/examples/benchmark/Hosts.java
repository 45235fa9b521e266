package io.github.captureproxy.examples.benchmark;

import java.util.concurrent.atomic.AtomicInteger;

/** The names of the origin in TLS; proxies find all of them at the loopback address. */
final class Hosts {
    /** What all names end in. */
    static final String DOMAIN = "benchmark.example";

    /** The name where only one is wanted. */
    static final String ONE = "www." + DOMAIN;

    private final AtomicInteger made = new AtomicInteger();

    /** A name that nobody has used before. */
    String another() {
        return "h" + made.incrementAndGet() + "." + DOMAIN;
    }
}
