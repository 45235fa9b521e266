package io.github.captureproxy.examples.benchmark;

import io.netty.util.internal.PlatformDependent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;
import net.lightbody.bmp.mitm.manager.ImpersonatingMitmManager;
import org.littleshoot.proxy.HttpProxyServer;
import org.littleshoot.proxy.HttpProxyServerBootstrap;
import org.littleshoot.proxy.impl.DefaultHttpProxyServer;

/** LittleProxy with its own thread counts and limits, and a filter that keeps the exchanges. */
final class KeepingLittleProxy implements ProxyUnderTest {
    private static final Duration IDLE_TIMEOUT = Duration.ofHours(1);

    private final KeptExchanges kept = new KeptExchanges();
    private final HttpProxyServer server;

    private KeepingLittleProxy(UnaryOperator<HttpProxyServerBootstrap> options) {
        server = options.apply(DefaultHttpProxyServer.bootstrap()
                        .withPort(0)
                        .withAllowLocalOnly(true)
                        .withTransparent(true) // like this proxy, no Via
                        .withIdleConnectionTimeout(IDLE_TIMEOUT)
                        .withFiltersSource(new KeepingFilters.Source(kept)))
                .start();
    }

    static KeepingLittleProxy plain() {
        return new KeepingLittleProxy(options -> options);
    }

    /**
     * With BrowserMob's interception as it is by default, but for the check of the origin's certificate, which it is
     * spared: keys are RSA, and every host has its own.
     */
    static KeepingLittleProxy intercepting() {
        return new KeepingLittleProxy(options -> options.withManInTheMiddle(
                        ImpersonatingMitmManager.builder().trustAllServers(true).build())
                .withServerResolver((host, port) -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    @Override
    public int port() {
        return server.getListenAddress().getPort();
    }

    @Override
    public void forget() {
        kept.clear();
    }

    /** Netty's buffers do not count in the JVM's buffer pools. */
    @Override
    public long directBytes() {
        return PlatformDependent.usedDirectMemory();
    }

    @Override
    public void close() {
        server.abort();
    }
}
