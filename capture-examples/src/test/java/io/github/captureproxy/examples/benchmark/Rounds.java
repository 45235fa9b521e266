package io.github.captureproxy.examples.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured on each route, round by round. */
final class Rounds {
    private final Map<String, double[]> values = new LinkedHashMap<>();

    /** Lets each route have its turn in each round; every second round goes backwards. */
    static Rounds measure(int rounds, List<Route> routes, Measurement measurement) throws Exception {
        Rounds measured = new Rounds();
        routes.forEach(route -> measured.values.put(route.name(), new double[rounds]));
        List<Route> order = new ArrayList<>(routes);
        for (int round = 0; round < rounds; round++) {
            for (Route route : order) {
                measured.values.get(route.name())[round] = measurement.of(route);
            }
            Collections.reverse(order);
        }
        return measured;
    }

    double[] of(String route) {
        return values.get(route);
    }

    /** The quotients of two routes in each round. */
    double[] ratios(String route, String base) {
        double[] above = of(route);
        double[] below = of(base);
        double[] ratios = new double[above.length];
        Arrays.setAll(ratios, round -> above[round] / below[round]);
        return ratios;
    }

    static double median(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Measures one route once. */
    interface Measurement {
        double of(Route route) throws Exception;
    }
}
