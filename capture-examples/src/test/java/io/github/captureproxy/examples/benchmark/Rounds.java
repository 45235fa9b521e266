package io.github.captureproxy.examples.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/** What was measured on each route, round by round. */
final class Rounds {
    private final Map<String, Sample[]> samples = new LinkedHashMap<>();

    /** Lets each route have its turn in each round; every second round goes backwards. */
    static Rounds measure(int rounds, List<Route> routes, Measurement measurement) throws Exception {
        Rounds measured = new Rounds();
        routes.forEach(route -> measured.samples.put(route.name(), new Sample[rounds]));
        List<Route> order = new ArrayList<>(routes);
        for (int round = 0; round < rounds; round++) {
            for (Route route : order) {
                WarmUp.awaitQuiet(routes);
                measured.samples.get(route.name())[round] = measurement.of(route);
            }
            Collections.reverse(order);
        }
        return measured;
    }

    double[] values(Route route) {
        return numbers(route, Sample::value);
    }

    double[] cpuMicros(Route route) {
        return numbers(route, Sample::cpuMicros);
    }

    /** The quotients of two routes' values in each round. */
    double[] ratios(Route route, Route base) {
        return combine(values(route), values(base), (above, below) -> above / below);
    }

    /** The quotients of the CPU times that two routes' proxies spent on an exchange in each round. */
    double[] cpuRatios(Route route, Route base) {
        return combine(cpuMicros(route), cpuMicros(base), (above, below) -> above / below);
    }

    /** Takes two numbers of each round together. */
    static double[] combine(double[] left, double[] right, DoubleBinaryOperator operator) {
        double[] combined = new double[left.length];
        Arrays.setAll(combined, round -> operator.applyAsDouble(left[round], right[round]));
        return combined;
    }

    private double[] numbers(Route route, ToDoubleFunction<Sample> number) {
        return Arrays.stream(samples.get(route.name())).mapToDouble(number).toArray();
    }

    static double median(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Measures one route once. */
    interface Measurement {
        Sample of(Route route) throws Exception;
    }
}
