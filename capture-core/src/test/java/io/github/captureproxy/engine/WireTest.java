package io.github.captureproxy.engine;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A proxy between raw sockets: the test is its client and its origin, and sees each byte on both sides. */
abstract class WireTest {
    /** A wait that takes longer is a failure, not slowness. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String PROBE = "probe.invalid";
    private static final ExchangeFilter NO_PROBE = ExchangeFilter.host(PROBE).not();

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    RawOrigin origin;
    CaptureProxy proxy;

    @BeforeEach
    void start() throws IOException {
        origin = opened(new RawOrigin());
        proxy = opened(options().start());
    }

    @AfterEach
    void stop() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    /** What the proxy is told: one I/O thread, so that all exchanges share one pool of connections. */
    CaptureProxyBuilder options() {
        return CaptureProxy.builder().port(0).ioThreads(1);
    }

    /** Closes something behind the test. */
    final <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    /** Starts a proxy with other options in place of the one that is there. */
    final void restart(CaptureProxyBuilder builder) {
        proxy = opened(builder.start());
    }

    /** A new connection to the proxy. */
    final RawSocket client() throws IOException {
        return opened(RawSocket.connect(proxy.address()));
    }

    /** A new connection to the proxy that has sent this. */
    final RawSocket clientSending(String bytes) throws IOException {
        return client().send(bytes);
    }

    /** The proxy's next connection to the origin. */
    final RawSocket accept() throws IOException {
        return opened(origin.accept());
    }

    /** A whole request without a body, as it goes to a proxy. */
    final String get(String path, String... fields) {
        return request("GET", path, "", fields);
    }

    /** A whole request as it goes to a proxy. */
    final String request(String method, String path, String body, String... fields) {
        return method + " http://" + origin.authority() + path + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n"
                + lines(fields) + "\r\n" + body;
    }

    /** The head that the origin is to get for it. */
    final String forwarded(String method, String path, String... fields) {
        return method + " " + path + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n" + lines(fields) + "\r\n";
    }

    static String lines(String... fields) {
        return fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    }

    /** A whole response with a body of known length. */
    static String response(String line, String body, String... fields) {
        return "HTTP/1.1 " + line + "\r\n" + lines(fields) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** The exchanges that have ended. */
    final List<Exchange> exchanges() {
        return proxy.history().find(NO_PROBE);
    }

    /** The only exchange, which has ended by now. */
    final Exchange recorded() {
        return proxy.history().single(NO_PROBE);
    }

    /** The only exchange, as soon as it has ended. */
    final Exchange awaited() throws TimeoutException, InterruptedException {
        proxy.history().await(NO_PROBE, PATIENCE);
        return recorded();
    }

    /**
     * Returns when the proxy's one I/O thread has read all that was sent to it before: it has done other work since.
     * Twice, as the first may come in one turn of its loop with what was sent before, and be done first.
     */
    final void letProxyRead() throws IOException {
        for (int i = 0; i < 2; i++) {
            clientSending("OPTIONS http://" + PROBE + "/ HTTP/1.1\r\nHost: " + PROBE + "\r\nMax-Forwards: 0\r\n\r\n")
                    .readToEnd();
        }
    }

    /**
     * Reads what the origin gets first, or next on a given connection, when a harmless request is sent now: had anything
     * reached it before, that would be read in its place.
     */
    final String nextAtOrigin(RawSocket kept) throws IOException {
        clientSending(get("/sentinel"));
        RawSocket server = kept == null ? accept() : kept;
        return server.readHead();
    }

    /** What {@link #nextAtOrigin} returns when nothing had reached the origin. */
    final String sentinel() {
        return forwarded("GET", "/sentinel");
    }
}
