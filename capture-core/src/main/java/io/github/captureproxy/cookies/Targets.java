package io.github.captureproxy.cookies;

import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.internal.address.UriHost;
import java.net.URI;
import java.util.Optional;

/** Where a URI leads. */
final class Targets {
    private Targets() {}

    static HttpOrigin origin(URI target) {
        Optional<UriHost> host = UriHost.of(target);
        if (host.isEmpty() || target.getScheme() == null) {
            throw new IllegalArgumentException("the URI names no host: give one such as https://example.com/path");
        }
        return host.get().origin(target.getScheme());
    }

    static String path(URI target) {
        String path = target.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }
}
