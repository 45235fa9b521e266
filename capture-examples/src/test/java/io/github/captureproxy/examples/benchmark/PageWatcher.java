package io.github.captureproxy.examples.benchmark;

import io.github.captureproxy.examples.inspector.PageCalls;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Asks the example app what its page asks while rows come in: at each piece of news, for the last rows. */
final class PageWatcher implements AutoCloseable {
    private static final String LAST_ROWS = "/api/rows?sort=time&limit=150&offset=0&fromEnd=1";

    private final PageCalls calls;
    private final Stream<String> news;
    private final AtomicLong windows = new AtomicLong();
    private final Thread thread = new Thread(this::watch, "page-watcher");

    PageWatcher(PageCalls calls) throws IOException, InterruptedException {
        this.calls = calls;
        this.news = calls.news();
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        news.filter("event: rows"::equals).forEach(line -> {
            try {
                calls.get(LAST_ROWS).json();
                windows.incrementAndGet();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Has the app record, or pause. */
    void record(boolean recording) throws IOException, InterruptedException {
        PageCalls.Answer answer = calls.call("POST", "/api/recording", Map.of("paused", !recording));
        if (answer.status() != 200) {
            throw new IOException("recording is not switched: " + answer);
        }
    }

    /** How often it has shown new rows. */
    long windows() {
        return windows.get();
    }

    /** Rows in the history. */
    long rows() throws IOException, InterruptedException {
        return calls.get("/api/state").json().path("rows").asLong();
    }

    /** Exchanges that were not recorded. */
    long dropped() throws IOException, InterruptedException {
        return calls.get("/api/state").json().path("dropped").asLong();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
