package io.github.captureproxy.tls.testkit;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.TestClock;
import io.github.captureproxy.tls.TlsInterception;
import io.github.captureproxy.tls.TlsInterceptionBuilder;
import io.github.captureproxy.tls.TlsWarning;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A proxy that looks inside HTTPS, trusts {@link #root()} upstream, takes its clients to trust it, and finds every name
 * on the loopback address; and what its listener has heard.
 */
public final class TlsRig implements AutoCloseable {
    private static final int WAIT_SECONDS = 20;
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ephemeral();

    private final TestClock clock = new TestClock(Instant.now());
    private final TlsInterception tls;
    private final CaptureProxy proxy;
    private final BlockingQueue<Tunnel> tunnels = new LinkedBlockingQueue<>();
    private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
    private final BlockingQueue<TlsFailure> failures = new LinkedBlockingQueue<>();
    private final List<TlsWarning> warnings = new CopyOnWriteArrayList<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** The one root that origins of tests are trusted by. */
    private static final class Root {
        private static final TestCertificate ROOT = make();

        private static TestCertificate make() {
            try {
                return TestCertificate.root("Test Root");
            } catch (Exception e) {
                throw new IllegalStateException("no root could be made", e);
            }
        }
    }

    public TlsRig() {
        this(options -> options);
    }

    public TlsRig(UnaryOperator<TlsInterceptionBuilder> options) {
        this(options, each -> each);
    }

    public TlsRig(UnaryOperator<TlsInterceptionBuilder> options, UnaryOperator<CaptureProxyBuilder> proxyOptions) {
        tls = options.apply(TlsInterception.builder()
                        .authority(AUTHORITY)
                        .clientTrust(ClientTrust.ASSUMED)
                        .upstreamTrust(List.of(root().certificate()))
                        .clock(clock)
                        .onWarning(warnings::add))
                .build();
        proxy = proxyOptions
                .apply(CaptureProxy.builder()
                        .port(0)
                        .tls(tls)
                        .resolver(host -> List.of(InetAddress.getLoopbackAddress()))
                        .listener(new Listener()))
                .start();
    }

    public static TestCertificate root() {
        return Root.ROOT;
    }

    /** An origin with a good certificate for some names. */
    public static TestCertificate certificate(String... names) throws Exception {
        TestCertificate.Recipe recipe = new TestCertificate.Recipe().subject("CN=" + names[0]);
        for (String name : names) {
            recipe.dnsName(name);
        }
        return recipe.make(root());
    }

    public TestClock clock() {
        return clock;
    }

    public TlsInterception tls() {
        return tls;
    }

    public CaptureProxy proxy() {
        return proxy;
    }

    public List<TlsWarning> warnings() {
        return warnings;
    }

    /** An origin that is closed with this. */
    public TlsOrigin origin(TestCertificate certificate) throws Exception {
        return closing(new TlsOrigin(certificate.serverContext()));
    }

    public <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    /** Opens a tunnel. */
    public TunnelClient open(String host, int port) throws IOException {
        return closing(TunnelClient.open(proxy.address(), host, port));
    }

    /** Opens a tunnel, speaks TLS with whoever is there, asks for something, and leaves. */
    public String visit(String host, int port) throws IOException {
        return visit(ClientContext.careless(), host, port);
    }

    /** The same with a client's context. */
    public String visit(ClientContext context, String host, int port) throws IOException {
        try (TunnelClient client = open(host, port).secure(context)) {
            return client.get("/");
        }
    }

    /** The next tunnel that ends; it is in History by then. */
    public Tunnel tunnel() throws InterruptedException {
        return next(tunnels, "tunnel");
    }

    /** The next exchange that ends; it is in History by then. */
    public Exchange exchange() throws InterruptedException {
        return next(exchanges, "exchange");
    }

    /** The next TLS failure that is told of. */
    public TlsFailure failure() throws InterruptedException {
        return next(failures, "TLS failure");
    }

    /** The TLS failures that were told of, and not asked for yet. */
    public int failures() {
        return failures.size();
    }

    private static <T> T next(BlockingQueue<T> queue, String what) throws InterruptedException {
        T value = queue.poll(WAIT_SECONDS, TimeUnit.SECONDS);
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
        tls.close();
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
        public void onTlsFailure(TlsFailure failure) {
            failures.add(failure);
        }
    }
}
