package io.github.captureproxy.internal.forward;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.spi.UpstreamProxy;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes: the origin that it is for, and the next hop on the way there.
 *
 * @param origin the origin
 * @param upstream the proxy in between, if there is one
 * @param route what is recorded of it
 */
public record Destination(HttpOrigin origin, Optional<UpstreamProxy> upstream, Route route) {
    /**
     * A destination.
     *
     * @param origin the origin
     * @param upstream the proxy in between, if there is one
     * @return the destination with its route
     */
    public static Destination of(HttpOrigin origin, Optional<UpstreamProxy> upstream) {
        Route route = upstream.map(proxy -> new Route(Route.Kind.UPSTREAM_PROXY, proxy.toString()))
                .orElseGet(() -> new Route(Route.Kind.DIRECT, hostAndPort(origin.host(), origin.port())));
        return new Destination(origin, upstream, route);
    }

    private static String hostAndPort(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]:" : host + ":") + port;
    }

    /**
     * Where to connect to.
     *
     * @return the host of the next hop
     */
    public String nextHost() {
        return upstream.map(UpstreamProxy::host).orElse(origin.host());
    }

    /**
     * Where to connect to.
     *
     * @return the port of the next hop
     */
    public int nextPort() {
        return upstream.map(UpstreamProxy::port).orElse(origin.port());
    }

    /** Connections are shared by all requests with an equal key. */
    Key key() {
        return new Key(nextHost(), nextPort(), upstream);
    }

    /** What tells connections apart. */
    record Key(String host, int port, Optional<UpstreamProxy> upstream) {}

    /**
     * The credentials for the upstream proxy.
     *
     * @return a {@code Proxy-Authorization} value (RFC 7617), or null if it is given none
     */
    public @Nullable String credentials() {
        return upstream.filter(proxy -> proxy.user().isPresent())
                .map(proxy -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString((proxy.user().orElse("") + ":" + proxy.password()).getBytes(UTF_8)))
                .orElse(null);
    }

    /**
     * The origin's authority as {@code Host} names it.
     *
     * @return its bytes
     */
    public byte[] host() {
        return origin.authority().getBytes(ISO_8859_1);
    }
}
