package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What a proxy adds to the time of a small exchange, with one connection and nothing else to do. */
final class Latency {
    private static final int BODY_BYTES = 1024;
    private static final int BUFFER = 16 * 1024;

    /** More than fit into a turn. */
    private static final int MAX_EXCHANGES = 1_000_000;

    private final Dialogue dialogue = Dialogue.gets(BODY_BYTES);
    private final long[] nanos = new long[MAX_EXCHANGES];

    void compare(Setup setup, Report report) throws Exception {
        List<Route> routes = setup.all(false);
        WarmUp.run(routes, setup.effort().warmUp(), this::median);
        Rounds rounds = Rounds.measure(
                setup.effort().rounds(),
                routes,
                route -> median(route, setup.effort().turn()));
        report.title("Median time of a 1 KiB GET, 1 connection");
        report.medians(rounds, routes, "us");
        double[] ours = added(rounds, routes.get(1), routes.get(0));
        double[] littleProxys = added(rounds, routes.get(2), routes.get(0));
        report.number("this proxy adds", ours, "us");
        report.number("LittleProxy adds", littleProxys, "us");
        report.number(
                "this proxy / LittleProxy", Rounds.combine(ours, littleProxys, (above, below) -> above / below), "");
    }

    private static double[] added(Rounds rounds, Route route, Route direct) {
        return Rounds.combine(rounds.values(route), rounds.values(direct), (with, without) -> with - without);
    }

    private Sample median(Route route, Duration time) throws IOException {
        Duration cpu = route.cpu().get();
        int done = 0;
        try (Link link = dialogue.open(route)) {
            ByteBuffer request = dialogue.request(route);
            ByteBuffer in = dialogue.room(BUFFER);
            long end = System.nanoTime() + time.toNanos();
            for (long begin = System.nanoTime(); begin < end && done < MAX_EXCHANGES; ) {
                dialogue.exchange(link, request, in);
                long now = System.nanoTime();
                nanos[done++] = now - begin;
                begin = now;
            }
        }
        Arrays.sort(nanos, 0, done);
        return new Sample(nanos[done / 2] / 1e3, route.cpu().get().minus(cpu).toNanos() / 1e3 / done);
    }
}
