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
 * @param upload true for a POST, false for a GET
 * @param bytes the body's size
 */
record LargeBody(String title, boolean upload, long bytes) {
    private static final int BUFFER = 256 * 1024;
    private static final double MIB = 1 << 20;

    /** A warm-up body is this part of a measured one. */
    private static final int WARM_UP_DIVISOR = 4;

    /** A body takes as long as it takes: the rounds are what can be chosen. */
    void compare(Setup setup, Report report) throws Exception {
        List<Route> routes = setup.all();
        LargeBody warmUp = new LargeBody(title, upload, bytes / WARM_UP_DIVISOR);
        WarmUp.run(routes, setup.effort().warmUp(), (route, time) -> warmUp.turn(route));
        Rounds rounds = Rounds.measure(setup.effort().rounds(), routes, this::turn);
        report.title(title);
        report.medians(rounds, routes, "MiB/s");
        report.ratio(rounds, routes.get(1), routes.get(2));
        report.ratio(rounds, routes.get(1), routes.get(0));
    }

    private Sample turn(Route route) throws IOException {
        try (SocketChannel channel = route.open()) {
            Duration cpu = route.cpu().get();
            long begin = System.nanoTime();
            if (upload) {
                post(route, channel);
            } else {
                get(route, channel);
            }
            return Sample.rate(
                    bytes / MIB,
                    System.nanoTime() - begin,
                    route.cpu().get().minus(cpu).toNanos());
        }
    }

    private void get(Route route, SocketChannel channel) throws IOException {
        Route.write(channel, route.request("GET", "/" + bytes, ""));
        Route.readHead(channel);
        ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
        for (long left = bytes; left > 0; ) {
            int read = channel.read(in.clear());
            if (read < 0) {
                throw new IOException(route.name() + " ended " + left + " bytes early");
            }
            left -= read;
        }
    }

    private void post(Route route, SocketChannel channel) throws IOException {
        Route.write(
                channel,
                route.request(
                        "POST",
                        "/" + bytes,
                        "Content-Type: application/octet-stream\r\nContent-Length: " + bytes + "\r\n"));
        ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
        for (long left = bytes; left > 0; ) {
            left -= channel.write(out.clear().limit((int) Math.min(left, BUFFER)));
        }
        String head = Route.readHead(channel);
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new IOException(route.name() + " answered " + head);
        }
    }
}
