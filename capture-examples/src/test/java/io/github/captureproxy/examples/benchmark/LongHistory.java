package io.github.captureproxy.examples.benchmark;

import io.github.captureproxy.examples.PageBrowser;
import io.github.captureproxy.examples.inspector.PageCalls;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * How the example app does with a long history: the time until its page shows rows, the time to filter and to search, and
 * the memory of both. What is asked for is another thing in each round, so that no answer is remembered.
 */
final class LongHistory {
    private static final double NANOS_PER_MILLI = 1e6;

    /** The page's clock begins when its address is opened. */
    private static final String MILLIS_UNTIL_ROWS = """
            const done = arguments[arguments.length - 1];
            (function look() {
              if (document.querySelector('traffic-list [data-row]')) done(performance.now());
              else requestAnimationFrame(look);
            })();
            """;
    /** Goes through the whole list, and takes the longest time between two frames. */
    private static final String SCROLLED = """
            const done = arguments[arguments.length - 1];
            const grid = document.querySelector('traffic-list .grid');
            const steps = 120;
            let step = 0, last = performance.now(), longest = 0;
            (function frame(now) {
              longest = Math.max(longest, now - last);
              last = now;
              grid.scrollTop = grid.scrollHeight * (step / steps);
              if (step++ < steps) requestAnimationFrame(frame);
              else done(longest);
            })(last);
            """;

    private static final Map<String, IntFunction<String>> QUESTIONS = new LinkedHashMap<>();

    static {
        QUESTIONS.put("filter by host", i -> filter("host:api" + i % HistoryFiller.HOSTS + ".example"));
        QUESTIONS.put("filter by part of a URL", i -> filter("url:/order/" + (10 + i)));
        QUESTIONS.put(
                "filter by status and method",
                i -> filter("status:" + (i % 2 == 0 ? "5xx" : "404") + " method:P*" + " size:>" + i));
        QUESTIONS.put("filter by duration, sorted", i -> filter("duration:>" + (300 + i) + "ms") + "&sort=duration");
        QUESTIONS.put("filter by a header's value", i -> filter("header:server=nginx url:" + i));
        QUESTIONS.put("filter by text in a body", i -> filter("body:\"order " + i + "\""));
        QUESTIONS.put("search for a word", i -> search("parcel" + i));
        QUESTIONS.put("search for two words", i -> search("parcel" + i % 50 + " refund" + i % 49));
        QUESTIONS.put("search for a number", i -> search(String.valueOf(5000 + i)));
        QUESTIONS.put(
                "quick toggles",
                i -> "errors=1&methods=GET&status=4,5&host=api" + i % HistoryFiller.HOSTS + ".example");
    }

    private final int exchanges;

    LongHistory(int exchanges) {
        this.exchanges = exchanges;
    }

    void measure(Setup setup, Report report) throws Exception {
        Path home = Files.createTempDirectory("benchmark-page");
        try {
            Path file = home.resolve("history.db");
            HistoryFiller.fill(file, exchanges);
            report.title(String.format(
                    "The page with %,d exchanges, a database of %,d MiB", exchanges, Files.size(file) >> 20));
            try (ExampleApp app = new ExampleApp(
                    home, setup.effort().jvmFlags(), "--ui-port", "0", "--no-open", "--history", file.toString())) {
                PageCalls calls = PageCalls.open(app.link());
                questions(setup, report, calls, app);
                page(setup, report, app.link(), calls, home);
                report.number("the app's process, at most", new double[] {app.peakMebibytes()}, "MiB");
            }
        } finally {
            PageLive.delete(home);
        }
    }

    /** The list is there before anybody can type a filter. */
    private static void questions(Setup setup, Report report, PageCalls calls, ExampleApp app) throws Exception {
        long asked = System.nanoTime();
        calls.get("/api/rows?limit=150&sort=time&fromEnd=1").json();
        report.number("the list, first time", new double[] {(System.nanoTime() - asked) / NANOS_PER_MILLI}, "ms");
        for (Map.Entry<String, IntFunction<String>> question : QUESTIONS.entrySet()) {
            int rounds = setup.effort().rounds();
            double[] millis = new double[rounds];
            double[] cpu = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                long begin = System.nanoTime();
                Duration before = app.cpu();
                calls.get("/api/rows?limit=150&" + question.getValue().apply(round))
                        .json();
                millis[round] = (System.nanoTime() - begin) / NANOS_PER_MILLI;
                cpu[round] = app.cpu().minus(before).toMillis();
            }
            report.number(question.getKey(), millis, "ms");
            report.number("  of the CPU", cpu, "ms");
        }
    }

    private static void page(Setup setup, Report report, URI link, PageCalls calls, Path home) throws Exception {
        Optional<String> missing = PageBrowser.missing();
        if (missing.isPresent()) {
            report.title("no browser: " + missing.get());
            return;
        }
        try (PageBrowser browser = PageBrowser.start(home.resolve("profile"))) {
            browser.driver().get(link.resolve("/").toString());
            browser.driver().executeScript("sessionStorage.setItem('capture-key', arguments[0])", calls.key());
            List<Double> ready = new ArrayList<>();
            List<Double> frames = new ArrayList<>();
            for (int round = 0; round <= setup.effort().rounds(); round++) {
                browser.driver().get("about:blank");
                browser.driver().get(link.resolve("/#/traffic").toString());
                ready.add(number(browser, MILLIS_UNTIL_ROWS));
                frames.add(number(browser, SCROLLED));
            }
            report.number("page, first time", new double[] {ready.get(0)}, "ms");
            report.number("page, next times", doubles(ready.subList(1, ready.size())), "ms");
            report.number("longest frame, scrolling", doubles(frames), "ms");
            report.number("the page's scripts' heap", new double[] {heapMebibytes(browser)}, "MiB");
            report.number("the page's process", new double[] {processMebibytes()}, "MiB");
        }
    }

    private static double number(PageBrowser browser, String script) {
        return ((Number) browser.driver().executeAsyncScript(script)).doubleValue();
    }

    private static double heapMebibytes(PageBrowser browser) {
        browser.driver().executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
        Object used = browser.driver()
                .executeCdpCommand("Runtime.getHeapUsage", Map.of())
                .get("usedSize");
        return ((Number) used).doubleValue() / (1 << 20);
    }

    /** The largest of the browser's processes that show pages; Linux only. */
    private static double processMebibytes() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> isRenderer(process.pid()))
                .mapToDouble(process -> resident(process.pid()))
                .max()
                .orElse(Double.NaN);
    }

    private static boolean isRenderer(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .contains("--type=renderer");
        } catch (IOException e) { // ended meanwhile, or another user's
            return false;
        }
    }

    private static double resident(long pid) {
        try {
            return ExampleApp.mebibytes(pid, "VmRSS");
        } catch (IOException e) { // ended meanwhile
            return 0;
        }
    }

    private static String filter(String text) {
        return "filter=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String search(String text) {
        return "search=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static double[] doubles(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
