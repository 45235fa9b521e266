package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * How many exchanges a second go through, many connections at once.
 *
 * @param title what is measured
 * @param dialogue what each connection does
 * @param connections how many there are
 */
record Throughput(String title, Dialogue dialogue, int connections) {
    /** Before the clock runs, so that all connections are open and have been used. */
    private static final Duration SETTLE = Duration.ofMillis(300);

    private static final double MIB = 1 << 20;

    /** Direct, this proxy and LittleProxy. */
    void compare(Setup setup, Report report) throws Exception {
        List<Route> routes = setup.all(dialogue.isSecure());
        Rounds rounds = measure(setup, routes);
        print(rounds, routes, report);
        report.ratio(rounds, routes.get(1), routes.get(2));
        report.cpuRatio(rounds, routes.get(2), routes.get(1));
        report.ratio(rounds, routes.get(1), routes.get(0));
        report.ratio(rounds, routes.get(2), routes.get(0));
    }

    /** This proxy with a listener and with recording paused. */
    void compareRecording(Setup setup, Report report) throws Exception {
        List<Route> routes = List.of(setup.through(Contender.LISTENER), setup.through(Contender.PAUSED));
        compare(setup, report, routes);
    }

    /** The first of some routes with the second. */
    void compare(Setup setup, Report report, List<Route> routes) throws Exception {
        Rounds rounds = measure(setup, routes);
        print(rounds, routes, report);
        report.ratio(rounds, routes.get(0), routes.get(1));
    }

    private Rounds measure(Setup setup, List<Route> routes) throws Exception {
        WarmUp.run(routes, setup.effort().warmUp(), this::turn);
        return Rounds.measure(
                setup.effort().rounds(),
                routes,
                route -> turn(route, setup.effort().turn()));
    }

    private Sample turn(Route route, Duration time) throws IOException {
        try (Load load = new Load(route, dialogue, connections)) {
            load.run(SETTLE);
            Duration cpu = route.cpu().get();
            long begin = System.nanoTime();
            double done = load.run(time) * unit();
            return Sample.rate(
                    done,
                    System.nanoTime() - begin,
                    route.cpu().get().minus(cpu).toNanos());
        }
    }

    /** Large answers are counted in MiB. */
    private double unit() {
        return isBulk() ? dialogue.answerBytes() / MIB : 1;
    }

    private boolean isBulk() {
        return dialogue.answerBytes() >= MIB;
    }

    private void print(Rounds rounds, List<Route> routes, Report report) {
        report.title(title);
        report.medians(rounds, routes, isBulk() ? "MiB/s" : "/s");
    }
}
