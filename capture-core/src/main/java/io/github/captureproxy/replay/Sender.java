package io.github.captureproxy.replay;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpOrigin;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests through proxies of its own, one for each origin, which record the answers. For one thread. */
final class Sender implements AutoCloseable {
    /** Origins whose proxies are kept: a session has few, and each proxy has a thread or more. */
    private static final int MOST_PROXIES = 8;

    /** Once a connection is closed, its exchange ends at once. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Way way;
    private final Map<HttpOrigin, CaptureProxy> proxies = new LinkedHashMap<>(MOST_PROXIES, 0.75f, true);
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "capture-replay");
        thread.setDaemon(true);
        return thread;
    });

    Sender(Way way) {
        this.way = way;
    }

    /** Sends a request, and returns the exchange that came of it, ended in whatever way. */
    Exchange send(CapturedMessage message, HttpOrigin origin) throws IOException, InterruptedException {
        CaptureProxy proxy = proxy(origin);
        Duration timeout = way.timeout();
        Optional<Exchange> ended;
        int port;
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(proxy.address(), millis(timeout));
            port = socket.getLocalPort();
            // Sent and read at once, or both sides could wait for the other to take what it sends.
            threads.execute(() -> write(message, socket));
            threads.execute(() -> discard(socket));
            ended = await(proxy, port, timeout);
        }
        if (ended.isEmpty()) { // time is up: the closed connection ends it
            ended = await(proxy, port, SOON);
        }
        proxy.history().clear();
        return ended.orElseThrow(() -> new IOException("the exchange went on though its connection was closed"));
    }

    private CaptureProxy proxy(HttpOrigin origin) {
        CaptureProxy known = proxies.get(origin);
        if (known != null) {
            return known;
        }
        if (proxies.size() == MOST_PROXIES) {
            Iterator<CaptureProxy> leastUsed = proxies.values().iterator();
            leastUsed.next().close();
            leastUsed.remove();
        }
        CaptureProxy started =
                way.to(origin, CaptureProxy.builder().port(0).ioThreads(1)).start();
        proxies.put(origin, started);
        return started;
    }

    private static int millis(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, time.toMillis()));
    }

    private static Optional<Exchange> await(CaptureProxy proxy, int port, Duration limit) throws InterruptedException {
        try {
            return Optional.of(proxy.history()
                    .await(exchange -> exchange.client().address().getPort() == port, limit));
        } catch (TimeoutException e) { // the caller asks again, or says so
            return Optional.empty();
        }
    }

    private static void write(CapturedMessage message, Socket socket) {
        try {
            message.writeTo(new BufferedOutputStream(socket.getOutputStream()));
        } catch (IOException e) {
            close(socket); // or the rest would be waited for: the exchange tells of what came of it
        }
    }

    private static void discard(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            close(socket); // by its owner, or broken: the exchange tells of what came of it
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) { // nothing is left to be done, and nothing depends on it
            return;
        }
    }

    @Override
    public void close() {
        proxies.values().forEach(CaptureProxy::close);
        threads.shutdownNow();
        try {
            threads.awaitTermination(SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) { // the threads end by themselves, as their sockets are closed
            Thread.currentThread().interrupt();
        }
    }
}
