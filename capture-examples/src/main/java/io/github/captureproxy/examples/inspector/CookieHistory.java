package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.cookies.CapturedCookies;
import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.StoreException;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.spi.ExchangeListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cookies of all that is in the history: of what was captured before the program started, too, which a thread of its own
 * reads, and then of what is captured. Safe for any thread.
 */
final class CookieHistory implements ExchangeListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CookieHistory.class);

    /** So many of the latest exchanges with cookies are read again at the start: some seconds of work, in the background. */
    private static final int MAX_READ = 20_000;

    /** What is captured meanwhile waits until that is done; past it the oldest are left out. */
    private static final int MAX_WAITING = 2_000;

    private final HistoryStore store;
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    private volatile CapturedCookies cookies = new CapturedCookies();
    private boolean reading = true;
    private volatile boolean closed;
    private final Thread reader;

    private CookieHistory(HistoryStore store) {
        this.store = store;
        this.reader = new Thread(this::read, "inspector-cookies");
        reader.setDaemon(true);
    }

    /** Begins to read what is in a history. */
    static CookieHistory of(HistoryStore store) {
        CookieHistory history = new CookieHistory(store);
        history.reader.start();
        return history;
    }

    private void read() {
        CapturedCookies found = new CapturedCookies();
        try {
            try (Stream<Exchange> exchanges = store.exchanges(store.withCookies(MAX_READ))) {
                exchanges.takeWhile(each -> !closed).forEach(found::onExchange);
            }
        } catch (StoreException e) {
            LOG.warn("the cookies of what was captured before can't be read", e);
        }
        go(found);
    }

    private synchronized void go(CapturedCookies found) {
        waiting.forEach(found::onExchange);
        waiting.clear();
        cookies = found;
        reading = false;
    }

    @Override
    public synchronized void onExchange(Exchange exchange) {
        if (!reading) {
            cookies.onExchange(exchange);
            return;
        }
        if (waiting.size() >= MAX_WAITING) {
            waiting.removeFirst();
        }
        waiting.add(exchange);
    }

    /** The cookies as they are known now. */
    CapturedCookies cookies() {
        return cookies;
    }

    /** Whether what was captured before is still being read. */
    synchronized boolean isReading() {
        return reading;
    }

    /** Forgets all of them; exchanges stay. */
    synchronized void clear() {
        cookies = new CapturedCookies();
    }

    @Override
    public void close() {
        closed = true;
    }
}
