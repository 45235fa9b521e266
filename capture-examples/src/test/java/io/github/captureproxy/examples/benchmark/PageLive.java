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
 * follows them. That is held against the same process with recording paused, and against an app without a page and a
 * database: two JVMs with the same flags alone differ by some percent. Then as many as go through.
 */
final class PageLive {
    private static final int PER_SECOND = 1_000;
    private static final int CONNECTIONS = 32;
    private static final int BODY_BYTES = 1024;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final int WAITS = 200;
    private static final long WAIT_MILLIS = 50;

    /** Until what a turn recorded is written and indexed, which is no other turn's to pay for. */
    private static final Duration AFTERWARDS = Duration.ofMillis(1_500);

    private final Dialogue dialogue = Dialogue.gets(BODY_BYTES);

    void compare(Setup setup, Report report) throws Exception {
        Path home = Files.createTempDirectory("benchmark-page");
        try (ExampleApp with = new ExampleApp(home, setup.effort().jvmFlags(), "--ui-port", "0", "--no-open");
                ExampleApp without = new ExampleApp(home, setup.effort().jvmFlags(), "--no-ui");
                PageWatcher page = new PageWatcher(PageCalls.open(with.link()))) {
            Route live = setup.through("with the page", with);
            Route paused = setup.through("the same, paused", with);
            Route alone = setup.through("without a page", without);
            paced(setup, report, new Three(live, paused, alone), page);
            report.number("the app's process, at most", new double[] {with.peakMebibytes()}, "MiB");
            page.record(true);
            new Throughput("As many as go through, 32 connections", dialogue, CONNECTIONS)
                    .compare(setup, report, List.of(live, alone));
            report.number("not recorded then", new double[] {page.dropped()}, "");
        } finally {
            delete(home);
        }
    }

    /** The app that a page follows, once as it records and once paused, and the app without one. */
    private record Three(Route live, Route paused, Route alone) {
        List<Route> all() {
            return List.of(live, paused, alone);
        }
    }

    private void paced(Setup setup, Report report, Three routes, PageWatcher page) throws Exception {
        WarmUp.run(
                List.of(routes.live(), routes.alone()),
                setup.effort().warmUp(),
                (route, time) -> median(route, time, page, routes.live()));
        long rowsBefore = settled(page);
        long windowsBefore = page.windows();
        Rounds rounds = Rounds.measure(
                setup.effort().rounds(),
                routes.all(),
                route -> median(route, setup.effort().turn(), page, routes.live()));
        long rows = settled(page) - rowsBefore;
        long sent = setup.effort().rounds() * setup.effort().turn().toMillis() * PER_SECOND / 1_000;
        report.title("1,000 GETs of 1 KiB a second, 32 connections, median time");
        report.medians(rounds, routes.all(), "us");
        report.ratio(rounds, routes.live(), routes.paused());
        report.ratio(rounds, routes.live(), routes.alone());
        report.number("recorded, of " + sent, new double[] {rows}, "");
        report.number("windows of rows shown", new double[] {page.windows() - windowsBefore}, "");
    }

    private Sample median(Route route, Duration time, PageWatcher page, Route live) throws Exception {
        page.record(route.equals(live));
        Thread.sleep(AFTERWARDS.toMillis());
        try (PacedLoad load = new PacedLoad(route, dialogue, CONNECTIONS)) {
            Duration cpu = route.cpu().get();
            long[] nanos = load.run(time, PER_SECOND);
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
