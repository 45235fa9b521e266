package io.github.captureproxy.client;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names a proxy for every http and https target while its scope is open. All else is left to the selector before it: the
 * JDK asks for {@code socket} targets too, and takes an HTTP proxy for one as an error. Clients keep the selector that
 * they found when they were built, so after the scope it answers as if it had never been there.
 */
final class ScopeSelector extends ProxySelector {
    private final Proxy proxy;
    private final @Nullable ProxySelector before;
    private volatile boolean open = true;

    ScopeSelector(Proxy proxy, @Nullable ProxySelector before) {
        this.proxy = proxy;
        this.before = before;
    }

    void close() {
        open = false;
    }

    @Override
    public List<Proxy> select(URI target) {
        String scheme = target.getScheme() == null ? "" : target.getScheme().toLowerCase(Locale.ROOT);
        if (open && (scheme.equals("http") || scheme.equals("https"))) {
            return List.of(proxy);
        }
        return before == null ? List.of(Proxy.NO_PROXY) : before.select(target);
    }

    @Override
    public void connectFailed(URI target, SocketAddress address, IOException cause) {
        if (before != null && !address.equals(proxy.address())) {
            before.connectFailed(target, address, cause);
        }
    }
}
