package io.github.captureproxy.examples.benchmark.pure;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH benchmarks of this package. */
public final class PureParts {
    private static final int WARM_UPS = 3;

    private PureParts() {}

    /** Prints the time and the allocations of each. */
    public static void run(int rounds) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(PureParts.class.getPackageName())
                        .forks(1)
                        .warmupIterations(WARM_UPS)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(rounds)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler("gc")
                        .build())
                .run();
    }
}
