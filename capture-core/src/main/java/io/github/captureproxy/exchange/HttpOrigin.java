package io.github.captureproxy.exchange;

import java.util.Locale;
import java.util.Objects;

/**
 * Scheme, host and port of a target (RFC 9110 section 4.3.1).
 *
 * @param scheme {@code http}, {@code https}, {@code ws} or {@code wss} as a rule, in lower case; recorded requests for
 *     {@code ws} and {@code wss} have {@code http} and {@code https}
 * @param host the host name in lower case, or an address; an IPv6 address without brackets
 * @param port the port, 1 to 65535
 */
public record HttpOrigin(String scheme, String host, int port) {
    private static final int MAX_PORT = 65_535;

    /**
     * Puts scheme and host in lower case, and checks the port.
     *
     * @throws IllegalArgumentException if the port is none of 1 to 65535
     */
    public HttpOrigin {
        scheme = Objects.requireNonNull(scheme, "scheme").toLowerCase(Locale.ROOT);
        host = Objects.requireNonNull(host, "host").toLowerCase(Locale.ROOT);
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("the port is " + port + ": give one of 1 to 65535");
        }
    }

    /**
     * The port that the scheme implies.
     *
     * @return 443 for https and wss, otherwise 80
     */
    public int defaultPort() {
        return scheme.equals("https") || scheme.equals("wss") ? 443 : 80;
    }

    /**
     * Host and port as a {@code Host} field names them: an IPv6 address in brackets, the port left out where the
     * scheme implies it.
     *
     * @return the authority
     */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == defaultPort() ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return scheme + "://" + authority();
    }
}
