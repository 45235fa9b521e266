package io.github.captureproxy.examples.benchmark;

import io.netty.util.internal.PlatformDependent;
import java.time.Duration;
import org.littleshoot.proxy.HttpProxyServer;
import org.littleshoot.proxy.impl.DefaultHttpProxyServer;

/** LittleProxy with its own thread counts and limits, and a filter that keeps the exchanges. */
final class KeepingLittleProxy implements ProxyUnderTest {
    private static final Duration IDLE_TIMEOUT = Duration.ofHours(1);

    private final KeptExchanges kept = new KeptExchanges();
    private final HttpProxyServer server;

    KeepingLittleProxy() {
        server = DefaultHttpProxyServer.bootstrap()
                .withPort(0)
                .withAllowLocalOnly(true)
                .withTransparent(true) // like this proxy, no Via
                .withIdleConnectionTimeout(IDLE_TIMEOUT)
                .withFiltersSource(new KeepingFilters.Source(kept))
                .start();
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
