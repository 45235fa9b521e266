package io.github.captureproxy.cookies;

import io.github.captureproxy.exchange.HttpOrigin;
import java.net.URI;
import java.util.Locale;

/** Where a URI leads. */
final class Targets {
    private Targets() {}

    static HttpOrigin origin(URI target) {
        String host = target.getHost();
        if (host == null || target.getScheme() == null) {
            throw new IllegalArgumentException("the URI names no host: give one such as https://example.com/path");
        }
        String scheme = target.getScheme().toLowerCase(Locale.ROOT);
        int port = target.getPort() > 0 ? target.getPort() : scheme.equals("https") || scheme.equals("wss") ? 443 : 80;
        return new HttpOrigin(scheme, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    static String path(URI target) {
        String path = target.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }
}
