package io.github.captureproxy.cookies;

import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.internal.address.AddressLiteral;
import io.github.captureproxy.internal.address.LocalhostName;

/** Which requests a cookie goes with (RFC 6265 sections 5.1.3 and 5.1.4). */
final class Matching {
    private Matching() {}

    /** A host is a domain or below it; both in lower case. An address is below nothing. */
    static boolean domain(String host, String domain) {
        if (host.equals(domain)) {
            return true;
        }
        return host.endsWith(domain)
                && host.charAt(host.length() - domain.length() - 1) == '.'
                && AddressLiteral.parse(host).isEmpty();
    }

    static boolean path(String requestPath, String path) {
        if (requestPath.equals(path)) {
            return true;
        }
        return requestPath.startsWith(path) && (path.endsWith("/") || requestPath.charAt(path.length()) == '/');
    }

    /** What a cookie without a path of its own gets. */
    static String defaultPath(String requestPath) {
        int slash = requestPath.lastIndexOf('/');
        return slash <= 0 || requestPath.charAt(0) != '/' ? "/" : requestPath.substring(0, slash);
    }

    static boolean request(CapturedCookie cookie, HttpOrigin origin, String requestPath) {
        boolean host =
                cookie.hostOnly() ? origin.host().equals(cookie.domain()) : domain(origin.host(), cookie.domain());
        return host && path(requestPath, cookie.path()) && (!cookie.secure() || isSecure(origin));
    }

    /** Over TLS, or within this machine, which browsers and curl take for as good. */
    static boolean isSecure(HttpOrigin origin) {
        String host = origin.host();
        return origin.scheme().equals("https")
                || origin.scheme().equals("wss")
                || LocalhostName.is(host)
                || AddressLiteral.parse(host)
                        .filter(address -> address.isLoopbackAddress())
                        .isPresent();
    }
}
