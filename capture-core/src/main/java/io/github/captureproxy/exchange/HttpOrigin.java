package io.github.captureproxy.exchange;

import java.util.Locale;
import java.util.Objects;

/**
 * Scheme, host and port of a target (RFC 9110 section 4.3.1).
 *
 * @param scheme {@code http} or {@code https}, lower case
 * @param host the host name in lower case, or an address; an IPv6 address without brackets
 * @param port the port, 1 to 65535
 */
public record HttpOrigin(String scheme, String host, int port) {
    /** Checks the parts. */
    public HttpOrigin {
        Objects.requireNonNull(scheme, "scheme");
        host = host.toLowerCase(Locale.ROOT);
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
