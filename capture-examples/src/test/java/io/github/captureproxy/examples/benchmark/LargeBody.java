package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/**
 * How fast one large body goes through, on a connection of its own.
 *
 * @param title what is measured
 * @param kind which way it goes, and how
 * @param bytes the body's size
 */
record LargeBody(String title, Kind kind, int bytes) {
    private static final int BUFFER = 256 * 1024;
    private static final double MIB = 1 << 20;

    /** A warm-up body is this part of a measured one. */
    private static final int WARM_UP_DIVISOR = 4;

    /** Which way a body goes, and how. */
    enum Kind {
        GET,
        POST,
        SECURE_GET
    }

    /** A body takes as long as it takes: the rounds are what can be chosen. */
    void compare(Setup setup, Report report) throws Exception {
        List<Route> routes = setup.all(kind == Kind.SECURE_GET);
        LargeBody warmUp = new LargeBody(title, kind, bytes / WARM_UP_DIVISOR);
        WarmUp.run(routes, setup.effort().warmUp(), (route, time) -> warmUp.turn(route));
        Rounds rounds = Rounds.measure(setup.effort().rounds(), routes, this::turn);
        report.title(title);
        report.medians(rounds, routes, "MiB/s");
        report.ratio(rounds, routes.get(1), routes.get(2));
        report.cpuRatio(rounds, routes.get(2), routes.get(1));
        report.ratio(rounds, routes.get(1), routes.get(0));
    }

    private Sample turn(Route route) throws IOException {
        Dialogue dialogue = kind == Kind.SECURE_GET ? Dialogue.secureGets(Hosts.ONE, bytes) : Dialogue.gets(bytes);
        try (Link link = dialogue.open(route)) {
            ByteBuffer room = dialogue.room(BUFFER);
            Duration cpu = route.cpu().get();
            long begin = System.nanoTime();
            if (kind == Kind.POST) {
                post(route, link.channel(), room);
            } else {
                dialogue.exchange(link, dialogue.request(route), room);
            }
            return Sample.rate(
                    bytes / MIB,
                    System.nanoTime() - begin,
                    route.cpu().get().minus(cpu).toNanos());
        }
    }

    private void post(Route route, SocketChannel channel, ByteBuffer out) throws IOException {
        Route.write(
                channel,
                route.request(
                        "POST",
                        "/" + bytes,
                        "Content-Type: application/octet-stream\r\nContent-Length: " + bytes + "\r\n"));
        for (int left = bytes; left > 0; ) {
            left -= channel.write(out.clear().limit(Math.min(left, BUFFER)));
        }
        String head = Route.readHead(channel);
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new IOException(route.name() + " answered " + head);
        }
    }
}
