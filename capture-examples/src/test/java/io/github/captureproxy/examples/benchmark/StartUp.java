package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.util.List;

/** How long a proxy takes from its builder to listening. */
final class StartUp {
    private static final double NANOS_PER_MILLI = 1e6;

    void compare(Setup setup, Report report) throws IOException {
        report.title("Time to start");
        for (Contender contender : List.of(Contender.THIS_PROXY, Contender.LITTLE_PROXY)) {
            int rounds = setup.effort().rounds();
            double[] fresh = new double[rounds];
            double[] second = new double[rounds];
            double[] warm = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                try (ProxyJvm jvm = setup.fresh(contender)) {
                    fresh[round] = jvm.startNanos() / NANOS_PER_MILLI;
                    second[round] = another(jvm);
                }
                warm[round] = another(setup.jvm(contender));
            }
            report.number(contender.title() + ", fresh JVM", fresh, "ms");
            report.number(contender.title() + ", another", second, "ms");
            report.number(contender.title() + ", warm JVM", warm, "ms");
        }
    }

    private static double another(ProxyJvm jvm) throws IOException {
        return jvm.ask(ProxyMain.START_ANOTHER)[0] / NANOS_PER_MILLI;
    }
}
