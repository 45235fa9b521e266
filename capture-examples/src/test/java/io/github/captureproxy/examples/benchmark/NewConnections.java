package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * How many exchanges a second go through if each has a connection of its own, with CONNECT and a full handshake.
 *
 * @param title what is measured
 * @param hosts gives each connection its host
 * @param clients how many there are, each with one connection after another
 */
record NewConnections(String title, Supplier<String> hosts, int clients) {
    private static final int BODY_BYTES = 1024;
    private static final int BUFFER = 32 * 1024;

    /** A handshake takes much longer than an exchange: so the compilers see far fewer of them in the same time. */
    private static final int LONGER = 20;

    void compare(Setup setup, Report report) throws Exception {
        List<Route> routes = setup.all(true);
        WarmUp.run(routes, setup.effort().warmUp().multipliedBy(LONGER), this::turn);
        Rounds rounds = Rounds.measure(
                setup.effort().rounds(),
                routes,
                route -> turn(route, setup.effort().turn()));
        report.title(title);
        report.medians(rounds, routes, "/s");
        report.ratio(rounds, routes.get(1), routes.get(2));
        report.cpuRatio(rounds, routes.get(2), routes.get(1));
        report.ratio(rounds, routes.get(1), routes.get(0));
    }

    private Sample turn(Route route, Duration time) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            Duration cpu = route.cpu().get();
            long begin = System.nanoTime();
            Callable<Integer> client = () -> exchanges(route, begin + time.toNanos());
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(client));
            }
            int done = 0;
            for (Future<Integer> one : running) {
                done += one.get();
            }
            long nanos = System.nanoTime() - begin; // what was begun has been finished
            return Sample.rate(done, nanos, route.cpu().get().minus(cpu).toNanos());
        } finally {
            threads.shutdownNow();
        }
    }

    private int exchanges(Route route, long end) throws IOException {
        int done = 0;
        do {
            Dialogue dialogue = Dialogue.secureGets(hosts.get(), BODY_BYTES);
            try (Link link = dialogue.open(route)) {
                dialogue.exchange(link, dialogue.request(route), dialogue.room(BUFFER));
            }
            done++;
        } while (System.nanoTime() < end);
        return done;
    }
}
