package io.github.captureproxy.internal.address;

import io.github.captureproxy.exchange.HttpOrigin;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host and port of a URI. Names that networks have and RFC 2396 doesn't, such as {@code my_service} of a container, are
 * names too: {@link URI#getHost()} has none for them.
 *
 * @param name the host; an IPv6 address without brackets
 * @param port the port as it stands there; -1 if none does
 */
public record UriHost(String name, int port) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** What RFC 3986 lets a name consist of (section 3.2.2, unreserved), and a port that may be too high. */
    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9._~-]+)(?::([0-9]{0,9}))?");

    /** Ends like an address, and is none: URLs have no such names. */
    private static final Pattern BROKEN_ADDRESS = Pattern.compile("(.*\\.)?[0-9]+\\.?");

    /**
     * Finds it.
     *
     * @param uri an absolute URI
     * @return its host; empty if it has none, or one that can't be read
     */
    public static Optional<UriHost> of(URI uri) {
        String host = uri.getHost();
        if (host != null) {
            return Optional.of(
                    new UriHost(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, uri.getPort()));
        }
        Matcher named = NAMED.matcher(Optional.ofNullable(uri.getRawAuthority()).orElse(""));
        return named.matches() && !BROKEN_ADDRESS.matcher(named.group(1)).matches()
                ? Optional.of(new UriHost(named.group(1), port(named.group(2))))
                : Optional.empty();
    }

    /**
     * The origin that a URI with this host names.
     *
     * @param scheme its scheme
     * @return the origin, with the port that the scheme implies where none above 0 stands there
     * @throws IllegalArgumentException if the port is too high
     */
    public HttpOrigin origin(String scheme) {
        int implied = scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("wss") ? HTTPS_PORT : HTTP_PORT;
        return new HttpOrigin(scheme, name, port > 0 ? port : implied);
    }

    private static int port(String digits) {
        return digits == null || digits.isEmpty() ? -1 : Integer.parseInt(digits);
    }
}
