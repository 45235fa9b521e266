package io.github.captureproxy.cookies;

import java.net.CookieStore;
import java.net.HttpCookie;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Cookies in the form that {@link java.net.CookieManager} gives those that it takes from responses itself. */
final class JavaCookies {
    private JavaCookies() {}

    static List<CapturedCookie> add(List<CapturedCookie> cookies, CookieStore store, Instant now) {
        List<CapturedCookie> leftOut = new ArrayList<>();
        for (CapturedCookie cookie : cookies) {
            if (cookie.isExpired(now)) {
                continue;
            }
            try {
                store.add(home(cookie), of(cookie, now));
            } catch (IllegalArgumentException e) { // a name, or a domain, that Java takes for none
                leftOut.add(cookie);
            }
        }
        return List.copyOf(leftOut);
    }

    private static URI home(CapturedCookie cookie) {
        return URI.create((cookie.secure() ? "https://" : "http://") + host(cookie) + "/");
    }

    private static String host(CapturedCookie cookie) {
        return cookie.domain().indexOf(':') < 0 ? cookie.domain() : "[" + cookie.domain() + "]";
    }

    private static HttpCookie of(CapturedCookie cookie, Instant now) {
        HttpCookie made = new HttpCookie(cookie.name(), cookie.value());
        made.setVersion(0); // or its value would be sent in quotes, with attributes beside it
        made.setDomain(domain(cookie));
        made.setPath(cookie.path());
        made.setSecure(cookie.secure());
        made.setHttpOnly(cookie.httpOnly());
        // a part of a second is rounded up, as 0 would delete it
        made.setMaxAge(cookie.expires()
                .map(end -> Duration.between(now, end).plusNanos(999_999_999).toSeconds())
                .orElse(-1L));
        return made;
    }

    /** A host without a dot stands below {@code .local} there; a leading dot is what lets subdomains in. */
    private static String domain(CapturedCookie cookie) {
        String host = host(cookie);
        if (cookie.hostOnly()) {
            return host.indexOf('.') < 0 ? host + ".local" : host;
        }
        return "." + host;
    }
}
