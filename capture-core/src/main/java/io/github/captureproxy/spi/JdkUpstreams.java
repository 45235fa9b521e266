package io.github.captureproxy.spi;

import io.github.captureproxy.exchange.HttpOrigin;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a JDK proxy selector. */
final class JdkUpstreams implements UpstreamSelector {
    private final ProxySelector selector;

    JdkUpstreams(ProxySelector selector) {
        this.selector = selector;
    }

    @Override
    public Optional<UpstreamProxy> select(HttpOrigin target) {
        @Nullable List<Proxy> proxies = selector.select(URI.create(target + "/"));
        if (proxies == null) {
            return Optional.empty(); // not allowed, but seen: the JDK takes it for a direct connection too
        }
        for (Proxy proxy : proxies) {
            if (proxy.type() == Proxy.Type.DIRECT) {
                return Optional.empty();
            }
            if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress address) {
                return Optional.of(UpstreamProxy.of(address.getHostString(), address.getPort()));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "as " + selector.getClass().getName() + " selects";
    }
}
