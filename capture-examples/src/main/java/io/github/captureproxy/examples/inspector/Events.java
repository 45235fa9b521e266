package io.github.captureproxy.examples.inspector;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Tells pages what has changed, as it changes, by server-sent events. Of one topic a page only ever waits for the latest
 * state: a page that reads slowly holds up nobody, and takes no memory. Safe for any thread.
 */
public final class Events implements AutoCloseable {
    /** Each has a connection and a thread of its own; the windows of one browser have one of them together. */
    private static final int MAX_PAGES = 16;
    /** After such a time without news a comment shows that the connection is there, and finds out if the page is. */
    private static final long KEEP_ALIVE_MILLIS = 15_000;

    private final Set<Page> pages = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** What waits for one page: the latest of each topic. */
    private static final class Page {
        private final EndPoint connection;
        private final Map<String, Object> news = new LinkedHashMap<>();
        private boolean ended;

        Page(EndPoint connection) {
            this.connection = connection;
        }

        /** The browser has closed the connection. It sends nothing more on it otherwise, as it is no good for another call. */
        boolean hasGone() {
            try {
                return connection.fill(BufferUtil.allocate(1)) < 0;
            } catch (IOException e) {
                return true;
            }
        }

        synchronized void tell(String topic, Object value) {
            news.put(topic, value);
            notifyAll();
        }

        synchronized void end() {
            ended = true;
            notifyAll();
        }

        synchronized Map<String, Object> take() throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(KEEP_ALIVE_MILLIS);
            for (long left = end - System.nanoTime();
                    news.isEmpty() && !ended && left > 0;
                    left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            Map<String, Object> taken = new LinkedHashMap<>(news);
            news.clear();
            return taken;
        }

        synchronized boolean hasEnded() {
            return ended;
        }
    }

    /** Tells all pages. */
    public void tell(String topic, Object value) {
        pages.forEach(page -> page.tell(topic, value));
    }

    /** Whether any page listens. */
    public boolean hasPages() {
        return !pages.isEmpty();
    }

    /** Finds a place for a page: those that have gone, which nobody may have noticed yet, give theirs. */
    private synchronized boolean admit(Page page) {
        if (pages.size() >= MAX_PAGES) {
            List<Page> gone = pages.stream().filter(Page::hasGone).toList();
            gone.forEach(Page::end);
            pages.removeAll(gone);
        }
        return !closed && pages.size() < MAX_PAGES && pages.add(page);
    }

    /** Serves one page until it goes. */
    void serve(Request request, Response response, Callback callback) {
        Page page = new Page(request.getConnectionMetaData().getConnection().getEndPoint());
        if (!admit(page)) {
            response.setStatus(503);
            callback.succeeded();
            return;
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            write(out, ": hello\n\n");
            while (!page.hasEnded() && !closed) {
                send(out, page.take());
            }
            callback.succeeded();
        } catch (IOException e) { // the page has gone
            callback.failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            callback.failed(e);
        } finally {
            pages.remove(page);
        }
    }

    private static void send(OutputStream out, Map<String, Object> news) throws IOException {
        StringBuilder text = new StringBuilder();
        news.forEach((topic, value) -> text.append("event: ")
                .append(topic)
                .append("\ndata: ")
                .append(new String(Json.bytes(value), StandardCharsets.UTF_8))
                .append("\n\n"));
        write(out, text.isEmpty() ? ":\n\n" : text.toString());
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        closed = true;
        pages.forEach(Page::end);
    }
}
