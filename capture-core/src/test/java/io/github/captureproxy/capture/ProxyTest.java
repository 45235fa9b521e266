package io.github.captureproxy.capture;

import static io.github.captureproxy.history.ExchangeFilter.any;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of this package start from: an origin that is driven by hand, and proxies that are closed at the end. */
abstract class ProxyTest {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    RawOrigin origin;

    @BeforeEach
    void listen() throws IOException {
        origin = closedAtEnd(new RawOrigin());
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    /** A builder for a free port. */
    static CaptureProxyBuilder builder() {
        return CaptureProxy.builder().port(0);
    }

    /** A proxy with defaults. */
    CaptureProxy start() {
        return start(builder());
    }

    CaptureProxy start(CaptureProxyBuilder builder) {
        return closedAtEnd(builder.start());
    }

    RawSocket connect(CaptureProxy proxy) throws IOException {
        return closedAtEnd(RawSocket.connect(proxy.address()));
    }

    RawSocket accept() throws IOException {
        return closedAtEnd(origin.accept());
    }

    <T extends AutoCloseable> T closedAtEnd(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Lets one exchange pass and returns its record. */
    Exchange pass(CaptureProxy proxy, String request, String response) throws IOException {
        Script.run(proxy, origin, request, response);
        return proxy.history().last(any()).orElseThrow();
    }
}
