/**
 * Measures this proxy against direct access and against LittleProxy, on one machine and in one run.
 *
 * <p>{@link io.github.captureproxy.examples.benchmark.Benchmark} holds the origin and the load, both on plain NIO with
 * prepared bytes so that they cost little; each proxy has a JVM of its own. What counts are the ratios: the routes take
 * turns in every round, so that what disturbs the machine disturbs all of them.
 */
package io.github.captureproxy.examples.benchmark;
