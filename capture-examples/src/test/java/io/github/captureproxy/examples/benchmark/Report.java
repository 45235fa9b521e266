package io.github.captureproxy.examples.benchmark;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints what was measured. */
final class Report {
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void title(String title) {
        out.printf("%n%s%n", title);
    }

    /** The median of each route, in some unit. */
    void medians(Rounds rounds, List<Route> routes, double unit, String unitName) {
        for (Route route : routes) {
            double[] values = rounds.of(route.name());
            out.printf(Locale.ROOT, "  %-28s %,12.1f %s%n", route.name(), Rounds.median(values) / unit, unitName);
        }
    }

    /** How one route does compared with another. */
    void ratio(Rounds rounds, Route route, Route base) {
        number(route.name() + " / " + base.name(), rounds.ratios(route.name(), base.name()), "");
    }

    /** The median of some numbers and how far they spread. */
    void number(String name, double[] numbers, String unit) {
        out.printf(
                Locale.ROOT,
                "  %-28s %12.2f %s (%.2f .. %.2f)%n",
                name,
                Rounds.median(numbers),
                unit,
                Arrays.stream(numbers).min().orElseThrow(),
                Arrays.stream(numbers).max().orElseThrow());
    }
}
