package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many exchanges a second go through over HTTP/2, beside HTTP/1.1 on as many connections as elsewhere, and on as
 * many as there are streams.
 *
 * @param answerBytes the size of all answers
 */
record Http2Throughput(int answerBytes) {
    private static final int CONNECTIONS = 10;
    private static final int STREAMS = 10;
    private static final int HTTP1_CONNECTIONS = 32;
    private static final int ALL_STREAMS = CONNECTIONS * STREAMS;

    /** Before the clock runs, so that all connections are open and have been used. */
    private static final Duration SETTLE = Duration.ofMillis(300);

    /** Makes the load of a way. */
    private interface Opening {
        Busy open(Route route) throws IOException;
    }

    void compare(Setup setup, Report report) throws Exception {
        Route directHttp2 = setup.http2(false, answerBytes);
        Route http2 = setup.http2(true, answerBytes);
        Route directHttp1 = setup.http1(false, "direct, HTTP/1.1");
        Route http1 = setup.http1(true, "HTTP/1.1");
        Route wideHttp1 = setup.http1(true, "HTTP/1.1, 100 connections");
        Map<Route, Opening> ways = new LinkedHashMap<>();
        ways.put(directHttp2, route -> new Http2Load(route, answerBytes, CONNECTIONS, STREAMS));
        ways.put(http2, ways.get(directHttp2));
        ways.put(directHttp1, route -> http1(route, HTTP1_CONNECTIONS));
        ways.put(http1, ways.get(directHttp1));
        ways.put(wideHttp1, route -> http1(route, ALL_STREAMS));
        List<Route> routes = List.copyOf(ways.keySet());
        WarmUp.run(routes, setup.effort().warmUp(), (route, time) -> turn(ways.get(route), route, time));
        Rounds rounds = Rounds.measure(
                setup.effort().rounds(),
                routes,
                route -> turn(ways.get(route), route, setup.effort().turn()));
        report.title("1 KiB GETs over HTTP/2, 10 streams on each of 10 intercepted connections; HTTP/1.1 on 32");
        report.medians(rounds, routes, "/s");
        report.ratio(rounds, http2, http1);
        report.cpuRatio(rounds, http2, http1);
        report.ratio(rounds, http2, wideHttp1);
        report.ratio(rounds, directHttp2, http2);
    }

    private Busy http1(Route route, int connections) throws IOException {
        return new Load(route, Dialogue.secureGets(Hosts.ONE, answerBytes), connections);
    }

    private static Sample turn(Opening opening, Route route, Duration time) throws IOException {
        try (Busy load = opening.open(route)) {
            load.run(SETTLE);
            Duration cpu = route.cpu().get();
            long begin = System.nanoTime();
            double done = (double) load.run(time);
            return Sample.rate(
                    done,
                    System.nanoTime() - begin,
                    route.cpu().get().minus(cpu).toNanos());
        }
    }
}
