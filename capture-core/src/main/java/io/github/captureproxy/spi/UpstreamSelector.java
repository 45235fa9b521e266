package io.github.captureproxy.spi;

import io.github.captureproxy.exchange.HttpOrigin;
import java.net.ProxySelector;
import java.util.Map;
import java.util.Optional;

/**
 * Picks the proxy that a request is sent on through. Called for each new route on a thread that does I/O, several at
 * once: it must not block, and must be safe for several threads.
 */
@FunctionalInterface
public interface UpstreamSelector {
    /**
     * Picks.
     *
     * @param target where the request goes; a CONNECT tunnel has the scheme {@code https}
     * @return the proxy, or empty to connect to the target itself
     */
    Optional<UpstreamProxy> select(HttpOrigin target);

    /**
     * No upstream proxy for any target.
     *
     * @return a selector that never picks one
     */
    static UpstreamSelector direct() {
        return target -> Optional.empty();
    }

    /**
     * One upstream proxy for all targets.
     *
     * @param proxy the proxy
     * @return a selector that always picks it
     */
    static UpstreamSelector always(UpstreamProxy proxy) {
        Optional<UpstreamProxy> picked = Optional.of(proxy);
        return target -> picked;
    }

    /**
     * What this process's environment asks for, read once, now; see {@link #environment(Map)}.
     *
     * @return the selector
     * @throws IllegalArgumentException as {@link #environment(Map)} does
     */
    static UpstreamSelector environment() {
        return environment(System.getenv());
    }

    /**
     * What an environment asks for, read once, now, the way curl reads it. {@code http_proxy} holds the proxy for http
     * targets and {@code https_proxy} the one for https targets and CONNECT; where one is unset or blank,
     * {@code all_proxy} is used. Each is also read in upper case, after its lower-case name; {@code HTTP_PROXY} is left
     * alone where {@code REQUEST_METHOD} is set, as a CGI program's comes from its client. A value is
     * {@code [http://][user[:password]@]host[:port]}.
     *
     * <p>{@code no_proxy} lists, between commas or blanks, the targets without a proxy: {@code *} for all; a domain,
     * with or without {@code .} or {@code *.} before it, for itself and all below; an address; a network in CIDR form.
     * A {@code :port} behind a name or address (an IPv6 one in brackets then) limits it to that port. Networks and
     * addresses are compared with targets that are written as addresses: no name is looked up. An entry of another form
     * matches nothing.
     *
     * @param variables names and values, copied
     * @return the selector
     * @throws IllegalArgumentException if a proxy that would be used is not an HTTP proxy's address, or is reached over
     *     TLS or SOCKS; the message names the variable and never shows user or password
     */
    static UpstreamSelector environment(Map<String, String> variables) {
        return EnvironmentUpstreams.read(variables);
    }

    /**
     * What a JDK proxy selector picks: the first of its proxies that is an HTTP proxy, or none where a direct connection
     * comes first. SOCKS proxies are not supported: they are passed over, and where there is nothing else the target is
     * connected to directly.
     *
     * @param selector the selector; it is asked on threads that do I/O, and must not block
     * @return a selector that asks it
     */
    static UpstreamSelector of(ProxySelector selector) {
        return new JdkUpstreams(selector);
    }
}
