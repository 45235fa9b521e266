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

    /** The median of each route, and the CPU time that its proxy spent. */
    void medians(Rounds rounds, List<Route> routes, String unit) {
        for (Route route : routes) {
            out.printf(
                    Locale.ROOT,
                    "  %-28s %,12.1f %-6s CPU %,10.1f us%n",
                    route.name(),
                    Rounds.median(rounds.values(route)),
                    unit,
                    Rounds.median(rounds.cpuMicros(route)));
        }
    }

    /** How one route does compared with another. */
    void ratio(Rounds rounds, Route route, Route base) {
        number(route.name() + " / " + base.name(), rounds.ratios(route, base), "");
    }

    /** How much more of the CPU one route's proxy spends on an exchange than another's: load and origin do not count. */
    void cpuRatio(Rounds rounds, Route route, Route base) {
        number("CPU of " + route.name() + " / " + base.name(), rounds.cpuRatios(route, base), "");
    }

    /** What one connection costs, in bytes. */
    void memory(String name, double heap, double direct) {
        out.printf(Locale.ROOT, "  %-28s %,12.0f B heap %,10.0f B direct%n", name, heap, direct);
    }

    /** The median of some numbers and how far they spread. */
    void number(String name, double[] numbers, String unit) {
        out.printf(
                Locale.ROOT,
                "  %-28s %12.2f %-6s (%.2f .. %.2f)%n",
                name,
                Rounds.median(numbers),
                unit,
                Arrays.stream(numbers).min().orElseThrow(),
                Arrays.stream(numbers).max().orElseThrow());
    }
}
