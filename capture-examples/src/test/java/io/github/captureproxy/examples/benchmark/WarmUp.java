package io.github.captureproxy.examples.benchmark;

import java.time.Duration;
import java.util.List;

/**
 * Lets the JIT compilers get ready. They lag behind the load on a machine with few cores, and then work on while another
 * proxy is measured: so the load comes in slices, and after each the proxies may use the CPU alone until they are done.
 */
final class WarmUp {
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** Periodic tasks of idle JVMs use less in a look, a flight recording included. */
    private static final Duration QUIET = Duration.ofMillis(60);

    private static final int MAX_LOOKS = 50;

    private WarmUp() {}

    /** Runs the load on each route for about that time in all. */
    static void run(List<Route> routes, Duration time, Load load) throws Exception {
        for (Duration done = Duration.ZERO; done.compareTo(time) < 0; done = done.plus(SLICE)) {
            for (Route route : routes) {
                load.run(route, SLICE);
                awaitQuiet(routes);
            }
        }
    }

    /** Waits until the proxies' JVMs use no CPU, but not for ever. */
    static void awaitQuiet(List<Route> routes) throws InterruptedException {
        Duration before = cpu(routes);
        for (int look = 0; look < MAX_LOOKS; look++) {
            Thread.sleep(LOOK.toMillis());
            Duration now = cpu(routes);
            if (now.minus(before).compareTo(QUIET) <= 0) {
                return;
            }
            before = now;
        }
    }

    private static Duration cpu(List<Route> routes) {
        return routes.stream().map(route -> route.cpu().get()).reduce(Duration.ZERO, Duration::plus);
    }

    /** Uses a route for some time. */
    interface Load {
        void run(Route route, Duration time) throws Exception;
    }
}
