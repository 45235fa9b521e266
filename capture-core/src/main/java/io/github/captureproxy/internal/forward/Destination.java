package io.github.captureproxy.internal.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.spi.TlsInspection;
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
 * @param configured true if the proxy's own configuration leads to the next hop, and not the client's choice
 * @param tls makes the TLS engines of its connections; null if they are plain
 * @param http2 true if HTTP/2 is spoken to the origin, as far as can be told beforehand
 */
public record Destination(
        HttpOrigin origin,
        Optional<UpstreamProxy> upstream,
        Route route,
        boolean configured,
        @Nullable TlsInspection tls,
        boolean http2) {
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
        return new Destination(origin, upstream, route, upstream.isPresent(), null, false);
    }

    private static String hostAndPort(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]:" : host + ":") + port;
    }

    /**
     * The same for plain HTTP inside a tunnel that leads there: nothing more stands in between.
     *
     * @return the origin as http, on the same route
     */
    public Destination insideTunnel() {
        return new Destination(
                new HttpOrigin("http", origin.host(), origin.port()), Optional.empty(), route, configured, null, false);
    }

    /**
     * The same for HTTP inside TLS inside a tunnel that leads there.
     *
     * @param inspection makes the engines
     * @return the origin as https, on the same route
     */
    public Destination insideTls(TlsInspection inspection) {
        return new Destination(
                new HttpOrigin("https", origin.host(), origin.port()), upstream, route, configured, inspection, false);
    }

    /**
     * Tells if an upstream proxy reads the requests, and not only the bytes of a tunnel.
     *
     * @return true if requests are sent to an upstream proxy in the form for one
     */
    public boolean isForwardedByUpstream() {
        return upstream.isPresent() && tls == null;
    }

    /**
     * The same, chosen by the proxy's own configuration.
     *
     * @return a destination that is not judged as a client's choice
     */
    public Destination asConfigured() {
        return new Destination(origin, upstream, route, true, tls, http2);
    }

    /**
     * The same, with what is spoken there.
     *
     * @param isHttp2 true for HTTP/2
     * @return the destination
     */
    public Destination speaking(boolean isHttp2) {
        return isHttp2 == http2 ? this : new Destination(origin, upstream, route, configured, tls, isHttp2);
    }

    /**
     * Where to connect to.
     *
     * @return the next hop
     */
    public Dialer.Target next() {
        String host = upstream.map(UpstreamProxy::host).orElse(origin.host());
        int port = upstream.map(UpstreamProxy::port).orElse(origin.port());
        return new Dialer.Target(host, port, configured);
    }

    /** Connections are shared by all requests with an equal key. */
    Key key() {
        Dialer.Target next = next();
        return tls == null
                ? new Key(next.host(), next.port(), upstream, null)
                : new Key(origin.host(), origin.port(), upstream, tls.poolKey());
    }

    /** Equal for a tunnel's target and for all that leads there inside of its TLS. */
    Key targetKey() {
        return new Key(origin.host(), origin.port(), upstream, null);
    }

    /** What tells connections apart: those to one upstream proxy are shared unless they lead through it in TLS. */
    record Key(
            String host,
            int port,
            Optional<UpstreamProxy> upstream,
            @Nullable Object tls) {}

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
}
