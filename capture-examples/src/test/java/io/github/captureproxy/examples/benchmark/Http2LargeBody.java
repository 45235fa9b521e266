package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * How fast one large body goes through on one HTTP/2 stream, beside HTTP/1.1, each on a connection of its own.
 *
 * @param bytes the body's size
 */
record Http2LargeBody(int bytes) {
    private static final int BUFFER = 256 * 1024;
    private static final double MIB = 1 << 20;

    /** A warm-up body is this part of a measured one. */
    private static final int WARM_UP_DIVISOR = 4;

    void compare(Setup setup, Report report) throws Exception {
        Route directHttp2 = setup.http2(false, bytes / WARM_UP_DIVISOR);
        Route http2 = setup.http2(true, bytes / WARM_UP_DIVISOR);
        Route directHttp1 = setup.http1(false, "direct, HTTP/1.1");
        Route http1 = setup.http1(true, "HTTP/1.1");
        List<Route> routes = List.of(directHttp2, http2, directHttp1, http1);
        Http2LargeBody warmUp = new Http2LargeBody(bytes / WARM_UP_DIVISOR);
        WarmUp.run(routes, setup.effort().warmUp(), (route, time) -> warmUp.turn(route));
        setup.http2(true, bytes);
        Rounds rounds = Rounds.measure(setup.effort().rounds(), routes, this::turn);
        report.title("1 GiB GET on one HTTP/2 stream in an intercepted tunnel, and over HTTP/1.1");
        report.medians(rounds, routes, "MiB/s");
        report.ratio(rounds, http2, http1);
        report.cpuRatio(rounds, http2, http1);
        report.ratio(rounds, directHttp2, http2);
    }

    private Sample turn(Route route) throws IOException {
        return route.name().contains("HTTP/2") ? http2(route) : http1(route);
    }

    private Sample http2(Route route) throws IOException {
        Http2Client client = new Http2Client(route, Hosts.ONE, bytes, 1);
        try (Link link = client.link()) {
            Duration cpu = route.cpu().get();
            long begin = System.nanoTime();
            client.ask();
            while (client.answers() == 0) {
                client.read();
                client.grant();
            }
            return sample(route, cpu, begin);
        }
    }

    private Sample http1(Route route) throws IOException {
        Dialogue dialogue = Dialogue.secureGets(Hosts.ONE, bytes);
        try (Link link = dialogue.open(route)) {
            ByteBuffer room = dialogue.room(BUFFER);
            Duration cpu = route.cpu().get();
            long begin = System.nanoTime();
            dialogue.exchange(link, dialogue.request(route), room);
            return sample(route, cpu, begin);
        }
    }

    private Sample sample(Route route, Duration cpu, long begin) {
        return Sample.rate(
                bytes / MIB,
                System.nanoTime() - begin,
                route.cpu().get().minus(cpu).toNanos());
    }
}
