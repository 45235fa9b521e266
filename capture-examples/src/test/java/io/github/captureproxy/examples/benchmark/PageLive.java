package io.github.captureproxy.examples.benchmark;

import io.github.captureproxy.examples.inspector.PageCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the example app's page costs its proxy: a thousand exchanges a second are recorded in the database while a page
 * follows them, against the same app without a page; then as many as go through.
 */
final class PageLive {
    private static final int PER_SECOND = 1_000;
    private static final int CONNECTIONS = 32;
    private static final int BODY_BYTES = 1024;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final int WAITS = 200;
    private static final long WAIT_MILLIS = 50;

    private final Dialogue dialogue = Dialogue.gets(BODY_BYTES);
    private long sent;

    void compare(Setup setup, Report report) throws Exception {
        Path home = Files.createTempDirectory("benchmark-page");
        try (ExampleApp with = new ExampleApp(home, setup.effort().jvmFlags(), "--ui-port", "0", "--no-open");
                ExampleApp without = new ExampleApp(home, setup.effort().jvmFlags(), "--no-ui");
                PageWatcher page = new PageWatcher(PageCalls.open(with.link()))) {
            List<Route> routes =
                    List.of(setup.through("with the page", with), setup.through("without a page", without));
            paced(setup, report, routes, page);
            report.number("the app's process, at most", new double[] {with.peakMebibytes()}, "MiB");
            new Throughput("As many as go through, 32 connections", dialogue, CONNECTIONS)
                    .compare(setup, report, routes);
            report.number("not recorded then", new double[] {page.dropped()}, "");
        } finally {
            delete(home);
        }
    }

    private void paced(Setup setup, Report report, List<Route> routes, PageWatcher page) throws Exception {
        WarmUp.run(routes, setup.effort().warmUp(), (route, time) -> median(route, time));
        long rowsBefore = settled(page);
        long windowsBefore = page.windows();
        sent = 0;
        Rounds rounds = Rounds.measure(
                setup.effort().rounds(),
                routes,
                route -> median(route, setup.effort().turn()));
        long rows = settled(page) - rowsBefore;
        report.title("1,000 GETs of 1 KiB a second, 32 connections, median time");
        report.medians(rounds, routes, "us");
        report.ratio(rounds, routes.get(0), routes.get(1));
        report.number("recorded, of " + sent / 2, new double[] {rows}, "");
        report.number("windows of rows shown", new double[] {page.windows() - windowsBefore}, "");
    }

    private Sample median(Route route, Duration time) throws IOException {
        try (PacedLoad load = new PacedLoad(route, dialogue, CONNECTIONS)) {
            Duration cpu = route.cpu().get();
            long[] nanos = load.run(time, PER_SECOND);
            sent += nanos.length;
            double micros = route.cpu().get().minus(cpu).toNanos() / NANOS_PER_MICRO;
            return new Sample(nanos[nanos.length / 2] / NANOS_PER_MICRO, micros / nanos.length);
        }
    }

    /** The rows in the history, when no more come. */
    private static long settled(PageWatcher page) throws Exception {
        long rows = page.rows();
        for (int wait = 0, same = 0; wait < WAITS && same < 20; wait++) {
            Thread.sleep(WAIT_MILLIS);
            long now = page.rows();
            same = now == rows ? same + 1 : 0;
            rows = now;
        }
        return rows;
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
