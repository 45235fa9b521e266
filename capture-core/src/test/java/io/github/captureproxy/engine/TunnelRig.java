package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A proxy, an origin beside it, the sockets that a test opened, and what the proxy's listener has heard. */
final class TunnelRig implements AutoCloseable {
    static final String ESTABLISHED = "HTTP/1.1 200 Connection Established\r\n\r\n";

    /** Where origins listen. */
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static final int WAIT_SECONDS = 20;

    final RawOrigin origin = new RawOrigin();
    final CaptureProxy proxy;
    private final BlockingQueue<Tunnel> tunnels = new LinkedBlockingQueue<>();
    private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
    private final BlockingQueue<WebSocketMessage> messages = new LinkedBlockingQueue<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    TunnelRig() throws IOException {
        this(options -> options);
    }

    TunnelRig(UnaryOperator<CaptureProxyBuilder> options) throws IOException {
        proxy = options.apply(CaptureProxy.builder().port(0).listener(new Listener()))
                .start();
    }

    /** Both ends of a tunnel that is open. */
    record Ends(RawSocket client, RawSocket server) {}

    /** A client that has connected to the proxy and sent nothing yet. */
    RawSocket client() throws IOException {
        return closing(RawSocket.connect(proxy.address()));
    }

    /** The origin's next connection. */
    RawSocket accept() throws IOException {
        return closing(origin.accept());
    }

    <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    /** Opens a tunnel to the origin. */
    Ends open() throws IOException {
        RawSocket client = client().send(connect(origin.authority()));
        RawSocket server = accept();
        assertThat(client.readHead()).isEqualTo(ESTABLISHED);
        return new Ends(client, server);
    }

    static String connect(String authority) {
        return "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
    }

    /** The next tunnel that ends; it is in History by then. */
    Tunnel ended() throws InterruptedException {
        return next(tunnels, "tunnel");
    }

    /** The next exchange that ends; it is in History by then. */
    Exchange exchange() throws InterruptedException {
        return next(exchanges, "exchange");
    }

    /** The next WebSocket message that passes. */
    WebSocketMessage message() throws InterruptedException {
        return next(messages, "message");
    }

    /** The names of all proxies' threads. */
    static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("capture-proxy"))
                .collect(Collectors.toSet());
    }

    private static <T> T next(BlockingQueue<T> queue, String what) throws InterruptedException {
        @Nullable T value = queue.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (value == null) {
            throw new AssertionError("no " + what + " was recorded");
        }
        return value;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
        proxy.close();
        origin.close();
    }

    /** Keeps what it hears. */
    private final class Listener implements ExchangeListener {
        @Override
        public void onExchange(Exchange exchange) {
            exchanges.add(exchange);
        }

        @Override
        public void onTunnelClosed(Tunnel tunnel) {
            tunnels.add(tunnel);
        }

        @Override
        public void onWebSocketMessage(long exchangeId, WebSocketMessage message) {
            messages.add(message);
        }
    }
}
