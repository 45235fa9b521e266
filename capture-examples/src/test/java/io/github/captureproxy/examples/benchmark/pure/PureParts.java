package io.github.captureproxy.examples.benchmark.pure;

import java.io.PrintStream;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks of this package. */
public final class PureParts {
    private static final int WARM_UPS = 3;

    /** What JMH 1.37 calls the bytes of one operation. */
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private PureParts() {}

    /** Prints the time and the allocated bytes of each. */
    public static void run(int rounds, PrintStream out) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(PureParts.class.getPackageName())
                        .forks(1)
                        .warmupIterations(WARM_UPS)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(rounds)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler("gc")
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run()
                .forEach(result -> print(result, out));
    }

    private static void print(RunResult result, PrintStream out) {
        String name = result.getParams()
                .getBenchmark()
                .substring(PureParts.class.getPackageName().length() + 1);
        String size = result.getParams().getParam("bodyBytes");
        out.printf(
                Locale.ROOT,
                "  %-28s %,12.0f ns %,10.0f B allocated%n",
                size == null ? name : name + " " + size,
                result.getPrimaryResult().getScore(),
                result.getSecondaryResults().get(ALLOCATED).getScore());
    }
}
