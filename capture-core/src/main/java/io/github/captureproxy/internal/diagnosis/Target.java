package io.github.captureproxy.internal.diagnosis;

import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.internal.address.AddressLiteral;
import io.github.captureproxy.internal.address.LocalhostName;
import io.github.captureproxy.internal.address.UriHost;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * What calls are asked about.
 *
 * @param origin its origin
 * @param path its path; empty if none was named
 */
public record Target(HttpOrigin origin, String path) {
    /**
     * The target that a URI names.
     *
     * @param uri an absolute URI
     * @return its origin and path
     * @throws IllegalArgumentException if it names no host
     */
    public static Target of(URI uri) {
        Optional<UriHost> host = UriHost.of(uri);
        if (host.isEmpty() || uri.getScheme() == null) {
            throw new IllegalArgumentException(
                    "the URI names no host: give an absolute one, such as https://example.com/path");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String plain = scheme.equals("ws") ? "http" : scheme.equals("wss") ? "https" : scheme;
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return new Target(host.get().origin(plain), path.equals("/") ? "" : path);
    }

    URI uri() {
        return URI.create(origin + "/");
    }

    boolean isLoopback() {
        String host = origin.host();
        return LocalhostName.is(host)
                || AddressLiteral.parse(host)
                        .filter(address -> address.isLoopbackAddress() || address.isAnyLocalAddress())
                        .isPresent();
    }

    @Override
    public String toString() {
        return origin + path;
    }
}
